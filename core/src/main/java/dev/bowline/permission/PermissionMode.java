package dev.bowline.permission;

import java.util.Arrays;

/// How much may run without asking. Spelled on the wire as the field spells it, for example
/// `acceptEdits`.
public enum PermissionMode {
    /// Reads in the working directories and read-only commands run; the rest asks.
    DEFAULT("default"),
    /// The same, and edits in the working directories.
    ACCEPT_EDITS("acceptEdits"),
    /// Reads only; writing asks, whatever the allow rules say, until the plan is approved.
    PLAN("plan"),
    /// As `DEFAULT`; a classifier may approve more where one is installed.
    AUTO("auto"),
    /// What would ask is refused.
    DONT_ASK("dontAsk"),
    /// Everything runs but what a rule denies or asks for.
    BYPASS("bypassPermissions");

    private final String wire;

    PermissionMode(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /// Accepts the wire spelling, and `manual` for `default`.
    ///
    /// @throws IllegalArgumentException for any other word, naming the known ones
    public static PermissionMode of(String wire) {
        var word = wire.equals("manual") ? "default" : wire;
        return Arrays.stream(values())
                .filter(mode -> mode.wire.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown permission mode \""
                                        + wire
                                        + "\"; use one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(values())
                                                        .map(PermissionMode::wire)
                                                        .toList())));
    }
}
