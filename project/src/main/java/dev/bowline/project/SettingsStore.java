package dev.bowline.project;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionStore;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps permission updates in settings files: the user's, the project's, or the user's for one
/// folder. What else a file says stays; it is written anew as a whole.
///
/// In a folder no link is followed out of it. What was trusted before an update is trusted after
/// it. Safe for any thread, and beside other processes that do the same.
public final class SettingsStore implements PermissionStore {
    private final Places places;
    private final Path lock;

    public SettingsStore(Places places) {
        this.places = places;
        this.lock = places.bowline().resolve("settings.lock");
    }

    @Override
    public void keep(PermissionUpdate update) {
        if (update instanceof PermissionUpdate.SetMode(var mode, var to)
                && mode == PermissionMode.BYPASS) {
            throw new BowlineException(
                    ErrorCode.CONFIG_INVALID,
                    "the mode bypassPermissions is not kept in settings; choose it at each start");
        }
        switch (update.destination()) {
            case USER_SETTINGS -> keep(update, places.claude(), places.bowline(), "settings.json");
            case PROJECT_SETTINGS -> keepInFolder(update, "settings.json");
            case LOCAL_SETTINGS -> keepInFolder(update, "settings.local.json");
            case SESSION, CLI_ARG, POLICY_SETTINGS, FLAG_SETTINGS ->
                    throw new IllegalArgumentException(
                            "updates for " + update.destination().wire() + " are not kept");
        }
    }

    private void keepInFolder(PermissionUpdate update, String name) {
        keep(update, places.folder().resolve(".claude"), places.folder().resolve(".bowline"), name);
    }

    /// New things go to the folder that other programs of the field share; what is taken away, is
    /// taken from both.
    private void keep(PermissionUpdate update, Path first, Path second, String name) {
        boolean adds =
                switch (update) {
                    case PermissionUpdate.AddRules any -> true;
                    case PermissionUpdate.AddDirectories any -> true;
                    case PermissionUpdate.SetMode any -> true;
                    case PermissionUpdate.ReplaceRules any -> true;
                    case PermissionUpdate.RemoveRules any -> false;
                    case PermissionUpdate.RemoveDirectories any -> false;
                };
        if (adds || Files.exists(first.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            write(update, first, name);
        }
        var less = onlyLess(update);
        if (less != null && Files.exists(second.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            write(less, second, name);
        }
    }

    /// The part of an update that takes something away.
    private static @Nullable PermissionUpdate onlyLess(PermissionUpdate update) {
        return switch (update) {
            case PermissionUpdate.RemoveRules any -> any;
            case PermissionUpdate.RemoveDirectories any -> any;
            case PermissionUpdate.ReplaceRules(var rules, var behavior, var to) ->
                    new PermissionUpdate.ReplaceRules(List.of(), behavior, to);
            case PermissionUpdate.AddRules any -> null;
            case PermissionUpdate.AddDirectories any -> null;
            case PermissionUpdate.SetMode any -> null;
        };
    }

    private void write(PermissionUpdate update, Path folder, String name) {
        boolean own = update.destination() == Destination.USER_SETTINGS;
        try {
            var file = own ? ofUser(folder, name) : inFolder(folder, name);
            boolean shared = update.destination() == Destination.PROJECT_SETTINGS;
            var label = own ? null : folder.getFileName() + "/" + name;
            var change = new Change(update, file);
            SafeFile.alone(
                    lock,
                    () -> {
                        SafeFile.change(file, lock, shared ? "rw-r--r--" : "rw-------", change);
                        if (label != null) {
                            goOnTrusting(label, change.before, change.after);
                        }
                    });
        } catch (IOException e) {
            throw unwritable(folder.resolve(name), String.valueOf(e.getMessage()), e);
        }
    }

    private static BowlineException unwritable(Path file, String why, @Nullable Exception cause) {
        return new BowlineException(
                ErrorCode.STORE_UNWRITABLE, file + " cannot be written: " + why, cause);
    }

    /// The user may have linked his own settings from elsewhere.
    private static Path ofUser(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(name);
        return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    }

    private Path inFolder(Path folder, String name) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
        }
        var real = folder.toRealPath();
        var below = real.startsWith(places.folder()) ? places.folder().relativize(real) : real;
        if (below.isAbsolute() || below.startsWith(".git") || !Files.isDirectory(real)) {
            throw new IOException(folder + " leads out of the folder's settings");
        }
        var file = real.resolve(name);
        if (Files.isSymbolicLink(file)) {
            throw new IOException("it is a link");
        }
        return file;
    }

    /// From the text of a file to its next one; remembers both for who wants to compare.
    private static final class Change implements UnaryOperator<String> {
        private final PermissionUpdate update;
        private final Path file;
        private Map<String, @Nullable Object> before = Map.of();
        private Map<String, @Nullable Object> after = Map.of();

        Change(PermissionUpdate update, Path file) {
            this.update = update;
            this.file = file;
        }

        @Override
        public String apply(String text) {
            try {
                before = SettingsText.parse(text, twice -> {});
            } catch (IllegalArgumentException e) {
                throw unwritable(file, e.getMessage() + "; mend it first", e);
            }
            after = UpdatedSettings.of(before, update);
            return after.equals(before) ? text : JsonText.of(after);
        }
    }

    /// What this program wrote itself into trusted settings needs no new trust.
    private void goOnTrusting(
            String label,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after) {
        var book = new TrustBook(places);
        var root = places.root();
        if (before.equals(after)) {
            return;
        }
        boolean trusted =
                Restraint.isFree(before, false)
                        || book.standing(
                                        root, places.folder(), label, Restraint.fingerprint(before))
                                == TrustBook.Standing.TRUSTED;
        if (trusted && !Restraint.isFree(after, false)) {
            book.trust(
                    root,
                    places.folder(),
                    Map.of(label, Restraint.fingerprint(after)),
                    Instant.now());
        }
    }
}
