/// Bowline as the engine of a host program: messages and control requests come on standard input,
/// frames go to standard output, one JSON object per line.
@NullMarked
package dev.bowline.cli.headless;

import org.jspecify.annotations.NullMarked;
