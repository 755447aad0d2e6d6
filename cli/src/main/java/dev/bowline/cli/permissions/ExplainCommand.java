package dev.bowline.cli.permissions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.Rule;
import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Says what would happen to one call, and why.
final class ExplainCommand {
    /// The field of the input that stands between the brackets, by tool.
    private static final Map<String, String> SUBJECTS =
            Map.ofEntries(
                    Map.entry("Bash", "command"),
                    Map.entry("Read", "file_path"),
                    Map.entry("Write", "file_path"),
                    Map.entry("Edit", "file_path"),
                    Map.entry("NotebookEdit", "notebook_path"),
                    Map.entry("Glob", "path"),
                    Map.entry("Grep", "path"),
                    Map.entry("WebFetch", "url"));

    /// Tools of which no call is without a subject.
    private static final Set<String> NEEDING =
            Set.of("Bash", "Read", "Write", "Edit", "NotebookEdit", "WebFetch");

    private final Arguments args;
    private final Console console;
    private final Judge judge;

    ExplainCommand(Arguments args, Console console) {
        var settings = Configuration.of(args, console);
        settings.report(warning -> console.err().line("bowline: " + warning));
        this.args = settings.withRules();
        this.console = console;
        this.judge = new Judge(Toolbox.all(settings.toolOptions()));
    }

    int run() {
        var ruling = judge.decide(asked());
        var text = args.has("--json") ? json(ruling) : text(ruling);
        console.out().line(text);
        return 0;
    }

    private PolicyCase asked() {
        if (args.words().isEmpty()) {
            throw new UsageException(
                    "the call is missing; write it as bowline permissions explain 'Bash(git push)'");
        }
        var call = Rule.parse(args.words().getFirst());
        return new PolicyCase(
                null,
                call.tool(),
                input(call),
                Permissions.mode(args),
                args.all("--allowedTools"),
                args.all(Permissions.ASK),
                args.all("--disallowedTools"),
                console.directory(),
                Path.of(console.variable("HOME", System.getProperty("user.home", "/"))),
                Permissions.directories(args, console),
                null);
    }

    private Json input(Rule call) {
        if (args.words().size() > 1) {
            return Json.parse(args.words().get(1));
        }
        var what = call.specifier();
        if (what == null && NEEDING.contains(call.tool())) {
            throw new UsageException(
                    "what "
                            + call.tool()
                            + " would do is missing; write it as bowline permissions explain '"
                            + call.tool()
                            + "(what)'");
        }
        return what == null
                ? Json.EMPTY_OBJECT
                : Json.of(Map.of(SUBJECTS.getOrDefault(call.tool(), "input"), what));
    }

    private static String text(Judge.Ruling ruling) {
        var lines = new ArrayList<String>();
        lines.add(
                CheckCommand.decision(ruling.verdict())
                        + ": "
                        + ruling.verdict().decision().reason());
        if (!ruling.call().accesses().isEmpty()) {
            lines.add("");
            lines.add("It would touch:");
            ruling.call().accesses().forEach(access -> lines.addAll(described(access, "  ")));
        }
        lines.add("");
        lines.add("The policy looked at:");
        ruling.verdict().chain().forEach(step -> lines.add("  " + step));
        ruling.problems().forEach(problem -> lines.add("ignored rule: " + problem));
        return String.join("\n", lines);
    }

    private static List<String> described(Access access, String indent) {
        return switch (access) {
            case Access.Reads(Path path) -> List.of(indent + "reads " + path);
            case Access.Scans(Path root) -> List.of(indent + "reads everything below " + root);
            case Access.Writes(Path path) -> List.of(indent + "writes " + path);
            case Access.Removes(Path path) -> List.of(indent + "removes " + path);
            case Access.Contacts contacts -> List.of(indent + "contacts " + contacts.url());
            case Access.Session any -> List.of(indent + "the session's own data");
            case Access.Fenced(var fence) -> List.of(indent + "sandbox: " + fence.text());
            case Access.Runs runs -> {
                var lines = new ArrayList<String>();
                lines.add(indent + "runs " + runs.source() + nature(runs.nature()));
                runs.files().forEach(file -> lines.addAll(described(file, indent + "  ")));
                yield lines;
            }
        };
    }

    private static String nature(Access.Nature nature) {
        return switch (nature) {
            case READS -> " (changes nothing)";
            case EDITS -> " (changes files only)";
            case PLAIN -> "";
            case GUARDED -> " (starts or loads what a wildcard does not cover)";
            case UNKNOWN -> " (which program it is, is only known when it runs)";
            case UNREADABLE -> " (not understood)";
        };
    }

    private static String json(Judge.Ruling ruling) {
        try (var out = JsonOut.toText()) {
            var rule = ruling.verdict().rule();
            out.beginObject().field("decision", CheckCommand.decision(ruling.verdict()));
            out.name("rule").value(rule == null ? null : rule.rule().toString());
            out.name("touches")
                    .value(
                            ruling.call().accesses().stream()
                                    .flatMap(access -> described(access, "").stream())
                                    .toList());
            out.name("chain").value(ruling.verdict().chain());
            out.name("ignored").value(ruling.problems()).endObject();
            return out.text();
        }
    }
}
