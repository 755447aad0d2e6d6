package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the entries of a session come to. Immutable; [#plus] is the fold.
public final class SessionState {
    /// Before the first entry.
    public static final SessionState EMPTY = new SessionState(new Fold());

    final long number;
    final Event.@Nullable Opened opened;
    final String model;
    final String mode;
    final String directory;
    final @Nullable String title;
    final @Nullable String tag;
    final Conversation conversation;
    final TurnState turn;
    final Totals totals;
    final List<Event.Queued> queue;
    final Event.@Nullable Replied lastReply;
    final @Nullable Outcome lastOutcome;
    final List<Event.PermissionAsked> asked;
    final List<Answered> answered;
    final long contextTokens;
    final List<Event.TaskEnded> untold;
    final List<String> origins;

    SessionState(Fold from) {
        number = from.number;
        opened = from.opened;
        model = from.model;
        mode = from.mode;
        directory = from.directory;
        title = from.title;
        tag = from.tag;
        conversation = from.conversation;
        turn = from.turn;
        totals = from.totals;
        queue = from.queue;
        lastReply = from.lastReply;
        lastOutcome = from.lastOutcome;
        asked = from.asked;
        answered = from.answered;
        contextTokens = from.contextTokens;
        untold = from.untold;
        origins = from.origins;
    }

    /// A question about a call that has no result yet, and its answer.
    public record Answered(Event.PermissionAsked question, Event.PermissionDecided answer) {}

    /// The state after all of `entries`.
    public static SessionState of(List<Entry> entries) {
        var state = EMPTY;
        for (var entry : entries) {
            state = state.plus(entry);
        }
        return state;
    }

    /// The state after one more entry.
    public SessionState plus(Entry entry) {
        var next = new Fold(this, entry.number());
        next.apply(entry);
        return new SessionState(next);
    }

    /// The number of the last entry; 0 before the first.
    public long number() {
        return number;
    }

    public Optional<Event.Opened> opened() {
        return Optional.ofNullable(opened);
    }

    /// The model to ask next.
    public String model() {
        return model;
    }

    /// The permission mode, as on the wire.
    public String mode() {
        return mode;
    }

    /// Where the session works now; absolute, "" before it was opened.
    public String directory() {
        return directory;
    }

    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /// The conversation as the Messages API wants it: roles alternate, results come first, nothing
    /// is blank.
    public List<Message> messages() {
        return conversation.messages();
    }

    /// The same, of what was said up to and including entry `to`.
    public List<Message> messages(long to) {
        return conversation.upTo(to, 0).messages();
    }

    /// What was said since the model's last answer.
    public List<ContentBlock> unanswered() {
        return conversation.unanswered();
    }

    /// Whether the last thing said was said by `role`.
    public boolean endsWith(Role role) {
        return conversation.endsWith(role);
    }

    /// Calls of the last reply that have no result yet, in the order of the reply.
    public List<PendingCall> pending() {
        return conversation.pending();
    }

    public TurnState turn() {
        return turn;
    }

    public Totals totals() {
        return totals;
    }

    /// Prompts that wait, oldest first.
    public List<Event.Queued> queue() {
        return queue;
    }

    /// Whether this prompt still waits.
    public boolean waits(java.util.UUID promptId) {
        return queue.stream().anyMatch(queued -> queued.promptId().equals(promptId));
    }

    /// The model's last answer in this turn.
    public Optional<Event.Replied> lastReply() {
        return Optional.ofNullable(lastReply);
    }

    /// Tokens that the conversation took when the model was asked last, with its answer; after a
    /// compaction what it takes now. 0 when that is not known.
    public long contextTokens() {
        return contextTokens;
    }

    /// How the last finished turn ended.
    public Optional<Outcome> lastOutcome() {
        return Optional.ofNullable(lastOutcome);
    }

    /// Questions that nobody has answered yet.
    public List<Event.PermissionAsked> asked() {
        return asked;
    }

    /// Whether there is an open question about a call.
    public boolean asks(String toolUseId) {
        return asked.stream().anyMatch(one -> one.toolUseId().equals(toolUseId));
    }

    /// The answer to the question about a call, as long as the call has no result.
    public Optional<Answered> answered(String toolUseId) {
        return answered.stream()
                .filter(one -> one.question().toolUseId().equals(toolUseId))
                .findFirst();
    }

    /// Whether the last turn ended with calls that the next one begins with.
    public boolean putOff() {
        return !turn.open() && lastOutcome instanceof Outcome.Deferred && !pending().isEmpty();
    }

    /// Where the session has read content from that nobody answers for, oldest first.
    public List<String> origins() {
        return origins;
    }

    /// Tasks that ended and that the model has not been told of, oldest first.
    public List<Event.TaskEnded> untold() {
        return untold;
    }

    /// Where the session stands, as far as the transcript tells.
    public Phase phase() {
        if (opened == null) {
            return Phase.CREATED;
        }
        if (!turn.open()) {
            if (queue.isEmpty() && putOff() && !asked.isEmpty()) {
                return Phase.WAITING_FOR_APPROVAL;
            }
            return turn.number() == 0 && queue.isEmpty()
                    ? Phase.CONFIGURED
                    : !queue.isEmpty()
                            ? Phase.READY
                            : lastOutcome instanceof Outcome.Failed ? Phase.ERROR : Phase.IDLE;
        }
        if (!asked.isEmpty()) {
            return Phase.WAITING_FOR_APPROVAL;
        }
        if (!pending().isEmpty()) {
            return Phase.EXECUTING_TOOL;
        }
        return endsWith(Role.ASSISTANT) ? Phase.RESPONDING : Phase.PROCESSING;
    }
}
