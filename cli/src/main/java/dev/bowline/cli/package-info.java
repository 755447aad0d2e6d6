/// The `bowline` command: the only main method and the only user of the standard streams.
@NullMarked
package dev.bowline.cli;

import org.jspecify.annotations.NullMarked;
