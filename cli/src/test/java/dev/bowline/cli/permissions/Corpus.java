package dev.bowline.cli.permissions;

import dev.bowline.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cases in a text file, one a line: `want | what`. Lines that begin with `@` set what holds from
/// there on: `@tool`, `@mode`, `@allow`, `@ask`, `@deny` (rules parted by ` ; `), `@dirs`, `@dns`
/// (JSON). `!` behind the decision: real bash makes a file `CANARY` with it. `⏎` stands for a line
/// end; what follows `=>` after the wanted decision is the rule.
record Corpus(List<Line> lines) {
    /// What stands between the brackets of a tool's rules, by tool.
    private static final Map<String, String> SUBJECTS =
            Map.of(
                    "Bash",
                    "command",
                    "Read",
                    "file_path",
                    "Write",
                    "file_path",
                    "Edit",
                    "file_path",
                    "NotebookEdit",
                    "notebook_path",
                    "Grep",
                    "path",
                    "Glob",
                    "path",
                    "WebFetch",
                    "url");

    /// One case. `number` is that of the line in the file.
    record Line(
            int number, String want, boolean proved, String what, Map<String, Object> question) {
        PolicyCase in(Path project, Path home) {
            var whole = new HashMap<>(question);
            whole.put("cwd", project.toString());
            whole.put("home", home.toString());
            return PolicyCase.parse(Json.of(whole), project, home);
        }
    }

    static Corpus read(String name) {
        try (var in = Corpus.class.getResourceAsStream("/policies/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no corpus " + name);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Corpus parse(String text) {
        var settings = new HashMap<String, String>(Map.of("tool", "Bash"));
        var all = new ArrayList<Line>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("@")) {
                var words = line.substring(1).split(" ", 2);
                settings.put(words[0], words.length > 1 ? words[1].strip() : "");
            } else if (!line.startsWith("#") && !line.isBlank()) {
                var parts = line.split(" \\| ", 2);
                all.add(
                        new Line(
                                number,
                                parts[0].strip().replace("!", ""),
                                parts[0].contains("!"),
                                parts[1].replace(" ⏎ ", "\n"),
                                question(settings, parts[1].replace(" ⏎ ", "\n"))));
            }
        }
        return new Corpus(List.copyOf(all));
    }

    private static Map<String, Object> question(Map<String, String> settings, String what) {
        var tool = settings.getOrDefault("tool", "Bash");
        var question = new HashMap<String, Object>();
        question.put("tool", tool);
        question.put(
                "input",
                what.startsWith("{\"")
                        ? Json.parse(what).asMap()
                        : Map.of(SUBJECTS.getOrDefault(tool, "input"), what));
        question.put("mode", settings.getOrDefault("mode", "default"));
        var rules = new HashMap<String, Object>();
        for (var kind : List.of("allow", "ask", "deny")) {
            rules.put(kind, list(settings.getOrDefault(kind, "")));
        }
        question.put("rules", rules);
        question.put("additionalDirectories", list(settings.getOrDefault("dirs", "")));
        if (!settings.getOrDefault("dns", "").isEmpty()) {
            question.put("dns", Json.parse(settings.getOrDefault("dns", "{}")).asMap());
        }
        return question;
    }

    private static List<String> list(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(" ; ")).map(String::strip).toList();
    }
}
