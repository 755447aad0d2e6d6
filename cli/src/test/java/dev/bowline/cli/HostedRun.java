package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a host program writes and reads, for tests that look at whole runs.
final class HostedRun {
    private HostedRun() {}

    static String user(String text) {
        return Json.of(
                        Map.of(
                                "type",
                                "user",
                                "message",
                                Map.of(
                                        "role",
                                        "user",
                                        "content",
                                        List.of(Map.of("type", "text", "text", text)))))
                .text();
    }

    static String request(String id, Map<String, ?> request) {
        return Json.of(Map.of("type", "control_request", "request_id", id, "request", request))
                .text();
    }

    static Cli.Result hosted(Cli cli, List<String> lines, String... more) {
        var args =
                Stream.concat(
                                Stream.of(
                                        "--output-format=stream-json",
                                        "--input-format=stream-json",
                                        "--verbose",
                                        "--model=claude-sonnet-5"),
                                Arrays.stream(more))
                        .toArray(String[]::new);
        return cli.runWithInput(String.join("\n", lines) + "\n", args);
    }

    /// What each frame is, without replies to requests.
    static List<String> kinds(List<Map<String, Object>> frames) {
        var kinds = new ArrayList<String>();
        for (var frame : frames) {
            var subtype = frame.get("subtype");
            if (!"control_response".equals(frame.get("type"))) {
                kinds.add(
                        frame.get("type")
                                + (subtype == null ? "" : "/" + subtype)
                                + (frame.containsKey("status") ? " " + frame.get("status") : ""));
            }
        }
        return kinds;
    }

    static List<Map<String, Object>> results(Cli.Result run) {
        return run.frames().stream().filter(f -> "result".equals(f.get("type"))).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> reply(Cli.Result run, String id) {
        return run.frames().stream()
                .filter(frame -> "control_response".equals(frame.get("type")))
                .map(frame -> (Map<String, Object>) frame.get("response"))
                .filter(response -> id.equals(response.get("request_id")))
                .findFirst()
                .orElseThrow();
    }
}
