package dev.bowline.cli.wiring;

import dev.bowline.AgentOptions;
import dev.bowline.Session;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.json.Json;
import dev.bowline.model.Thinking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much the model thinks and puts into its answers: what the flags say, and what a host changes
/// while the session runs. Safe for any thread.
public final class Effort {
    private static final int LEAST = 1024;
    private static final List<String> LEVELS = List.of("low", "medium", "high", "xhigh", "max");

    private @Nullable Integer tokens;
    private boolean adaptive;
    private @Nullable Integer firstTokens;
    private boolean firstAdaptive;
    private @Nullable String display;
    private @Nullable String level;
    private final @Nullable Integer taskBudget;

    private Effort(@Nullable Integer taskBudget) {
        this.taskBudget = taskBudget;
    }

    /// What flags and environment say.
    ///
    /// @throws UsageException for a word or number that cannot be
    public static Effort of(Arguments args, Console console) {
        var effort = new Effort(args.number("--task-budget", 1).orElse(null));
        effort.level =
                level(args.value("--effort", console.variable("CLAUDE_CODE_EFFORT_LEVEL", "")));
        args.value("--thinking-display").ifPresent(effort::display);
        args.number("--max-thinking-tokens", 0)
                .or(() -> fromEnvironment(console))
                .ifPresent(most -> effort.tokens = most);
        switch (args.value("--thinking", "")) {
            case "adaptive", "enabled" -> effort.adaptive = effort.tokens == null;
            case "disabled" -> effort.tokens = 0;
            case "" -> {}
            case String other ->
                    throw new UsageException(
                            "--thinking must be adaptive or disabled, not \"" + other + "\"");
        }
        effort.firstTokens = effort.tokens;
        effort.firstAdaptive = effort.adaptive;
        return effort;
    }

    private static Optional<Integer> fromEnvironment(Console console) {
        try {
            return Optional.of(console.variable("MAX_THINKING_TOKENS", "").strip())
                    .filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .filter(most -> most >= 0);
        } catch (NumberFormatException e) {
            throw new UsageException("MAX_THINKING_TOKENS must be a number of tokens");
        }
    }

    private static @Nullable String level(String word) {
        var said = word.strip();
        if (said.isEmpty() || said.equals("auto")) {
            return null;
        }
        if (said.equals("ultracode")) {
            return "max";
        }
        if (!LEVELS.contains(said)) {
            throw new UsageException(
                    "the effort must be one of "
                            + String.join(", ", LEVELS)
                            + ", not \""
                            + word
                            + "\"");
        }
        return said;
    }

    /// How thinking is shown: `summarized`, `omitted`, or null for what is usual.
    ///
    /// @throws UsageException for another word
    public synchronized void display(@Nullable String how) {
        if (how != null && !how.equals("summarized") && !how.equals("omitted")) {
            throw new UsageException(
                    "the display of thinking must be summarized or omitted, not \"" + how + "\"");
        }
        display = how;
    }

    /// At most so many tokens of thinking; 0 for none, null for what was said at the start.
    public synchronized void thinking(@Nullable Integer most) {
        tokens = most == null ? firstTokens : most;
        adaptive = most == null && firstAdaptive;
    }

    /// A level, or null for what is usual.
    ///
    /// @throws UsageException for a word that is no level
    public synchronized void change(@Nullable String word) {
        level = word == null ? null : level(word);
    }

    /// Whether the word is a level.
    ///
    /// @throws UsageException if not
    public static void check(String word) {
        level(word);
    }

    public synchronized Optional<String> level() {
        return Optional.ofNullable(level);
    }

    private Thinking thinking(String model) {
        var most = tokens;
        if (most == null) {
            boolean shown = display != null && ModelNames.thinksByItself(model);
            return adaptive || shown ? Thinking.ADAPTIVE : Thinking.UNSET;
        }
        if (most == 0) {
            return Thinking.OFF;
        }
        return ModelNames.thinksByItself(model)
                ? Thinking.ADAPTIVE
                : new Thinking.Budget(Math.max(LEAST, most));
    }

    /// The member `thinking` when there is more to say than [Thinking] can.
    private @Nullable Json shownThinking(String model) {
        var how = display;
        if (how == null) {
            return null;
        }
        return switch (thinking(model)) {
            case Thinking.Unset unset -> null;
            case Thinking.Off off -> null;
            case Thinking.Adaptive any -> Json.of(Map.of("type", "adaptive", "display", how));
            case Thinking.Budget(int most) ->
                    Json.of(Map.of("type", "enabled", "budget_tokens", most, "display", how));
        };
    }

    private @Nullable Json outputConfig() {
        var config = new LinkedHashMap<String, Object>();
        if (level != null) {
            config.put("effort", level);
        }
        if (taskBudget != null) {
            config.put("task_budget", Map.of("type", "tokens", "total", taskBudget));
        }
        return config.isEmpty() ? null : Json.of(config);
    }

    /// Asks with it from the start.
    public synchronized void apply(AgentOptions options, String model) {
        options.thinking(thinking(model));
        var shown = shownThinking(model);
        if (shown != null) {
            options.extra("thinking", shown);
        }
        var config = outputConfig();
        if (config != null) {
            options.extra("output_config", config);
        }
    }

    /// Asks with it from the next call on.
    public synchronized void apply(Session session, String model) {
        session.thinking(thinking(model));
        session.extra("thinking", shownThinking(model));
        session.extra("output_config", outputConfig());
    }
}
