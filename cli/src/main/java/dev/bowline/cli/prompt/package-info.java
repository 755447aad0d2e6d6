/// The command without a name: takes a prompt, runs a turn, and shows it.
@NullMarked
package dev.bowline.cli.prompt;

import org.jspecify.annotations.NullMarked;
