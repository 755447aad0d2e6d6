/// How a turn is shown: text, one JSON result, frames, and what a person sees on a terminal.
@NullMarked
package dev.bowline.cli.output;

import org.jspecify.annotations.NullMarked;
