package dev.bowline.cli.headless;

import dev.bowline.json.Json;
import dev.bowline.tool.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a host may ask about tasks.
final class TaskRequests {
    /// How much of an output is told.
    private static final int TAIL_BYTES = 8 << 10;

    private final Chat chat;

    TaskRequests(Chat chat) {
        this.chat = chat;
    }

    private Optional<Tasks> tasks() {
        return chat.opened().map(open -> open.session().tasks());
    }

    private static String id(Map<String, @Nullable Object> request) throws RequestException {
        if (request.get("task_id") instanceof String id && !id.isBlank()) {
            return id;
        }
        throw new RequestException(request.get("subtype") + " needs a task_id");
    }

    /// A task that is over already is no failure.
    Json stop(Map<String, @Nullable Object> request) throws RequestException {
        var id = id(request);
        tasks().ifPresent(tasks -> tasks.stop(id, "the host stopped it"));
        return Json.EMPTY_OBJECT;
    }

    /// Tells whether the call that was named moved; a request for all of them is always carried
    /// out.
    Json toBackground(Map<String, @Nullable Object> request) {
        var call = request.get("tool_use_id") instanceof String id ? id : null;
        boolean done = tasks().map(tasks -> tasks.toBackground(call)).orElse(false);
        return Json.of(Map.of("backgrounded", done || call == null));
    }

    Json output(Map<String, @Nullable Object> request) throws RequestException {
        var id = id(request);
        var file =
                tasks().flatMap(tasks -> tasks.output(id))
                        .orElseThrow(() ->
                                new RequestException(
                                        "get_task_output: there is no background task \""
                                                + id
                                                + "\" in this session"));
        try {
            return tail(file);
        } catch (IOException e) {
            throw new RequestException(
                    "get_task_output: the output of " + id + " cannot be read: " + e.getMessage());
        }
    }

    private static Json tail(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            long from = Math.max(0, size - TAIL_BYTES);
            var bytes = ByteBuffer.allocate((int) (size - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
            int start = from == 0 ? 0 : firstWhole(bytes.array());
            var text =
                    new String(
                            bytes.array(), start, bytes.position() - start, StandardCharsets.UTF_8);
            return Json.of(Map.of("output", text, "total_bytes", size, "truncated", from > 0));
        }
    }

    /// Where the first character begins that is there as a whole.
    private static int firstWhole(byte[] bytes) {
        int at = 0;
        while (at < Math.min(4, bytes.length) && (bytes[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }
}
