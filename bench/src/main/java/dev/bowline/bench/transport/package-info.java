/// What carries the calls of the Messages API client: the candidates, measured side by side.
@NullMarked
package dev.bowline.bench.transport;

import org.jspecify.annotations.NullMarked;
