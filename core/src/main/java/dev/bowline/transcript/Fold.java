package dev.bowline.transcript;

import dev.bowline.message.Role;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of the fold, from one [SessionState] to the next: the only place that knows what an
/// event means for the session.
final class Fold {
    final long number;
    Event.@Nullable Opened opened;
    String model = "";
    String mode = "";
    String directory = "";
    @Nullable String title;
    @Nullable String tag;
    Conversation conversation = Conversation.EMPTY;
    TurnState turn = TurnState.NONE;
    Totals totals = Totals.NONE;
    List<Event.Queued> queue = List.of();
    Event.@Nullable Replied lastReply;
    @Nullable Outcome lastOutcome;
    List<Event.PermissionAsked> asked = List.of();
    List<SessionState.Answered> answered = List.of();
    long contextTokens;
    List<Event.TaskEnded> untold = List.of();
    List<String> origins = List.of();

    /// Before the first entry.
    Fold() {
        number = 0;
    }

    Fold(SessionState from, long number) {
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
                Stream.concat(
                                asked.stream(),
                                answered.stream().map(SessionState.Answered::question))
                        .filter(one -> one.toolUseId().equals(e.toolUseId()))
                        .findFirst();
        settled(e.toolUseId());
        question.ifPresent(one ->
                answered =
                        Stream.concat(
                                        answered.stream(),
                                        Stream.of(new SessionState.Answered(one, e)))
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

    private List<Event.Queued> without(UUID promptId) {
        return queue.isEmpty()
                ? queue
                : queue.stream().filter(q -> !q.promptId().equals(promptId)).toList();
    }
}
