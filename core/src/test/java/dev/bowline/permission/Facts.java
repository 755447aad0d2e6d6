package dev.bowline.permission;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Access.Word;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Calls as tools describe them, for tests of the policy. A command is a list of plain programs
/// joined by `;`; a word `?` is unknown.
final class Facts {
    private Facts() {}

    static ToolCall bash(String line) {
        return bash(line, Nature.PLAIN);
    }

    static ToolCall bash(String line, Nature nature, Access... more) {
        var programs =
                Arrays.stream(line.split(";"))
                        .map(String::strip)
                        .<Access>map(one -> new Access.Runs(one, words(one), nature));
        return command(line, Stream.concat(programs, Arrays.stream(more)).toList());
    }

    static ToolCall program(String line, Nature nature, Access... files) {
        return command(
                line,
                List.of(new Access.Runs(line, words(line), List.of(), nature, List.of(files))));
    }

    private static ToolCall command(String line, List<Access> accesses) {
        return new ToolCall(
                "Bash", Json.of(Map.of("command", line)), Effect.WRITE, accesses, false);
    }

    static List<Word> words(String program) {
        return Arrays.stream(program.strip().split("[ \t]+"))
                .map(word -> word.equals("?") ? Word.UNKNOWN : new Word(word))
                .toList();
    }

    static ToolCall read(String path) {
        return new ToolCall("Read", Effect.READ, List.of(new Access.Reads(Path.of(path))));
    }

    static ToolCall edit(String tool, String path) {
        return new ToolCall(tool, Effect.WRITE, List.of(new Access.Writes(Path.of(path))));
    }

    static ToolCall fetch(String url) {
        return new ToolCall("WebFetch", Effect.READ, List.of(new Access.Contacts(url)));
    }

    /// `reads /a`, `scans /a`, `writes /a`, `removes /a`, `contacts URL`, `session`, `sealed`.
    static Access access(String text) {
        var words = text.strip().split(" ");
        return switch (words[0]) {
            case "reads" -> new Access.Reads(Path.of(words[1]));
            case "scans" -> new Access.Scans(Path.of(words[1]));
            case "writes" -> new Access.Writes(Path.of(words[1]));
            case "removes" -> new Access.Removes(Path.of(words[1]));
            case "contacts" -> new Access.Contacts(words[1]);
            case "session" -> new Access.Session();
            case "sealed" -> new Access.Fenced(Access.Fence.SEALED);
            default -> throw new IllegalArgumentException(text);
        };
    }

    static List<Rule> rules(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";")).map(Rule::parse).toList();
    }

    static String word(Verdict verdict) {
        return switch (verdict.decision()) {
            case Decision.Allow any -> "allow";
            case Decision.Deny any -> "deny";
            case Decision.Ask any -> "ask";
        };
    }
}
