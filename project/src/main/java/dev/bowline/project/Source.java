package dev.bowline.project;

import dev.bowline.permission.PermissionUpdate.Destination;

/// Who a setting comes from, strongest first: where two say something different, the stronger one
/// counts.
public enum Source {
    /// The operator of the machine.
    MANAGED(Destination.POLICY_SETTINGS),
    /// The program that started this one, as an operator; may not undo what the machine's says.
    HOST(Destination.POLICY_SETTINGS),
    /// The command line, or the program that started this one.
    FLAG(Destination.FLAG_SETTINGS),
    /// The user, for one folder.
    LOCAL(Destination.LOCAL_SETTINGS),
    /// The folder.
    PROJECT(Destination.PROJECT_SETTINGS),
    /// The user, for all folders.
    USER(Destination.USER_SETTINGS);

    private final Destination destination;

    Source(Destination destination) {
        this.destination = destination;
    }

    /// The same as permission updates call it.
    public Destination destination() {
        return destination;
    }

    public String wire() {
        return destination.wire();
    }

    /// Whether it lies in a folder that somebody else may have filled.
    public boolean inFolder() {
        return this == LOCAL || this == PROJECT;
    }

    /// Whether it speaks for an operator.
    public boolean operates() {
        return this == MANAGED || this == HOST;
    }
}
