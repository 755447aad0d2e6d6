package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import java.util.List;
import java.util.UUID;

/// Answers questions of sessions that are not open here: in the transcript where nobody holds the
/// session, else in the [AnswerBox] of whoever does.
public final class Answers {
    private final JsonlStore store;
    private final TimeSource time;

    /// What became of an answer: on record, or left for the process that holds the session.
    public enum Given {
        RECORDED,
        LEFT
    }

    public Answers(JsonlStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /// The open questions of a session, oldest first.
    public List<Approval> open(SessionId id) {
        return Approval.of(id, store.read(id)).stream().filter(Approval::isOpen).toList();
    }

    /// Answers the open question about a call.
    ///
    /// @throws BowlineException `approval_unknown` when nobody was asked about the call,
    ///   `approval_closed` when that is over; the message says who answered and when
    public Given give(
            SessionId id,
            String toolUseId,
            boolean allow,
            boolean always,
            String message,
            String by) {
        var question = open(Approval.of(id, store.read(id)), toolUseId);
        var answer =
                new LeftAnswer(
                        question.question(), toolUseId, allow, always, message, by, time.now());
        SessionStore.Log log;
        try {
            log = store.open(id);
        } catch (BowlineException e) {
            if (e.code() != ErrorCode.STORE_IN_USE) {
                throw e;
            }
            leave(id, answer);
            return Given.LEFT;
        }
        try (log) {
            record(id, log, answer);
        }
        return Given.RECORDED;
    }

    private void record(SessionId id, SessionStore.Log log, LeftAnswer answer) {
        var question = open(Approval.of(id, log.entries()), answer.toolUseId());
        var before = log.answers().flatMap(box -> box.look(question.question()));
        if (before.isPresent()) {
            throw closed(answer.toolUseId(), before.get());
        }
        log.append(
                List.of(
                        new Entry(
                                log.entries().size() + 1L,
                                UUID.randomUUID(),
                                time.now(),
                                new Event.PermissionDecided(
                                        answer.toolUseId(),
                                        answer.decision(question),
                                        answer.by()))));
    }

    private void leave(SessionId id, LeftAnswer answer) {
        AnswerBox.beside(store.file(id), id)
                .leave(answer)
                .ifPresent(before -> {
                    throw closed(answer.toolUseId(), before);
                });
    }

    private static BowlineException closed(String toolUseId, LeftAnswer before) {
        return new BowlineException(
                ErrorCode.APPROVAL_CLOSED,
                "the question about call "
                        + toolUseId
                        + " was already answered by "
                        + before.by()
                        + " at "
                        + before.at()
                        + "; it counts once the session goes on");
    }

    /// The open question about a call.
    ///
    /// @throws BowlineException when there is none, saying why
    public static Approval open(List<Approval> all, String toolUseId) {
        var last =
                all.reversed().stream()
                        .filter(one -> one.toolUseId().equals(toolUseId))
                        .findFirst()
                        .orElseThrow(() ->
                                new BowlineException(
                                        ErrorCode.APPROVAL_UNKNOWN,
                                        "nobody was asked about a call " + toolUseId));
        return switch (last.state()) {
            case OPEN -> last;
            case ANSWERED ->
                    throw new BowlineException(
                            ErrorCode.APPROVAL_CLOSED,
                            "the question about call "
                                    + toolUseId
                                    + " was already answered by "
                                    + last.by()
                                    + " at "
                                    + last.at());
            case EXPIRED ->
                    throw new BowlineException(
                            ErrorCode.APPROVAL_CLOSED,
                            "the question about call "
                                    + toolUseId
                                    + " is no longer open: the call has ended without an answer");
        };
    }
}
