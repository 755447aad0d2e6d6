package dev.bowline.cli;

import dev.bowline.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/// A host program that greets, asks one thing, answers what it is asked, and closes its side after
/// the result, so that training also loads what the headless engine needs.
final class TrainingHost {
    private static final List<String> OPENING =
            List.of(
                    """
                    {"type":"control_request","request_id":"t1","request":{"subtype":"initialize","hooks":{"UserPromptSubmit":[{"hookCallbackIds":["h"]}]},"sdkMcpServers":["t"],"systemPrompt":[""]}}
                    """,
                    """
                    {"type":"user","session_id":"","message":{"role":"user","content":[{"type":"text","text":"Hello"}]},"parent_tool_use_id":null}
                    """);

    private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    TrainingHost() {
        OPENING.forEach(this::line);
    }

    /// Waits for the next line when there is none yet.
    InputStream input() {
        return new InputStream() {
            private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);

            @Override
            public int read() {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] into, int from, int length) {
                if (line.available() == 0) {
                    try {
                        var next = lines.take();
                        if (next.isEmpty()) {
                            return -1;
                        }
                        line =
                                new ByteArrayInputStream(
                                        next.get().getBytes(StandardCharsets.UTF_8));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return -1;
                    }
                }
                return line.read(into, from, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int b) {
                if (b != '\n') {
                    line.write(b);
                    return;
                }
                heard(Json.parse(line.toString(StandardCharsets.UTF_8)).asMap());
                line.reset();
            }
        };
    }

    private void heard(Map<String, ?> frame) {
        if ("result".equals(frame.get("type"))) {
            close();
        } else if ("control_request".equals(frame.get("type"))
                && frame.get("request") instanceof Map<?, ?> request) {
            var answer =
                    request.get("message") instanceof Map<?, ?> message
                            ? Map.of("mcp_response", reply(message))
                            : Map.of();
            line(
                    Json.of(
                                            Map.of(
                                                    "type",
                                                    "control_response",
                                                    "response",
                                                    Map.of(
                                                            "subtype",
                                                            "success",
                                                            "request_id",
                                                            String.valueOf(frame.get("request_id")),
                                                            "response",
                                                            answer)))
                                    .text()
                            + "\n");
        }
    }

    private static Map<String, Object> reply(Map<?, ?> message) {
        return Map.of(
                "jsonrpc",
                "2.0",
                "result",
                "tools/list".equals(message.get("method"))
                        ? Map.of(
                                "tools",
                                List.of(
                                        Map.of(
                                                "name",
                                                "noop",
                                                "inputSchema",
                                                Map.of("type", "object"))))
                        : Map.of("serverInfo", Map.of("name", "t", "version", "1")));
    }

    private void line(String text) {
        lines.add(Optional.of(text));
    }

    private void close() {
        lines.add(Optional.empty());
    }
}
