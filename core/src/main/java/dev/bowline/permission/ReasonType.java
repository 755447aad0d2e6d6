package dev.bowline.permission;

/// Why somebody is asked, as one word for programs.
public enum ReasonType {
    /// Nothing but that no rule allows it; no word on the wire.
    NONE(""),
    /// An ask rule covers the call.
    RULE("rule"),
    /// The permission mode wants it, for example while planning.
    MODE("mode"),
    /// A command made of several, of which at least one needs permission.
    SUBCOMMAND_RESULTS("subcommandResults"),
    /// A hook wants it.
    HOOK("hook"),
    /// Something outside the working directories.
    WORKING_DIR("workingDir"),
    /// A file that steers tools or agents.
    SAFETY_CHECK("safetyCheck"),
    /// An address that must not be contacted.
    ADDRESS("other"),
    /// The session has read content of strangers.
    ORIGIN("other"),
    /// It would run outside the sandbox.
    SANDBOX_OVERRIDE("sandboxOverride"),
    /// Anything else, for example a command that is not known to be harmless.
    OTHER("other");

    private final String wire;

    ReasonType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
