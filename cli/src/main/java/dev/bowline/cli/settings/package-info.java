/// The commands `bowline settings` and `bowline trust`: show what counts, check a file, and let the
/// settings of a folder count.
@NullMarked
package dev.bowline.cli.settings;

import org.jspecify.annotations.NullMarked;
