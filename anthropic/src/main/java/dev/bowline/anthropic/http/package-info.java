/// HTTP/1.1 as far as a streaming API client needs it: blocking, interruptible, pooled.
@NullMarked
package dev.bowline.anthropic.http;

import org.jspecify.annotations.NullMarked;
