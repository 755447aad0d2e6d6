package dev.bowline.project.hook;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.Agent;
import dev.bowline.hook.Hook;
import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Access;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of one call under hooks, rules and a mode together, each line of `calls.txt`. Hooks
/// are real programs.
@Timeout(60)
class HookedCallTest {
    @TempDir Path folder;

    static Stream<String> lines() throws IOException {
        try (var in = HookedCallTest.class.getResourceAsStream("calls.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatBecomesOfACall(String line) throws Exception {
        var cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        assertEquals(5, cells.size(), line);
        var it = new HookedSession(folder);
        it.model =
                ScriptedModel.saying(
                        call("Bash", Json.of(Map.of("command", cells.get(3))).text()),
                        text("done"));
        var asked = new ArrayList<PermissionRequest>();
        var hooks = it.hooks(settings(cells.get(0)));
        try (var agent =
                Agent.of(
                        it.model,
                        a -> {
                            a.tools(shell(it)).directory(folder).hooks(hooks.toArray(Hook[]::new));
                            a.permissionMode(PermissionMode.of(cells.get(2)));
                            a.approver(request -> {
                                asked.add(request);
                                return answer(cells.get(0));
                            });
                            for (var rule : list(cells.get(1), ";")) {
                                var parts = rule.split(" ", 2);
                                switch (parts[0]) {
                                    case "allow" -> a.allow(parts[1]);
                                    case "ask" -> a.ask(parts[1]);
                                    default -> a.deny(parts[1]);
                                }
                            }
                        })) {
            agent.ask("go");
        }
        var became =
                !it.ran.isEmpty()
                        ? "runs " + String.join(", ", it.ran)
                        : asked.isEmpty() || byHook(cells.get(0)) ? "refused" : "asks";
        assertEquals(cells.get(4), became, () -> line + "\n" + it.result());
    }

    private static boolean byHook(String hooks) {
        return hooks.contains("answers");
    }

    /// The person; one who is slower than any hook where hooks answer too.
    private static Decision answer(String hooks) throws InterruptedException {
        if (byHook(hooks)) {
            new CountDownLatch(1).await();
        }
        return new Decision.Deny("test", "no");
    }

    private static List<String> list(String text, String separator) {
        return Stream.of(text.split(separator))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .toList();
    }

    /// `write FILE` changes a file, `delete FILE` removes one, `ls` only reads; all else is a
    /// program that nobody knows.
    private Tool shell(HookedSession it) {
        return Tool.of(
                HookedSession.Shell.class,
                (input, context) -> {
                    it.ran.add(input.command());
                    return ToolResult.text("ran");
                },
                input -> accesses(input.command()));
    }

    private List<Access> accesses(String line) {
        var words = Stream.of(line.split(" ")).map(Access.Word::new).toList();
        var last = Optional.ofNullable(words.getLast().text()).orElse("");
        return switch (words.getFirst().text()) {
            case "write" -> List.of(new Access.Writes(folder.resolve(last)));
            case "delete" -> List.of(new Access.Removes(folder.resolve(last)));
            case "ls" -> List.of(new Access.Runs(line, words, Access.Nature.READS));
            case null, default -> List.of(new Access.Runs(line, words, Access.Nature.PLAIN));
        };
    }

    /// Hooks such as `deny` or `[Edit] to ls`, several of them separated by `&`.
    private static String settings(String hooks) {
        var groups = new ArrayList<String>();
        var questions = new ArrayList<String>();
        for (var hook : list(hooks, "&")) {
            var matcher = "";
            var rule = "";
            var what = hook;
            if (what.startsWith("[")) {
                matcher = what.substring(1, what.indexOf(']'));
                what = what.substring(what.indexOf(']') + 1).strip();
            }
            if (what.startsWith("if ")) {
                rule = ",\"if\":" + Json.of(what.substring(3, what.indexOf(':'))).text();
                what = what.substring(what.indexOf(':') + 1).strip();
            }
            boolean question = what.startsWith("answers ");
            boolean must = what.endsWith("!");
            var handler =
                    "{\"matcher\":"
                            + Json.of(matcher.replace('/', '|')).text()
                            + ",\"hooks\":[{\"type\":\"command\",\"command\":"
                            + Json.of(program(must ? what.substring(0, what.length() - 1) : what))
                                    .text()
                            + rule
                            + (what.startsWith("sleeps") ? ",\"timeout\":0.3" : "")
                            + (must ? ",\"onFailure\":\"block\"" : "")
                            + "}]}";
            (question ? questions : groups).add(handler);
        }
        return "{\"PreToolUse\":["
                + String.join(",", groups)
                + "],\"PermissionRequest\":["
                + String.join(",", questions)
                + "]}";
    }

    private static String program(String what) {
        return switch (what.split(" ", 2)[0]) {
            case "allow", "deny", "ask" -> decision(what);
            case "to" -> says("\"updatedInput\":" + input(what.substring(3)));
            case "answers" ->
                    "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\",\"decision\":{\"behavior\":\""
                            + what.substring(8)
                            + "\"}}}'";
            case "refuses" -> decision("allow") + "; echo no >&2; exit 2";
            case "fails" -> "exit 1";
            case "sleeps" -> "sleep 20";
            case "marked" -> "printf '\\357\\273\\277'; " + decision("deny");
            case "broken" -> "echo '{\"decision\":'";
            default -> "true";
        };
    }

    private static String decision(String what) {
        int to = what.indexOf(" to ");
        return says(
                "\"permissionDecision\":\""
                        + what.split(" ", 2)[0]
                        + "\""
                        + (to < 0 ? "" : ",\"updatedInput\":" + input(what.substring(to + 4))));
    }

    private static String input(String text) {
        return text.startsWith("{") ? text : Json.of(Map.of("command", text)).text();
    }

    private static String says(String own) {
        return "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\"," + own + "}}'";
    }
}
