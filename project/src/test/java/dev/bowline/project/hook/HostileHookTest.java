package dev.bowline.project.hook;

import static dev.bowline.project.hook.HookedSession.command;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.transcript.JsonlStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hooks that mean harm, or are broken in ways that look like it: the session goes on, and nothing
/// of it is lost.
@Timeout(60)
class HostileHookTest {
    @TempDir Path folder;
    private HookedSession it;

    @BeforeEach
    void begin() {
        it = new HookedSession(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    head -c 100000000 /dev/zero
                    head -c 100000000 /dev/zero \\| tr '\\\\0' '{'
                    yes '{"continue":false}' \\| head -c 20000000
                    head -c 100000000 /dev/zero >&2
                    printf '{"a":'; head -c 100000 /dev/zero \\| tr '\\\\0' '['
                    printf '\\377\\376\\000'
                    printf '{"systemMessage":"\\377"}'
                    printf '{"systemMessage":1e999999999}'
                    printf '{"decision":"approve","decision":7}'
                    rm -rf "$PWD"
                    kill -9 0
                    exec 0<&- 1>&- 2>&-
                    cat /dev/stdin /dev/stdin > /dev/null
                    """)
    void aCallThatRulesAllowRunsWhateverAHookPrints(String line) throws Exception {
        var work = Files.createDirectories(folder.resolve("work"));
        it = new HookedSession(work);
        assertEquals("done", it.ask(command("PreToolUse", line.replace("\\|", "|"), "")));
        assertEquals(List.of("git status"), List.copyOf(it.ran));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(while :; do :; done) & (while :; do :; done) & wait",
                "trap '' TERM INT HUP; while :; do sleep 0.1; done",
                "for i in 1 2 3 4 5 6 7 8 9; do sleep 60 & echo $! >> children; done; wait",
                "yes > /dev/null"
            })
    void aHookThatNeverEndsIsEndedWithAllThatItStarted(String line) throws Exception {
        var long1 = "echo $$ >> children; " + line;
        assertEquals("done", it.ask(command("PreToolUse", long1, ",\"timeout\":0.5")));
        assertEquals(List.of("git status"), List.copyOf(it.ran));
        for (var id : it.file("children").lines().toList()) {
            var child = ProcessHandle.of(Long.parseLong(id));
            if (child.isPresent()) {
                child.get().onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PreToolUse       | "additionalContext":"x\\ud800y"
                    PreToolUse       | "permissionDecision":"deny","permissionDecisionReason":"x\\udc00\\ud800"
                    PreToolUse       | "updatedInput":{"command":"x\\ud800"}
                    PreToolUse       | "additionalContext":"\\u0000\\u001b[2J\\u202e"
                    PostToolUse      | "updatedToolOutput":"x\\ud800"
                    UserPromptSubmit | "additionalContext":"\\udfff","sessionTitle":"\\ud800\\n\\u001b"
                    SessionStart     | "additionalContext":"\\udfff","sessionTitle":"\\ud800"
                    """)
    void halfCharactersOfAHookReachNoFile(String event, String own) throws Exception {
        var store = Files.createDirectories(folder.resolve("store"));
        it.options = it.options.andThen(a -> a.store(new JsonlStore(store)));
        var line =
                "cat <<'E'\n{\"systemMessage\":\"\\ud800\",\"hookSpecificOutput\":{\"hookEventName\":\""
                        + event
                        + "\","
                        + own
                        + "}}\nE";
        assertEquals("done", it.ask(command(event, line, "")));
        for (var file : files(store)) {
            assertDoesNotThrow(
                    () ->
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(Files.readAllBytes(file))),
                    file.toString());
            for (var entry : Files.readAllLines(file)) {
                assertTrue(Json.parse(entry).isObject());
            }
        }
    }

    private static List<Path> files(Path store) throws IOException {
        try (var all = Files.walk(store)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }

    @Test
    void hooksThatGoOnAloneAreEndedWhereThereAreTooMany() throws Exception {
        var handlers =
                IntStream.range(0, 30)
                        .mapToObj(i ->
                                "{\"type\":\"command\",\"async\":true,\"command\":\"echo $$ > pid"
                                        + i
                                        + "; exec sleep 50\"}")
                        .toList();
        long began = System.nanoTime();
        it.ask("{\"PreToolUse\":[{\"hooks\":[" + String.join(",", handlers) + "]}]}");
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 30);
        for (int i = 0; i < handlers.size(); i++) {
            var id = it.file("pid" + i);
            var child = id.isEmpty() ? null : ProcessHandle.of(Long.parseLong(id)).orElse(null);
            if (child != null) {
                child.onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aMatcherThatIsTooDeepCountsForEverything() {
        var deep = "(".repeat(100_000) + "x" + ")".repeat(100_000);
        var config =
                HookConfig.parse(
                        Json.parse(
                                "{\"PreToolUse\":[{\"matcher\":\""
                                        + deep
                                        + "\",\"hooks\":[{\"type\":\"command\",\"command\":\"x\"}]}]}"),
                        "settings.json");
        assertEquals(1, config.problems().size());
        assertTrue(config.entries().getFirst().matcher().matches(Events.call("Bash")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(.*)*.*=.*x", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void aMatcherTakesNoTime(String matcher) {
        var config =
                HookConfig.parse(
                        Json.parse(
                                "{\"PreToolUse\":[{\"matcher\":"
                                        + Json.of(matcher).text()
                                        + ",\"hooks\":[{\"type\":\"command\",\"command\":\"x\"}]}]}"),
                        "settings.json");
        long began = System.nanoTime();
        config.entries().getFirst().matcher().matches(Events.call("a".repeat(60) + "!"));
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 5);
    }
}
