/// JMH benchmarks of single steps: fold, append, parsing of a stream, a tool call, a turn.
@NullMarked
package dev.bowline.bench.jmh;

import org.jspecify.annotations.NullMarked;
