package dev.bowline.loop;

import dev.bowline.permission.Boundary;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionStore;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.Policy;
import dev.bowline.permission.Rule;
import dev.bowline.permission.RuleBook;
import dev.bowline.tool.FolderLook;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What may run in this session now: what it was started with and the updates since. Updates are on
/// record but don't come back when the session is opened again: a permission ends with the process
/// that it was given to. Safe for any thread.
final class Grants {
    private final Setup setup;
    private final Supplier<SessionState> state;
    private final PermissionStore store;
    private final AtomicReference<RuleBook> book;
    private final Path home;

    Grants(Setup setup, Supplier<SessionState> state) {
        this.setup = setup;
        this.state = state;
        this.store = setup.permissionStore();
        this.book = new AtomicReference<>(setup.rules());
        this.home = home();
    }

    Policy policy() {
        var mode = state.get().mode();
        var policy =
                book.get()
                        .policy(
                                mode.isEmpty() ? setup.mode() : PermissionMode.of(mode),
                                setup.directory(),
                                home,
                                new FolderLook()::holds);
        return setup.boundary() == Boundary.ASK ? policy.after(state.get().origins()) : policy;
    }

    /// The home directory as programs that the session starts know it.
    private Path home() {
        var known = setup.environment().getOrDefault("HOME", "");
        return real(Path.of(known.startsWith("/") ? known : System.getProperty("user.home", "/")));
    }

    /// A policy that denies what one rule is about.
    Policy policyOf(Rule rule) {
        return RuleBook.of(List.of(), List.of(), List.of(rule), directories())
                .policy(PermissionMode.DEFAULT, setup.directory(), home);
    }

    RuleBook book() {
        return book.get();
    }

    List<Path> directories() {
        return book.get().directories();
    }

    /// Puts an update on record and lets it hold.
    void apply(PermissionUpdate update, Consumer<Event> record) {
        var real = real(update);
        record.accept(
                real instanceof PermissionUpdate.SetMode(var mode, var to)
                        ? new Event.ModeChanged(mode.wire())
                        : new Event.PermissionsChanged(real.toJson()));
        book.updateAndGet(now -> now.plus(real));
    }

    /// Has an update kept if it is meant to last.
    void keep(PermissionUpdate update) {
        if (update.destination().lasts()) {
            store.keep(real(update));
        }
    }

    /// The same update with directories as the policy compares them: absolute, links resolved.
    private PermissionUpdate real(PermissionUpdate update) {
        return switch (update) {
            case PermissionUpdate.AddDirectories(var paths, var to) ->
                    new PermissionUpdate.AddDirectories(
                            paths.stream().map(this::real).toList(), to);
            case PermissionUpdate.RemoveDirectories(var paths, var to) ->
                    new PermissionUpdate.RemoveDirectories(
                            paths.stream().map(this::real).toList(), to);
            case PermissionUpdate.AddRules any -> any;
            case PermissionUpdate.ReplaceRules any -> any;
            case PermissionUpdate.RemoveRules any -> any;
            case PermissionUpdate.SetMode any -> any;
        };
    }

    private Path real(Path path) {
        var absolute = setup.directory().resolve(path).normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException notThere) {
            return absolute;
        }
    }
}
