package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.message.ContentBlock;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What hooks say about prompts, asked when a prompt is about to be used.
final class PromptHooks {
    private final Hooks hooks;
    private final String sessionId;

    PromptHooks(Hooks hooks, String sessionId) {
        this.hooks = hooks;
        this.sessionId = sessionId;
    }

    /// Whether a prompt has to wait for hooks.
    boolean wanted(List<ContentBlock> prompt) {
        return hooks.wanted(event(prompt));
    }

    Hooks.Said ask(List<ContentBlock> prompt) throws InterruptedException {
        return hooks.run(event(prompt));
    }

    private HookEvent event(List<ContentBlock> prompt) {
        return new HookEvent.UserPromptSubmit(sessionId, ContentBlock.text(prompt));
    }

    /// The prompt and what hooks said about it.
    static List<Event> accepted(Event.Prompted prompt, Hooks.Said said) {
        var events = new ArrayList<Event>();
        events.add(prompt);
        events.addAll(said.events());
        if (said.outcome().title() != null) {
            events.add(new Event.Renamed(said.outcome().title()));
        }
        var note = said.outcome().context();
        if (note != null && !note.isBlank()) {
            events.add(new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text(note))));
        }
        return events;
    }

    /// The end of a prompt that waited and was refused.
    static List<Event> refused(UUID promptId, Hooks.Said said) {
        var events = new ArrayList<Event>(said.events());
        events.add(new Event.Unqueued(promptId));
        return events;
    }

    static BowlineException refusal(Hooks.Said said) {
        return new BowlineException(
                ErrorCode.PROMPT_BLOCKED_BY_HOOK,
                "the prompt was blocked by a hook: " + said.reason());
    }

    /// How it ends for whoever waits for a refused prompt.
    static Outcome.Failed failed(BowlineException why) {
        return new Outcome.Failed(why.code().wire(), String.valueOf(why.getMessage()), 0);
    }

    static Outcome.Stopped stopped(String reason) {
        return new Outcome.Stopped("UserPromptSubmit", reason, "");
    }
}
