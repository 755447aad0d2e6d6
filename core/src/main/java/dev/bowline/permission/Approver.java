package dev.bowline.permission;

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

    /// Waits for the answer; an [Decision.Ask] counts as a refusal. Runs on the turn's thread, or
    /// on one of its own where hooks are asked at the same time; their answer interrupts it.
    ///
    /// @throws InterruptedException when the turn was interrupted meanwhile
    Decision ask(PermissionRequest request) throws InterruptedException;
}
