package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the entries of a session come to. Immutable; [#plus] is the fold, and the only place that
/// knows what an event means.
public final class SessionState {
    /// Before the first entry.
    public static final SessionState EMPTY =
            new SessionState(
                    0,
                    null,
                    "",
                    "",
                    "",
                    null,
                    null,
                    Conversation.EMPTY,
                    TurnState.NONE,
                    Totals.NONE,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    List.of());

    private final long number;
    private final Event.@Nullable Opened opened;
    private final String model;
    private final String mode;
    private final String directory;
    private final @Nullable String title;
    private final @Nullable String tag;
    private final Conversation conversation;
    private final TurnState turn;
    private final Totals totals;
    private final List<Event.Queued> queue;
    private final Event.@Nullable Replied lastReply;
    private final @Nullable Outcome lastOutcome;
    private final List<Event.PermissionAsked> asked;
    private final List<Answered> answered;
    private final long contextTokens;
    private final List<Event.TaskEnded> untold;
    private final List<String> origins;

    private SessionState(
            long number,
            Event.@Nullable Opened opened,
            String model,
            String mode,
            String directory,
            @Nullable String title,
            @Nullable String tag,
            Conversation conversation,
            TurnState turn,
            Totals totals,
            List<Event.Queued> queue,
            Event.@Nullable Replied lastReply,
            @Nullable Outcome lastOutcome,
            List<Event.PermissionAsked> asked,
            List<Answered> answered,
            long contextTokens,
            List<Event.TaskEnded> untold,
            List<String> origins) {
        this.number = number;
        this.opened = opened;
        this.model = model;
        this.mode = mode;
        this.directory = directory;
        this.title = title;
        this.tag = tag;
        this.conversation = conversation;
        this.turn = turn;
        this.totals = totals;
        this.queue = queue;
        this.lastReply = lastReply;
        this.lastOutcome = lastOutcome;
        this.asked = asked;
        this.answered = answered;
        this.contextTokens = contextTokens;
        this.untold = untold;
        this.origins = origins;
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
        var next = new Next(this, entry.number());
        next.apply(entry);
        return next.state();
    }

    /// One step of the fold: the parts that change.
    private static final class Next {
        private final long number;
        private Event.@Nullable Opened opened;
        private String model;
        private String mode;
        private String directory;
        private @Nullable String title;
        private @Nullable String tag;
        private Conversation conversation;
        private TurnState turn;
        private Totals totals;
        private List<Event.Queued> queue;
        private Event.@Nullable Replied lastReply;
        private @Nullable Outcome lastOutcome;
        private List<Event.PermissionAsked> asked;
        private List<Answered> answered;
        private long contextTokens;
        private List<Event.TaskEnded> untold;
        private List<String> origins;

        Next(SessionState from, long number) {
            this.number = number;
            opened = from.opened;
            model = from.model;
            mode = from.mode;
            directory = from.directory;
            title = from.title;
            tag = from.tag;
            // each session grows a list of its own
            conversation = from.number == 0 ? Conversation.empty() : from.conversation;
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

        void apply(Entry entry) {
            take(entry);
            var from = opened == null ? null : opened.origin();
            if (from != null && from.number() == entry.number()) {
                queue = List.of(); // what waits in the parent is the parent's to answer
                asked = List.of();
                answered = List.of();
            }
        }

        private void take(Entry entry) {
            switch (entry.event()) {
                case Event.Opened e -> {
                    opened = e;
                    model = e.model();
                    mode = e.mode();
                    directory = e.directory();
                }
                case Event.Queued e -> queue = Stream.concat(queue.stream(), Stream.of(e)).toList();
                case Event.Unqueued e -> queue = without(e.promptId());
                case Event.Prompted e -> prompted(e, entry);
                case Event.Noted e -> {
                    conversation = conversation.said(number, Role.USER, e.content());
                    turn = turn.noted(e.kind());
                    told(e.kind() == Event.NoteKind.TASK);
                }
                case Event.Replied e -> replied(e);
                case Event.Spent e -> {
                    turn = turn.spent(e.usage(), e.cost());
                    totals = totals.plus(e.model(), e.usage(), e.cost());
                }
                case Event.PermissionAsked e -> {
                    settled(e.toolUseId());
                    asked = Stream.concat(asked.stream(), Stream.of(e)).toList();
                }
                case Event.PermissionDecided e -> decided(e);
                case Event.ToolStarted e -> conversation = conversation.started(e);
                case Event.ToolFinished e -> {
                    conversation = conversation.answered(number, e);
                    turn = turn.asked();
                    if (e.tool().equals(TurnState.OUTPUT_TOOL)) {
                        turn = turn.output(e);
                    }
                    settled(e.toolUseId());
                }
                case Event.ModelChanged e -> model = e.model();
                case Event.ModeChanged e -> mode = e.mode();
                case Event.Renamed e -> title = e.title();
                case Event.Tagged e -> tag = e.tag().isEmpty() ? null : e.tag();
                case Event.Rewound e -> rewound(e);
                case Event.TurnEnded e -> {
                    turn = turn.end();
                    lastOutcome = e.outcome();
                    if (!(e.outcome() instanceof Outcome.Deferred)) {
                        asked = List.of();
                        answered = List.of();
                    }
                }
                case Event.Compacted e -> {
                    conversation = conversation.summarised(number, e.summary(), e.to());
                    contextTokens = e.postTokens();
                }
                case Event.DirectoryChanged e -> directory = e.directory();
                case Event.TaskEnded e ->
                        untold = Stream.concat(untold.stream(), Stream.of(e)).toList();
                case Event.HookRan e -> {}
                case Event.FilesTracked e -> {}
                case Event.Exposed e ->
                        origins =
                                Stream.concat(origins.stream(), Stream.of(e.origin()))
                                        .distinct()
                                        .toList();
                case Event.FileSaved e -> {}
                case Event.PermissionsChanged e -> {}
                case Event.Unknown e -> {}
            }
        }

        private void prompted(Event.Prompted e, Entry entry) {
            queue = without(e.promptId());
            told(e.source().equals(Event.TASK_SOURCE));
            if (!turn.open()) {
                turn = TurnState.begin(e.turn(), entry.at());
                lastReply = null;
            }
            turn = turn.asked();
            boolean deferred = lastOutcome instanceof Outcome.Deferred;
            conversation =
                    deferred
                            ? conversation.said(number, Role.USER, e.content())
                            : conversation.asked(number, e.content());
        }

        private void replied(Event.Replied e) {
            conversation = conversation.said(number, Role.ASSISTANT, e.content());
            turn = turn.replied(e.usage(), e.cost());
            totals = totals.plus(e.model(), e.usage(), e.cost());
            lastReply = e;
            contextTokens = e.usage().total();
        }

        private void rewound(Event.Rewound e) {
            conversation = conversation.upTo(e.to(), e.blocks());
            contextTokens = 0;
            turn = turn.end();
            asked = List.of();
            answered = List.of();
            lastReply = null;
            lastOutcome = null;
        }

        /// Each word to the model tells of the oldest ending.
        private void told(boolean ofTask) {
            if (ofTask && !untold.isEmpty()) {
                untold = untold.subList(1, untold.size());
            }
        }

        /// The newest decision counts: a rule may deny what a person allowed.
        private void decided(Event.PermissionDecided e) {
            var question =
                    Stream.concat(asked.stream(), answered.stream().map(Answered::question))
                            .filter(one -> one.toolUseId().equals(e.toolUseId()))
                            .findFirst();
            settled(e.toolUseId());
            question.ifPresent(one ->
                    answered =
                            Stream.concat(answered.stream(), Stream.of(new Answered(one, e)))
                                    .toList());
        }

        private void settled(String toolUseId) {
            if (!asked.isEmpty()) {
                asked = asked.stream().filter(a -> !a.toolUseId().equals(toolUseId)).toList();
            }
            if (!answered.isEmpty()) {
                answered =
                        answered.stream()
                                .filter(a -> !a.question().toolUseId().equals(toolUseId))
                                .toList();
            }
        }

        private List<Event.Queued> without(java.util.UUID promptId) {
            return queue.isEmpty()
                    ? queue
                    : queue.stream().filter(q -> !q.promptId().equals(promptId)).toList();
        }

        SessionState state() {
            return new SessionState(
                    number,
                    opened,
                    model,
                    mode,
                    directory,
                    title,
                    tag,
                    conversation,
                    turn,
                    totals,
                    queue,
                    lastReply,
                    lastOutcome,
                    asked,
                    answered,
                    contextTokens,
                    untold,
                    origins);
        }
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
