package dev.bowline.cli.wiring;

import dev.bowline.AgentOptions;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.json.Json;
import dev.bowline.memory.Compaction;
import dev.bowline.permission.Approver;
import dev.bowline.permission.OnTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What flags and environment say about turns: their limits, the form of their result, and when the
/// conversation is summarised.
public final class RunOptions {
    private static final double USUAL_PART = 0.95;

    private RunOptions() {}

    /// Looks at everything without using it.
    ///
    /// @throws UsageException when something cannot be
    public static void check(Arguments args, Console console) {
        args.number("--max-turns", 1);
        args.number("--approval-timeout", 1);
        defers(args);
        args.amount("--max-budget-usd");
        number(console, "MAX_STRUCTURED_OUTPUT_RETRIES");
        number(console, "CLAUDE_CODE_MAX_OUTPUT_TOKENS");
        compaction(console);
        Effort.of(args, console);
        args.value("--json-schema").ifPresent(text -> OutputSchema.check(schema(text)));
    }

    public static void apply(Arguments args, Console console, AgentOptions options) {
        args.number("--max-turns", 1).ifPresent(options::maxTurns);
        args.amount("--max-budget-usd").ifPresent(options::budgetUsd);
        number(console, "MAX_STRUCTURED_OUTPUT_RETRIES").ifPresent(options::outputAttempts);
        number(console, "CLAUDE_CODE_MAX_OUTPUT_TOKENS").ifPresent(options::maxTokens);
        args.value("--json-schema").ifPresent(text -> options.outputSchema(schema(text)));
        args.number("--approval-timeout", 1)
                .ifPresent(seconds ->
                        options.approvalTimeout(
                                Duration.ofSeconds(seconds),
                                defers(args) ? OnTimeout.DEFER : OnTimeout.DENY));
        options.compaction(compaction(console)).threads(Thread.ofPlatform().daemon().factory());
    }

    /// Who is asked for permission: `asked` unless flags leave questions for later, or let them
    /// wait for another process.
    public static Approver approver(Arguments args, Approver asked) {
        if (args.has("--approval-timeout")) {
            return asked.equals(Approver.NOBODY) ? Approver.elsewhere() : asked;
        }
        return defers(args) ? Approver.later() : asked;
    }

    private static boolean defers(Arguments args) {
        var when = args.value("--approvals", "ask");
        if (!List.of("ask", "defer").contains(when)) {
            throw new UsageException("--approvals is ask or defer, not \"" + when + "\"");
        }
        return when.equals("defer");
    }

    private static Json schema(String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--json-schema is not JSON: " + e.getMessage());
        }
    }

    /// When the conversation is summarised by itself.
    public static Compaction compaction(Console console) {
        if (set(console, "DISABLE_COMPACT") || set(console, "DISABLE_AUTO_COMPACT")) {
            return Compaction.OFF;
        }
        double part =
                number(console, "CLAUDE_AUTOCOMPACT_PCT_OVERRIDE")
                        .filter(percent -> percent <= 100)
                        .map(percent -> percent / 100.0)
                        .orElse(USUAL_PART);
        return number(console, "CLAUDE_CODE_AUTO_COMPACT_WINDOW")
                .map(window ->
                        new Compaction(
                                part, model -> Math.min(window, Compaction.published(model))))
                .orElseGet(() -> new Compaction(part, Compaction::published));
    }

    /// Whether files are kept as they were before tools changed them.
    public static boolean keepsFiles(Console console) {
        return set(console, "CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING");
    }

    private static boolean set(Console console, String variable) {
        return List.of("1", "true", "yes", "on")
                .contains(console.variable(variable, "").strip().toLowerCase(Locale.ROOT));
    }

    /// A number above 0, if the variable is one.
    private static Optional<Integer> number(Console console, String variable) {
        try {
            return Optional.of(console.variable(variable, "").strip())
                    .filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .filter(value -> value > 0);
        } catch (NumberFormatException e) {
            throw new UsageException(variable + " must be a whole number");
        }
    }
}
