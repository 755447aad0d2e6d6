package dev.bowline.cli.prompt;

import static dev.bowline.cli.args.Flag.Kind.INLINE;
import static dev.bowline.cli.args.Flag.Kind.REPEATED;
import static dev.bowline.cli.args.Flag.Kind.RULES;
import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.named;
import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.Flag;
import java.util.List;
import java.util.function.Consumer;

/// What `bowline` without a command understands.
public final class PromptFlags {
    private PromptFlags() {}

    /// Flags that say what tools may do; `tools call` knows them too.
    public static final List<Flag> PERMISSIONS =
            List.of(
                    named(
                            "--permission-mode",
                            VALUE,
                            "MODE",
                            "what runs without asking: default (reads), acceptEdits, plan, dontAsk, auto, bypassPermissions"),
                    named(
                            "--settings",
                            VALUE,
                            "JSON",
                            "settings that count more than those of files: a JSON object or a file with one"),
                    on("--trust", "let all settings of this folder count in this run"),
                    on(
                            "--dangerously-skip-permissions",
                            "the same as --permission-mode bypassPermissions; use it only in a sandbox"),
                    named(
                                    "--allowedTools",
                                    RULES,
                                    "RULES",
                                    "rules for calls that need no permission, separated by commas or blanks: \"Bash(git *),Edit\"")
                            .or("--allowed-tools"),
                    named(
                                    "--disallowedTools",
                                    RULES,
                                    "RULES",
                                    "rules for calls that never run; a bare name hides the tool")
                            .or("--disallowed-tools"),
                    named(
                            "--add-dir",
                            REPEATED,
                            "DIR",
                            "one more directory to work in; may be repeated"));

    public static final List<Flag> COMMON =
            List.of(
                    named(
                            "--debug",
                            INLINE,
                            "FILTER",
                            "write a trace of each step with its time to stderr, and stack traces of failures"),
                    named("--debug-file", VALUE, "FILE", "write the trace to a file instead"),
                    on("--help", "show this").or("-h"));

    private static final List<Flag> OWN =
            List.of(
                    on("--print", "answer the prompt and exit").or("-p"),
                    named(
                            "--output-format",
                            VALUE,
                            "FORMAT",
                            "text (the answer), json (one result object), stream-json (one object per event)"),
                    named(
                            "--input-format",
                            VALUE,
                            "FORMAT",
                            "text, or stream-json for host programs: one JSON message per line"),
                    on(
                            "--include-partial-messages",
                            "with stream-json: pieces of messages as they are made"),
                    on(
                            "--verbose",
                            "with json: all frames as an array; with text: tool calls on stderr"),
                    on("--continue", "go on with the newest session of this directory").or("-c"),
                    named(
                                    "--resume",
                                    VALUE,
                                    "ID",
                                    "go on with a session: id, beginning of an id, or title")
                            .or("-r"),
                    on(
                            "--fork-session",
                            "with --resume or --continue: in a new session, the old one stays"),
                    named("--session-id", VALUE, "UUID", "the id of the new session"),
                    named(
                            "--resume-session-at",
                            VALUE,
                            "UUID",
                            "with --resume: only up to and including the message with this uuid"),
                    named(
                            "--resume-drops-turn",
                            VALUE,
                            "UUID",
                            "with --resume: without the last turn, which the message with this uuid began"),
                    on("--no-session-persistence", "keep the session in memory only"),
                    named(
                            "--max-turns",
                            VALUE,
                            "N",
                            "at most so many answers of the model; default 200"),
                    named(
                            "--approvals",
                            VALUE,
                            "WHEN",
                            "what becomes of questions of permission: ask (now), or defer: the run ends, and bowline sessions answer answers"),
                    named(
                            "--approval-timeout",
                            VALUE,
                            "SECONDS",
                            "how long a question waits, also for bowline sessions answer; then it is refused, or deferred with --approvals defer"),
                    named(
                            "--max-budget-usd",
                            VALUE,
                            "AMOUNT",
                            "at most so many US dollars for the session"),
                    named(
                            "--tools",
                            RULES,
                            "NAMES",
                            "only these tools; \"\" for none, default for all"),
                    named(
                            "--system-prompt",
                            VALUE,
                            "TEXT",
                            "instructions instead of Bowline's own"),
                    named("--system-prompt-file", VALUE, "FILE", "the same from a file"),
                    named("--append-system-prompt", VALUE, "TEXT", "instructions in addition"),
                    named("--append-system-prompt-file", VALUE, "FILE", "the same from a file"),
                    on("--version", "show the version"),
                    on("-v", "show the version of the protocol that host programs ask for"));

    private static final String ABOUT =
            """
            Bowline is an agent that works in the current directory: it reads, searches, edits and runs
            commands, within the permissions you give it.

            The prompt is what you write behind the flags, what comes on standard input, or both. On a
            terminal without -p you get a dialogue.

            Without ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN, CLAUDE_CODE_OAUTH_TOKEN or ANTHROPIC_BASE_URL
            prompts are answered by a built-in offline model, which searches and edits by simple rules.

            Commands:
              sessions    list, show, fork, rename, delete, export and import sessions; answer their questions
              tools       list tools, show a tool's schema, call one tool
              permissions explain what would happen to a call, check many calls against rules
              settings    show the settings that count here and where they come from
              trust       let the settings of a folder count
              help        show this

            Exit codes: 0 done, 1 failed or not understood, 130 interrupted, 143 terminated,
            141 nobody reads the output.\
            """;

    public static final Command COMMAND =
            new Command(
                    "bowline",
                    List.of(
                            "bowline [flags] [prompt]",
                            "bowline -p [flags] [prompt]",
                            "bowline COMMAND"),
                    ABOUT,
                    java.util.stream.Stream.of(
                                    OWN,
                                    ModelFlags.ALL,
                                    HostFlags.ALL,
                                    PERMISSIONS,
                                    COMMON,
                                    OtherFlags.ALL)
                            .flatMap(List::stream)
                            .toList(),
                    List.of(
                            "bowline -p \"What files are in the working directory?\"",
                            "git diff | bowline -p \"Review this change\"",
                            "bowline -p \"Fix the failing test\" --permission-mode acceptEdits --allowedTools \"Bash(mvn *)\"",
                            "bowline -p --continue \"And now the documentation\"",
                            "bowline -p \"List the modules\" --output-format json | jq -r .result"));

    /// Reads a command line. For a host program unknown flags are no reason to fail; `warnings`
    /// hears of what has no use.
    public static Arguments parse(List<String> tokens, Consumer<String> warnings) {
        return COMMAND.parse(tokens, hosted(tokens), warnings);
    }

    private static boolean hosted(List<String> tokens) {
        int at = tokens.indexOf("--input-format");
        return tokens.contains("--input-format=stream-json")
                || at >= 0 && at + 1 < tokens.size() && tokens.get(at + 1).equals("stream-json");
    }
}
