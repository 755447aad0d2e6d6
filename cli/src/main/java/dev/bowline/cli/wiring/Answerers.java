package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.error.ErrorCode;
import dev.bowline.model.Model;
import dev.bowline.model.ModelException;

/// Chooses who answers, from the environment and the flags.
public final class Answerers {
    /// Asked when neither a flag nor the environment names a model.
    public static final String DEFAULT_MODEL = "claude-sonnet-5";

    private Answerers() {}

    public static Answerer of(Arguments args, Console console) {
        var name = args.value("--model", console.variable("ANTHROPIC_MODEL", DEFAULT_MODEL));
        Model none =
                (request, events) -> {
                    throw new ModelException(
                            ErrorCode.API_UNREACHABLE, "this build has no model; merge one", false);
                };
        return new Answerer(none, name, "none", (model, usage) -> -1, () -> {});
    }
}
