package dev.bowline.anthropic.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.message.StreamEvent;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decodes the data of one event after another. Deltas in the form in which the service writes them
/// are read straight from the bytes; every other form goes through the JSON reader.
public final class StreamDecoder {
    private static final byte[] DELTA =
            "{\"type\":\"content_block_delta\",\"index\":".getBytes(ISO_8859_1);
    private static final byte[] TEXT =
            ",\"delta\":{\"type\":\"text_delta\",\"text\":\"".getBytes(ISO_8859_1);
    private static final byte[] INPUT =
            ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"".getBytes(ISO_8859_1);
    private static final byte[] THINKING =
            ",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"".getBytes(ISO_8859_1);

    private final MessageBuilder message;

    public StreamDecoder(MessageBuilder message) {
        this.message = message;
    }

    /// Reads one event into the message and tells `events` about it.
    ///
    /// @throws BadAnswer if it isn't what the service promises
    public void event(byte[] data, int from, int to, Consumer<? super StreamEvent> events) {
        if (!delta(data, from, to, events)) {
            slow(new String(data, from, to - from, UTF_8), events);
        }
    }

    private boolean delta(byte[] data, int from, int to, Consumer<? super StreamEvent> events) {
        if (!at(data, from, to, DELTA)) {
            return false;
        }
        int i = from + DELTA.length;
        int index = 0;
        int digits = 0;
        while (i < to && data[i] >= '0' && data[i] <= '9' && digits < 6) {
            index = index * 10 + data[i++] - '0';
            digits++;
        }
        if (digits == 0) {
            return false;
        }
        if (at(data, i, to, TEXT)) {
            var text = value(data, i + TEXT.length, to);
            return text != null && message.text(index, text, events);
        }
        if (at(data, i, to, INPUT)) {
            var text = value(data, i + INPUT.length, to);
            return text != null && message.input(index, text, events);
        }
        if (at(data, i, to, THINKING)) {
            var text = value(data, i + THINKING.length, to);
            return text != null && message.thinking(index, text, events);
        }
        return false;
    }

    private static boolean at(byte[] data, int from, int to, byte[] word) {
        return to - from >= word.length
                && Arrays.equals(data, from, from + word.length, word, 0, word.length);
    }

    /// The string at `from` if only two closing braces and spaces follow it.
    private static @Nullable String value(byte[] data, int from, int to) {
        var reader = new JsonText(data, to);
        var text = reader.read(from);
        if (text == null) {
            return null;
        }
        int braces = 0;
        for (int i = reader.end(); i < to; i++) {
            if (data[i] == '}') {
                braces++;
            } else if (data[i] != ' ') {
                return null;
            }
        }
        return braces == 2 ? text : null;
    }

    private void slow(String text, Consumer<? super StreamEvent> events) {
        Parts parts;
        try (var in = JsonIn.of(text)) {
            parts = parts(in);
        } catch (IllegalArgumentException e) {
            throw new BadAnswer("has an event that is not JSON", e);
        }
        message.event(parts, events);
    }

    /// The members of an event that matter, whichever order they come in.
    record Parts(
            String type,
            int index,
            @Nullable Json message,
            @Nullable Json block,
            @Nullable Json delta,
            @Nullable Json usage,
            @Nullable Json error) {}

    private static Parts parts(JsonIn in) {
        if (!in.isObject()) {
            throw new IllegalArgumentException("not an object");
        }
        String type = "";
        int index = -1;
        Json message = null;
        Json block = null;
        Json delta = null;
        Json usage = null;
        Json error = null;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "type" -> type = in.string();
                case "index" -> index = Math.clamp(in.number(), -1, Integer.MAX_VALUE);
                case "message" -> message = in.raw();
                case "content_block" -> block = in.raw();
                case "delta" -> delta = in.raw();
                case "usage" -> usage = in.raw();
                case "error" -> error = in.raw();
                default -> in.skip();
            }
        }
        return new Parts(type, index, message, block, delta, usage, error);
    }
}
