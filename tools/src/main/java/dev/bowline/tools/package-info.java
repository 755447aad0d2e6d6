/// The built-in tools, one file each.
@NullMarked
package dev.bowline.tools;

import org.jspecify.annotations.NullMarked;
