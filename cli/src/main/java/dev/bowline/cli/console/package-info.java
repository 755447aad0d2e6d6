/// The process's streams, terminal and signals; nothing else in Bowline touches them.
@NullMarked
package dev.bowline.cli.console;

import org.jspecify.annotations.NullMarked;
