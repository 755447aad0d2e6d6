/// The list of things to do that an agent keeps for itself.
@NullMarked
package dev.bowline.tools.todo;

import org.jspecify.annotations.NullMarked;
