/// Schemas of the built-in tools and reading their arguments without reflection.
@NullMarked
package dev.bowline.tools.input;

import org.jspecify.annotations.NullMarked;
