package dev.bowline.cli.prompt;

import static dev.bowline.cli.args.Flag.Kind.REPEATED;
import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.named;
import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Flag;
import java.util.List;

/// Flags that say who is asked, how, and in which form the answer is wanted.
final class ModelFlags {
    private ModelFlags() {}

    static final List<Flag> ALL =
            List.of(
                    named(
                            "--model",
                            VALUE,
                            "NAME",
                            "which model to ask: a name, or sonnet, opus, haiku, fable, default; without it ANTHROPIC_MODEL, else claude-sonnet-5"),
                    named(
                            "--fallback-model",
                            VALUE,
                            "NAMES",
                            "who is asked when the model is overloaded or missing, in order, separated by commas"),
                    named(
                            "--effort",
                            VALUE,
                            "LEVEL",
                            "how much the model puts into an answer: low, medium, high, xhigh, max"),
                    named("--thinking", VALUE, "HOW", "adaptive or disabled"),
                    named(
                            "--max-thinking-tokens",
                            VALUE,
                            "N",
                            "at most so many tokens of thinking; 0 for none"),
                    named("--thinking-display", VALUE, "HOW", "summarized or omitted"),
                    named("--betas", REPEATED, "NAMES", "beta headers, separated by commas"),
                    named(
                            "--task-budget",
                            VALUE,
                            "TOKENS",
                            "how many tokens the model is told that it has for the task"),
                    named(
                            "--json-schema",
                            VALUE,
                            "JSON",
                            "end with a value that fits this JSON schema, in structured_output"),
                    on("--disable-slash-commands", "take prompts that begin with / as they are"));
}
