package dev.bowline.cli.sessions;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.SessionSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds sessions by what people write: an id, the beginning of one, or a title. Sessions of this
/// directory come before those of others.
public final class Finder {
    private final SessionStore store;
    private final Path directory;

    public Finder(SessionStore store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /// @throws BowlineException `session_not_found` when there is none or it isn't clear which
    public SessionId find(String name) {
        if (isWholeId(name)) {
            return new SessionId(name);
        }
        if (name.isBlank()) {
            throw notFound(
                    "No session was named; bowline sessions list shows all of this directory");
        }
        for (var place : List.of(Optional.of(directory), Optional.<Path>empty())) {
            var all = store.list(place);
            var found =
                    one(name, all, session -> session.id().value().equals(name))
                            .or(() ->
                                    one(
                                            name,
                                            all,
                                            session -> session.id().value().startsWith(name)))
                            .or(() ->
                                    one(
                                            name,
                                            all,
                                            session -> session.title().equalsIgnoreCase(name)));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw notFound(
                "No conversation found with session ID: "
                        + name
                        + " (nor with that title; bowline sessions list --all shows what there is)");
    }

    private static Optional<SessionId> one(
            String name, List<SessionSummary> all, Predicate<SessionSummary> matches) {
        var found = all.stream().filter(matches).map(SessionSummary::id).toList();
        if (found.size() > 1) {
            throw notFound(
                    "\""
                            + name
                            + "\" fits "
                            + found.size()
                            + " sessions, for example "
                            + found.get(0)
                            + " and "
                            + found.get(1)
                            + "; write more of the id");
        }
        return found.stream().findFirst();
    }

    private static BowlineException notFound(String message) {
        return new BowlineException(ErrorCode.SESSION_NOT_FOUND, message);
    }

    /// The session of this directory that was used last.
    public Optional<SessionId> newest() {
        return store.list(Optional.of(directory)).stream().findFirst().map(SessionSummary::id);
    }

    /// A full UUID needs no search; opening it tells whether it exists.
    private static boolean isWholeId(String name) {
        return name.length() == 36
                && name.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }
}
