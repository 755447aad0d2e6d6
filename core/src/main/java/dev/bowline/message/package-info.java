/// What is said: messages, content blocks, usage and stream events. Records only.
@NullMarked
package dev.bowline.message;

import org.jspecify.annotations.NullMarked;
