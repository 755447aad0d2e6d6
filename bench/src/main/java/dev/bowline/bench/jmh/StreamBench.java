package dev.bowline.bench.jmh;

import dev.bowline.anthropic.http.Answer;
import dev.bowline.anthropic.wire.MessageBuilder;
import dev.bowline.anthropic.wire.SseReader;
import dev.bowline.anthropic.wire.StreamDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Server-sent events to stream events: time for one text delta.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBench {
    private static final int DELTAS = 1_000;
    private static final int BOUND = 1 << 20;

    private final byte[] body = body().getBytes(StandardCharsets.UTF_8);

    private static String body() {
        return """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        """
                + """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"forty characters of text, more or less..."}}

                """
                        .repeat(DELTAS)
                + """
                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":500}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
    }

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public Object delta(Blackhole heard) throws IOException, InterruptedException {
        var message = new MessageBuilder(null);
        var decoder = new StreamDecoder(message);
        var reader = new SseReader(new Body(body), BOUND);
        while (!message.stopped() && reader.next()) {
            decoder.event(reader.bytes(), reader.from(), reader.to(), heard::consume);
        }
        return message.reply();
    }

    /// A body that is there already.
    private static final class Body implements Answer {
        private final byte[] bytes;
        private int at;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int n = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, from, n);
            at += n;
            return n == 0 ? -1 : n;
        }

        @Override
        public void done() {}

        @Override
        public void close() {}
    }
}
