package dev.bowline.permission;

import java.util.concurrent.CountDownLatch;

/// Who is asked when the policy says [Decision.Ask]: a person, a host program, a policy of its own.
@FunctionalInterface
public interface Approver {
    /// Nobody can be asked: every question is a refusal that says so.
    Approver NOBODY =
            request ->
                    new Decision.Deny(
                            "nobody can be asked",
                            request.reasonType() == ReasonType.MODE
                                    ? "The session is planning: "
                                            + request.tool()
                                            + " would change something. Finish the plan first; it runs once the plan is approved."
                                    : "This call of "
                                            + request.tool()
                                            + " needs permission ("
                                            + request.reason()
                                            + ") and nobody can be asked here. Do without it, or have it allowed by a rule such as --allowedTools \""
                                            + request.tool()
                                            + "\".");

    /// Nobody is asked now: the question is on record and the turn ends with
    /// [dev.bowline.transcript.Outcome.Deferred]. It is answered with [dev.bowline.Session#answer]
    /// or `bowline sessions answer`, today or next week; [dev.bowline.Session#proceed] then goes on
    /// with the call. Hooks are heard first.
    static Approver later() {
        return Later.LATER;
    }

    /// Waits for an answer from elsewhere: [dev.bowline.Session#answer], or another process with
    /// `bowline sessions answer`. Best together with a time-out.
    static Approver elsewhere() {
        return request -> {
            new CountDownLatch(1).await();
            throw new IllegalStateException("nobody opens this");
        };
    }

    /// Waits for the answer; an [Decision.Ask] counts as a refusal. Runs on a thread of its own: an
    /// answer from elsewhere, or of a hook, interrupts it.
    ///
    /// @throws InterruptedException when the turn was interrupted meanwhile, or others answered
    Decision ask(PermissionRequest request) throws InterruptedException;
}
