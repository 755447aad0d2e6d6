package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.memory.Tokens;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.model.ModelReply;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets the model summarise what was said, and records that the summary stands for it. Used by the
/// session's thread only.
final class Compactor {
    private static final String ASK =
            """
            Stop here and write a summary of this conversation from which the work can go on without it. \
            Answer in words only; no tool can be called now. Write down:
            1. everything the user asked for, with limits and corrections, in the user's own words;
            2. what was done, found out and decided, with exact names of files, functions, commands and values;
            3. what went wrong and how it was solved;
            4. what is still to do, what was being done just now, and the next step.
            Leave out what later work has made pointless.\
            """;
    private static final String INTRODUCTION =
            "This session goes on from an earlier part of the conversation, which is summarised here.\n\n";

    /// Setbacks in a row that are too many.
    private static final int TOO_MANY = 2;

    private final Setup setup;
    private final Transcript transcript;
    private final Recorder recorder;
    private final Requests requests;
    private final Hooks hooks;
    private final String sessionId;
    private int setbacks;
    private boolean compacted;

    Compactor(
            Setup setup,
            Transcript transcript,
            Recorder recorder,
            Requests requests,
            Hooks hooks,
            String sessionId) {
        this.hooks = hooks;
        this.sessionId = sessionId;
        this.setup = setup;
        this.transcript = transcript;
        this.recorder = recorder;
        this.requests = requests;
    }

    /// Summarises if the next call would come too close to the end of the context window; returns
    /// how long that took. A first failure is passed over.
    ///
    /// @throws BowlineException `compaction_failed` when it failed, or didn't help, twice in a row
    Duration beforeCall() throws InterruptedException {
        if (!due()) {
            setbacks = 0;
            compacted = false;
            return Duration.ZERO;
        }
        if (compacted) {
            setback(
                    "the conversation fills the context window again each time it was summarised; rewind, fork or begin a new session");
        }
        long to = before();
        if (nothingToSay(to)) {
            return Duration.ZERO;
        }
        if (blocked("auto", "").isPresent()) {
            return Duration.ZERO;
        }
        try {
            var done = run("auto", "", to);
            compacted = true;
            return done.took();
        } catch (BowlineException e) {
            compacted = false;
            setback(
                    "the conversation has reached the end of the context window and could not be summarised: "
                            + e.getMessage());
            return Duration.ZERO;
        }
    }

    private boolean due() {
        var state = transcript.state();
        return setup.compaction().on()
                && state.contextTokens() + Tokens.of(state.unanswered())
                        >= setup.compaction().threshold(state.model());
    }

    private void setback(String sentence) {
        if (++setbacks >= TOO_MANY) {
            setbacks = 0;
            compacted = false;
            throw new BowlineException(ErrorCode.COMPACTION_FAILED, sentence);
        }
    }

    /// The last entry that an automatic summary covers: prompts and notes that nobody has answered
    /// yet are shown as they are.
    private long before() {
        long to = transcript.state().number();
        for (var entry : transcript.after(0).reversed()) {
            switch (entry.event()) {
                case Event.Prompted e -> to = entry.number() - 1;
                case Event.Noted e -> to = entry.number() - 1;
                case Event.Replied e -> {
                    return to;
                }
                case Event.ToolFinished e -> {
                    return to;
                }
                case Event.Compacted e -> {
                    return to;
                }
                case Event.Rewound e -> {
                    return to;
                }
                case Event other -> {}
            }
        }
        return to;
    }

    private boolean nothingToSay(long to) {
        return transcript.state().messages(to).stream()
                .noneMatch(message -> message.role() == Role.ASSISTANT);
    }

    /// Summarises all that was said because somebody asks for it.
    ///
    /// @param focus what to pay attention to, or empty
    /// @throws BowlineException when a hook blocks it or the model gives no summary
    Event.Compacted manual(String focus) throws InterruptedException {
        var block = blocked("manual", focus);
        if (block.isPresent()) {
            throw new BowlineException(
                    ErrorCode.COMPACTION_FAILED,
                    "Compaction blocked by PreCompact hook: " + block.get());
        }
        return run("manual", focus, transcript.state().number());
    }

    /// Why hooks don't want it; empty if they don't mind.
    private Optional<String> blocked(String trigger, String focus) throws InterruptedException {
        if (hooks.none()) {
            return Optional.empty();
        }
        var said =
                hooks.run(
                        new HookEvent.PreCompact(
                                sessionId, trigger, focus.isBlank() ? null : focus));
        recorder.recordAll(said.events());
        var stop = said.outcome().stop();
        return said.refused() ? Optional.of(said.reason()) : Optional.ofNullable(stop);
    }

    private void tell(HookEvent event) throws InterruptedException {
        if (!hooks.none()) {
            var said = hooks.run(event);
            recorder.recordAll(said.events());
            recorder.note(said.outcome().context());
        }
    }

    /// Summarises all entries up to `to`.
    private Event.Compacted run(String trigger, String focus, long to) throws InterruptedException {
        recorder.show(new Update.Compacting(trigger, null));
        try {
            var done = summarised(trigger, focus, to);
            tell(new HookEvent.SessionStart(sessionId, "compact"));
            tell(new HookEvent.PostCompact(sessionId, trigger, done.summary()));
            return done;
        } catch (BowlineException e) {
            recorder.show(new Update.Compacting(trigger, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private Event.Compacted summarised(String trigger, String focus, long to)
            throws InterruptedException {
        var state = transcript.state();
        if (nothingToSay(to)) {
            throw new BowlineException(
                    ErrorCode.COMPACTION_FAILED, "there is nothing to summarise yet");
        }
        long pre =
                state.contextTokens() > 0
                        ? state.contextTokens()
                        : requests.prefixTokens() + tokens(state.messages(to));
        long began = setup.time().nanos();
        var messages = asking(setup.context().select(state.messages(to)), focus);
        var reply = setup.model().reply(requests.words(state.model(), messages), event -> {});
        var took = Duration.ofNanos(setup.time().nanos() - began);
        var spent = spent(reply);
        var text = ContentBlock.text(reply.content());
        if (text.isBlank()) {
            recorder.record(spent);
            throw new BowlineException(
                    ErrorCode.COMPACTION_FAILED, "the model gave no summary; try again");
        }
        var summary = INTRODUCTION + text.strip();
        var done =
                new Event.Compacted(
                        summary,
                        trigger,
                        to,
                        pre,
                        requests.prefixTokens() + Tokens.of(summary),
                        took);
        recorder.record(spent, done);
        return done;
    }

    private static long tokens(List<Message> messages) {
        return messages.stream().mapToLong(message -> Tokens.of(message.content())).sum();
    }

    private Event.Spent spent(ModelReply reply) {
        return new Event.Spent(
                reply.model(),
                reply.usage(),
                setup.prices().applyAsLong(reply.model(), reply.usage()),
                "compaction");
    }

    /// The conversation with the request for a summary at its end; the user's side speaks last.
    private static List<Message> asking(List<Message> conversation, String focus) {
        var ask =
                new ContentBlock.Text(
                        focus.isBlank()
                                ? ASK
                                : ASK + "\n\nPay particular attention to: " + focus.strip());
        var messages = new ArrayList<>(conversation);
        var content = new ArrayList<ContentBlock>();
        if (!messages.isEmpty() && messages.getLast().role() == Role.USER) {
            content.addAll(messages.removeLast().content());
        }
        content.add(ask);
        messages.add(new Message(Role.USER, content));
        return messages;
    }
}
