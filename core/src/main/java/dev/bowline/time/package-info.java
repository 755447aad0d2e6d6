/// Time as something that can be handed in: wall clock, monotonic clock and waiting.
@NullMarked
package dev.bowline.time;

import org.jspecify.annotations.NullMarked;
