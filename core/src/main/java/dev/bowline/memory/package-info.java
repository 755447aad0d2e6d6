/// What of the transcript the model sees.
@NullMarked
package dev.bowline.memory;

import org.jspecify.annotations.NullMarked;
