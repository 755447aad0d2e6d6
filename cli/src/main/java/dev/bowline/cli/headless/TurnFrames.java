package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.frame.UserFrames;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// The frames of one prompt's turn, from `init` to `result`. Listens on the turn's thread. A prompt
/// that joins another turn has none of its own.
final class TurnFrames implements Consumer<Update> {
    private final Results results;
    private final Chat.Open chat;
    private final TurnRecord record;
    private final UUID prompt;
    private final String said;
    private final List<UUID> prompts = new ArrayList<>();
    private boolean begun;
    private boolean byTask;
    private boolean ended;

    /// @param said the prompt's text
    TurnFrames(Results results, Chat.Open chat, TurnRecord record, UUID prompt, String said) {
        this.prompt = prompt;
        this.said = said;
        this.results = results;
        this.chat = chat;
        this.record = record;
    }

    @Override
    public void accept(Update update) {
        results.trace(update);
        record.update(update);
        if (update instanceof Entry entry) {
            entry(entry);
        } else {
            chat.frames().update(update, record);
        }
    }

    private void entry(Entry entry) {
        switch (entry.event()) {
            case Event.ToolFinished done -> {
                if (results.withdrawn(done.toolUseId())) {
                    record.withdrawn(done.toolUseId());
                }
                chat.frames().update(entry, record);
            }
            case Event.Prompted prompted -> {
                boolean first = !begun;
                begun = true;
                byTask |= first && prompted.source().equals(Event.TASK_SOURCE);
                if (!byTask || !first) {
                    prompts.add(prompted.promptId());
                }
                results.lifecycle(chat, prompted.promptId(), "started");
                if (first) {
                    results.begin(chat, prompts);
                    chat.frames().requesting();
                } else {
                    results.joined(prompted.promptId());
                    results.answering(chat, prompts);
                }
                if (chat.replays()) {
                    UserFrames.replay(chat.frames(), prompted, entry.at());
                }
            }
            case Event.TurnEnded done -> {
                chat.frames().update(entry, record);
                end(done.outcome());
            }
            case Event other -> chat.frames().update(entry, record);
        }
    }

    private void end(Outcome outcome) {
        ended = true;
        if (outcome instanceof Outcome.Stopped(String event, String reason, String text)
                && event.equals("UserPromptSubmit")) {
            results.hooked(chat, "stopped_by_hook", reason, Ending.of(outcome, record).text());
        }
        Frames frames = chat.frames();
        results.end(chat, Ending.of(outcome, record), record, prompts, byTask);
        results.afterTurn(frames, chat.session().state());
    }

    /// The turn is over, whether it was heard of or not: a turn that could not be recorded to its
    /// end still has a result.
    void settle(Outcome outcome) {
        if (!ended && begun) {
            end(outcome);
        } else if (!ended && outcome instanceof Outcome.Failed failed) {
            results.begin(chat, List.of(prompt));
            if (failed.code().equals(ErrorCode.PROMPT_BLOCKED_BY_HOOK.wire())) {
                ended = true;
                results.blocked(chat, failed.message(), said, record, List.of(prompt));
            } else {
                end(outcome);
            }
        }
    }
}
