package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.transcript.Answers;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.LeftAnswer;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.Transcript;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The questions of one session. The transcript decides which answer was first: whoever gets a
/// [Event.PermissionDecided] recorded while the question is open. Safe for any thread.
final class Approvals {
    private final SessionId id;
    private final Transcript transcript;
    private final Map<String, Runnable> waiting = new ConcurrentHashMap<>();

    Approvals(String id, Transcript transcript) {
        this.id = new SessionId(id);
        this.transcript = transcript;
    }

    List<Approval> all() {
        return Approval.of(id, transcript.after(0));
    }

    /// Whether this very question is open already: asked before a crash, or put off.
    boolean isOpen(PermissionRequest request) {
        return transcript.state().asked().stream()
                .anyMatch(open ->
                        open.toolUseId().equals(request.toolUseId())
                                && open.tool().equals(request.tool())
                                && open.input().equals(request.input())
                                && open.reason().equals(request.reason()));
    }

    /// The newest entry that asks about a call, or that decides it.
    Entry newest(String toolUseId, boolean decided) {
        return transcript.after(0).reversed().stream()
                .filter(entry ->
                        decided
                                ? entry.event() instanceof Event.PermissionDecided answer
                                        && answer.toolUseId().equals(toolUseId)
                                : entry.event() instanceof Event.PermissionAsked question
                                        && question.toolUseId().equals(toolUseId))
                .findFirst()
                .orElseThrow();
    }

    /// Answers a question that is open.
    ///
    /// @throws BowlineException `approval_unknown`, `approval_closed`
    Approval give(String toolUseId, Decision decision, String by) {
        LeftAnswer.checkName(by);
        if (decision instanceof Decision.Ask) {
            throw new IllegalArgumentException("an answer allows or denies");
        }
        var recorded =
                transcript.appendIf(
                        now -> now.asks(toolUseId),
                        new Event.PermissionDecided(toolUseId, decision, by));
        if (recorded.isEmpty()) {
            throw new IllegalStateException(String.valueOf(Answers.open(all(), toolUseId)));
        }
        var wake = waiting.get(toolUseId);
        if (wake != null) {
            wake.run();
        }
        return question(toolUseId);
    }

    /// Has `wake` run once the question about a call is answered by others; at once if it is.
    void await(String toolUseId, Runnable wake) {
        waiting.put(toolUseId, wake);
        if (!transcript.state().asks(toolUseId)) {
            wake.run();
        }
    }

    void forget(String toolUseId) {
        waiting.remove(toolUseId);
    }

    /// The newest question about a call.
    Approval question(String toolUseId) {
        return all().reversed().stream()
                .filter(one -> one.toolUseId().equals(toolUseId))
                .findFirst()
                .orElseThrow();
    }

    /// Whether other processes can leave answers.
    boolean hasBox() {
        return transcript.answers().isPresent();
    }

    /// Takes what other processes have left.
    void collect() {
        if (hasBox() && !transcript.state().asked().isEmpty()) {
            all().stream().filter(Approval::isOpen).forEach(this::take);
        }
    }

    /// Takes the answer that another process has left for a question; whether there was one. It is
    /// removed only once it is on record.
    boolean take(Approval question) {
        var left =
                transcript
                        .answers()
                        .flatMap(box -> box.look(question.question()))
                        .filter(one -> one.toolUseId().equals(question.toolUseId()));
        if (left.isEmpty()) {
            return false;
        }
        try {
            give(question.toolUseId(), left.get().decision(question), left.get().by());
        } catch (BowlineException late) {
            if (transcript.state().asks(question.toolUseId())) {
                throw late;
            }
        }
        forgetLeft(question);
        return true;
    }

    /// What was left for a question is of no use any more.
    void forgetLeft(Approval question) {
        transcript.answers().ifPresent(box -> box.forget(question.question()));
    }
}
