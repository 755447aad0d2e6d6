package dev.bowline.cli.tools;

import static dev.bowline.cli.args.Flag.on;

import dev.bowline.Agent;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.Flag;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.Blocks;
import dev.bowline.cli.output.Style;
import dev.bowline.cli.prompt.PromptFlags;
import dev.bowline.cli.prompt.Running;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.model.Model;
import dev.bowline.model.ModelException;
import dev.bowline.transcript.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The commands behind `bowline tools`, and their help.
public final class ToolCommands {
    private static final Flag HELP = on("--help", "show this").or("-h");

    private static final Command LIST =
            new Command(
                    "bowline tools list",
                    List.of("bowline tools list [--json]"),
                    "Lists the built-in tools: name, whether it only reads, what it does.",
                    List.of(on("--json", "as JSON"), HELP),
                    List.of("bowline tools list"));

    private static final Command SCHEMA =
            new Command(
                    "bowline tools schema",
                    List.of("bowline tools schema NAME"),
                    "Prints what the model is told about a tool: name, description and input schema, as JSON.",
                    List.of(HELP),
                    List.of("bowline tools schema Grep"));

    private static final Command CALL =
            new Command(
                    "bowline tools call",
                    List.of(
                            "bowline tools call NAME JSON [flags]",
                            "bowline tools call NAME - [flags] < input.json"),
                    """
                    Runs one tool as an agent would: checks its input, asks the permission rules, runs it, trims
                    the result. Prints {"tool","is_error","code","content","structured"}; exits with 1 when
                    is_error is true.\
                    """,
                    callFlags(),
                    List.of(
                            "bowline tools call Glob '{\"pattern\":\"**/*.java\"}'",
                            "bowline tools call Bash '{\"command\":\"mvn -q test\"}' --allowedTools \"Bash(mvn *)\""));

    private static final Map<String, Integer> MOST_WORDS =
            Map.of("list", 0, "schema", 1, "call", 2);

    private static final Map<String, Command> COMMANDS =
            Map.of("list", LIST, "schema", SCHEMA, "call", CALL);

    private ToolCommands() {}

    private static List<Flag> callFlags() {
        var flags = new ArrayList<>(PromptFlags.PERMISSIONS);
        flags.addAll(PromptFlags.COMMON);
        return flags;
    }

    public static int run(List<String> args, Console console, Running running)
            throws InterruptedException {
        var name = args.isEmpty() ? "" : args.getFirst();
        if (name.isEmpty() || name.equals("--help") || name.equals("-h")) {
            var to = name.isEmpty() ? console.err() : console.out();
            for (var command : List.of(LIST, SCHEMA, CALL)) {
                to.write(command.help() + "\n");
            }
            return name.isEmpty() ? 1 : 0;
        }
        var command = COMMANDS.get(name);
        if (command == null) {
            throw new UsageException(
                    "there is no command bowline tools "
                            + name
                            + Nearest.to(name, COMMANDS.keySet())
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse("")
                            + " (it is list, schema or call)");
        }
        var parsed = command.parse(args.subList(1, args.size()));
        if (parsed.has("--help")) {
            console.out().write(command.help());
            return 0;
        }
        parsed.atMostWords(MOST_WORDS.getOrDefault(name, 0));
        return switch (name) {
            case "list" -> list(parsed, console);
            case "schema" -> schema(parsed, console);
            default -> call(parsed, console, running);
        };
    }

    private static int list(Arguments args, Console console) {
        var all = Toolbox.all();
        if (args.has("--json")) {
            console.out()
                    .line(
                            Json.of(
                                            all.stream()
                                                    .map(tool ->
                                                            Map.of(
                                                                    "name",
                                                                    tool.name(),
                                                                    "effect",
                                                                    tool.effect(),
                                                                    "description",
                                                                    tool.definition()
                                                                            .description()))
                                                    .toList())
                                    .text());
            return 0;
        }
        int width = all.stream().mapToInt(tool -> tool.name().length()).max().orElse(0);
        for (var tool : all) {
            console.out()
                    .line(
                            tool.name()
                                    + " ".repeat(width - tool.name().length() + 2)
                                    + (tool.effect() == dev.bowline.tool.Effect.READ
                                            ? "reads   "
                                            : "changes ")
                                    + Style.oneLine(tool.definition().description(), 80));
        }
        return 0;
    }

    private static String operand(Arguments args, int index, String what) {
        if (args.words().size() <= index) {
            throw new UsageException(what + " is missing; --help shows how the command is written");
        }
        return args.words().get(index);
    }

    private static int schema(Arguments args, Console console) {
        var tool = Toolbox.find(operand(args, 0, "the tool's name"), Toolbox.all());
        var definition = tool.definition();
        try (var out = JsonOut.toText()) {
            out.beginObject()
                    .field("name", definition.name())
                    .field("description", definition.description())
                    .field("input_schema", definition.inputSchema())
                    .endObject();
            console.out().line(out.text());
        }
        return 0;
    }

    private static int call(Arguments args, Console console, Running running)
            throws InterruptedException {
        var settings = Configuration.of(args, console);
        settings.report(warning -> console.err().line("bowline: " + warning));
        var tool = operand(args, 0, "the tool's name");
        var input = input(operand(args, 1, "the input as JSON"), console);
        var tools = Toolbox.all(settings.toolOptions());
        Toolbox.find(tool, tools);
        Model nobody =
                (request, events) -> {
                    throw new ModelException(
                            ErrorCode.INTERNAL, "a single call asks no model", false);
                };
        var caller = Thread.currentThread();
        running.everything(caller::interrupt);
        var kept =
                Path.of(console.variable("TMPDIR", System.getProperty("java.io.tmpdir")))
                        .resolve("bowline-call-" + UUID.randomUUID());
        var shown = "";
        try (var agent =
                Agent.of(
                        nobody,
                        options -> {
                            settings.apply(options);
                            options.tools(tools);
                        })) {
            var done = agent.call(tool, input, kept);
            shown = json(done);
            console.out().line(shown);
            return done.isError() ? 1 : 0;
        } finally {
            if (!shown.contains(kept.toString())) {
                remove(kept);
            }
        }
    }

    /// The call's working files, when its result names none of them.
    private static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary folder " + folder, e);
        }
    }

    private static Json input(String text, Console console) {
        try {
            var json =
                    Json.parse(
                            text.equals("-")
                                    ? new String(
                                            console.in().readAllBytes(), StandardCharsets.UTF_8)
                                    : text);
            if (json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    ErrorCode.TOOL_INPUT_INVALID, "the input is " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read: " + e.getMessage());
        }
        throw new UsageException(
                ErrorCode.TOOL_INPUT_INVALID,
                "the input must be a JSON object such as {\"pattern\":\"*.java\"}");
    }

    private static String json(Event.ToolFinished done) {
        try (var out = JsonOut.toText()) {
            out.beginObject()
                    .field("tool", done.tool())
                    .field("is_error", done.isError())
                    .field("code", done.code())
                    .name("content");
            Blocks.writeAll(out, done.content());
            out.name("structured").value(done.structured()).endObject();
            return out.text();
        }
    }
}
