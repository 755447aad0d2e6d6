package dev.bowline.permission;

/// Where permission updates are kept that are meant to outlast the session: those whose destination
/// [lasts][PermissionUpdate.Destination#lasts()].
@FunctionalInterface
public interface PermissionStore {
    /// Keeps nothing: every update holds for as long as the session is open.
    PermissionStore NOTHING = update -> {};

    /// Called on the thread that applies the update, after it holds for the session.
    ///
    /// @throws dev.bowline.error.BowlineException when it can't be kept; for the session it holds
    ///   all the same
    void keep(PermissionUpdate update);
}
