package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.hook.HookOutput;
import dev.bowline.json.Json;
import org.jspecify.annotations.Nullable;

/// What a handler said, made sense of. Pure.
///
/// Exit code 0: JSON is read, other text is context for UserPromptSubmit, UserPromptExpansion and
/// SessionStart. Exit code 2: refuses where something can be refused. Any other: JSON decides,
/// otherwise the handler has failed, which changes nothing.
final class Answer {
    private final HookOutput output;
    private final HookEvent event;
    private final String label;

    Answer(HookOutput output, HookEvent event, String label) {
        this.output = output;
        this.event = event;
        this.label = label;
    }

    /// What is said, and why it is no answer, or null.
    record Meaning(HookOutcome outcome, @Nullable String failure) {
        static Meaning of(HookOutcome outcome) {
            return new Meaning(outcome, null);
        }
    }

    Meaning program(int exitCode, String stdout, String stderr) {
        var json = json(stdout);
        var fault = json == null ? null : HookOutput.fault(event, json).orElse(null);
        var said = json == null || fault != null ? null : output.read(event, json);
        if (exitCode == 2) {
            return Meaning.of(blocked(said, stderr.strip()));
        }
        if (said != null) {
            return Meaning.of(said);
        }
        if (fault != null) {
            return failed("gave no usable answer (" + fault + ")");
        }
        if (exitCode == 0 && json == null && begins(stdout) && !takesText()) {
            return failed("gave no usable answer (it begins with { and is not JSON)");
        }
        return exitCode == 0
                ? Meaning.of(plain(stdout.strip()))
                : failed("failed with exit code " + exitCode + firstLine(stderr));
    }

    /// The body of an answer over HTTP, or the text of a tool. Only JSON says anything.
    Meaning text(String body, boolean mayBePlain) {
        if (body.isBlank()) {
            return Meaning.of(HookOutcome.none());
        }
        var json = json(body);
        if (json == null) {
            return mayBePlain
                    ? Meaning.of(HookOutcome.none())
                    : failed("answered with no JSON object");
        }
        return HookOutput.fault(event, json)
                .map(fault -> failed("gave no usable answer (" + fault + ")"))
                .orElseGet(() -> Meaning.of(output.read(event, json)));
    }

    Meaning failed(String what) {
        var words = event.name() + " hook [" + label + "] " + what;
        return new Meaning(
                HookOutcome.silent(words).withMessage(words + "; it has no say in this."), words);
    }

    private static String firstLine(String stderr) {
        return stderr.isBlank() ? "" : ": " + stderr.strip().lines().findFirst().orElse("");
    }

    static @Nullable Json json(String text) {
        try {
            return begins(text) ? Json.parse(bare(text)) : null;
        } catch (IllegalArgumentException plainText) {
            return null;
        }
    }

    private static boolean begins(String text) {
        return bare(text).startsWith("{");
    }

    /// Without blanks around it, and without the mark that some shells begin texts with.
    private static String bare(String text) {
        var stripped = text.strip();
        return stripped.startsWith("\uFEFF") ? stripped.substring(1).strip() : stripped;
    }

    private HookOutcome plain(String text) {
        return takesText() && !text.isEmpty() ? HookOutcome.context(text) : HookOutcome.none();
    }

    /// Whether words are a note for the model.
    private boolean takesText() {
        return event instanceof HookEvent.UserPromptSubmit
                || event instanceof HookEvent.UserPromptExpansion
                || event instanceof HookEvent.SessionStart;
    }

    /// What exit code 2 does, event by event.
    private HookOutcome blocked(@Nullable HookOutcome said, String stderr) {
        var base = said == null ? HookOutcome.none() : said;
        boolean refuses = base.ruling() == Ruling.REFUSE;
        var reason = refuses ? base.reason() : "[" + label + "]: " + stderr;
        return switch (effect(event)) {
            case REFUSES ->
                    HookOutcome.refuse(String.valueOf(reason))
                            .withStop(base.stop())
                            .withMessage(base.message());
            case OWN_REFUSAL -> refuses ? base : HookOutcome.none();
            case TELLS_USER -> stderr.isEmpty() ? HookOutcome.none() : HookOutcome.message(stderr);
            case NOTHING -> HookOutcome.none();
        };
    }

    private enum Effect {
        REFUSES,
        /// Only what the JSON refuses counts.
        OWN_REFUSAL,
        TELLS_USER,
        NOTHING
    }

    private static Effect effect(HookEvent event) {
        return switch (event) {
            case HookEvent.PreToolUse e -> Effect.REFUSES;
            case HookEvent.PostToolUse e -> Effect.REFUSES;
            case HookEvent.PostToolUseFailure e -> Effect.REFUSES;
            case HookEvent.PostToolBatch e -> Effect.REFUSES;
            case HookEvent.UserPromptSubmit e -> Effect.REFUSES;
            case HookEvent.UserPromptExpansion e -> Effect.REFUSES;
            case HookEvent.Stop e -> Effect.REFUSES;
            case HookEvent.SubagentStop e -> Effect.REFUSES;
            case HookEvent.PreCompact e -> Effect.REFUSES;
            case HookEvent.PreModelSwitch e -> Effect.REFUSES;
            case HookEvent.ConfigChange e -> Effect.REFUSES;
            case HookEvent.TeammateIdle e -> Effect.REFUSES;
            case HookEvent.TaskCreated e -> Effect.REFUSES;
            case HookEvent.TaskCompleted e -> Effect.REFUSES;
            case HookEvent.Elicitation e -> Effect.REFUSES;
            case HookEvent.ElicitationResult e -> Effect.REFUSES;
            case HookEvent.WorktreeCreate e -> Effect.REFUSES;
            case HookEvent.PermissionRequested e -> Effect.OWN_REFUSAL;
            case HookEvent.SessionStart e -> Effect.TELLS_USER;
            case HookEvent.SessionEnd e -> Effect.TELLS_USER;
            case HookEvent.Setup e -> Effect.TELLS_USER;
            case HookEvent.SubagentStart e -> Effect.TELLS_USER;
            case HookEvent.CwdChanged e -> Effect.TELLS_USER;
            case HookEvent.FileChanged e -> Effect.TELLS_USER;
            case HookEvent.PostCompact e -> Effect.TELLS_USER;
            case HookEvent.PermissionDenied e -> Effect.NOTHING;
            case HookEvent.Notification e -> Effect.NOTHING;
            case HookEvent.StopFailure e -> Effect.NOTHING;
            case HookEvent.PostModelSwitch e -> Effect.NOTHING;
            case HookEvent.InstructionsLoaded e -> Effect.NOTHING;
            case HookEvent.MessageDisplay e -> Effect.NOTHING;
            case HookEvent.WorktreeRemove e -> Effect.NOTHING;
            case HookEvent.DirectoryAdded e -> Effect.NOTHING;
        };
    }
}
