/// What of the built-in tools can be chosen.
@NullMarked
package dev.bowline.tools.option;

import org.jspecify.annotations.NullMarked;
