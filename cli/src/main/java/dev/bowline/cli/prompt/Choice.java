package dev.bowline.cli.prompt;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.sessions.Finder;
import dev.bowline.cli.wiring.Answerer;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.permission.PermissionMode;
import dev.bowline.tools.offline.OfflineModel;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which session the prompt belongs to: a new one, one that goes on, or a copy of one.
public final class Choice {
    private final Arguments args;
    private final Agent agent;
    private final Path directory;

    public Choice(Arguments args, Agent agent, Path directory) {
        this.args = args;
        this.agent = agent;
        this.directory = directory;
    }

    /// Whether an old session is gone on with itself, so that nothing has to be said.
    public static boolean goesOn(Arguments args) {
        return (args.has("--resume") || args.has("--continue")) && !args.has("--fork-session");
    }

    /// Looks at the flags only.
    ///
    /// @throws UsageException when they contradict each other
    public static void check(Arguments args) {
        boolean old = args.has("--resume") || args.has("--continue");
        if (args.has("--resume") && args.has("--continue")) {
            throw new UsageException("--resume and --continue cannot be used together; choose one");
        }
        if (args.has("--fork-session") && !old) {
            throw new UsageException(
                    "--fork-session needs --resume ID or --continue to say what to fork");
        }
        if (args.has("--session-id") && old && !args.has("--fork-session")) {
            throw new UsageException(
                    "--session-id names a new session; together with --resume or --continue it needs --fork-session");
        }
        args.value("--session-id").ifPresent(Choice::uuid);
        Cut.check(args);
    }

    /// Whether what the flags ask for can be had, as far as can be told without opening it.
    ///
    /// @throws BowlineException `session_not_found`, `session_exists` …
    public static void checkStored(Arguments args, SessionStore store, Path directory) {
        var parent = find(args, store, directory);
        parent.ifPresent(id -> {
            if (!exists(store, id)) {
                throw notFound(id, null);
            }
            Cut.of(args, store, id);
        });
        var own = args.value("--session-id").map(Choice::uuid);
        if (own.isPresent() && exists(store, own.get())) {
            throw new BowlineException(
                    ErrorCode.SESSION_EXISTS,
                    "Session ID "
                            + own.get()
                            + " is already in use; resume it or choose another id");
        }
    }

    private static boolean exists(SessionStore store, SessionId id) {
        try {
            if (store instanceof JsonlStore files) {
                files.file(id);
            } else {
                store.read(id);
            }
            return true;
        } catch (BowlineException e) {
            if (e.code() == ErrorCode.SESSION_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /// Opens it.
    public Session open() {
        var id = args.value("--session-id").map(Choice::uuid);
        var parent = parent();
        if (parent.isEmpty()) {
            return id.map(agent::open).orElseGet(agent::open);
        }
        if (!exists(agent.sessions(), parent.get())) {
            throw notFound(parent.get(), null);
        }
        var cut = Cut.of(args, agent.sessions(), parent.get());
        return args.has("--fork-session")
                ? fork(parent.get(), cut, id.orElseGet(SessionId::random))
                : resume(parent.get(), cut);
    }

    private Session fork(SessionId parent, Optional<Position> cut, SessionId id) {
        return cut.map(place -> agent.fork(parent, place, id))
                .orElseGet(() -> agent.fork(parent, Long.MAX_VALUE, id));
    }

    private Session resume(SessionId parent, Optional<Position> cut) {
        var session = agent.resume(parent);
        try {
            cut.ifPresent(session::rewind);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /// A session that goes on keeps its model and mode unless the flags say otherwise.
    public static void prepare(Session session, Arguments args, Answerer answerer) {
        var state = session.state();
        if (state.number() == 0) {
            return;
        }
        args.value("--model")
                .map(name -> answerer.name())
                .or(() -> nowAnswered(state.model(), answerer))
                .filter(model -> !model.equals(state.model()))
                .ifPresent(session::model);
        var mode = Permissions.mode(args);
        boolean said = args.has("--permission-mode") || args.has("--dangerously-skip-permissions");
        boolean forbidden =
                Permissions.bypassForbidden(args)
                        && state.mode().equals(PermissionMode.BYPASS.wire());
        if ((said || forbidden) && !mode.wire().equals(state.mode())) {
            session.permissionMode(mode);
        }
    }

    /// A session that the offline model has answered goes on with a model that the service knows,
    /// and the other way round.
    private static Optional<String> nowAnswered(String model, Answerer answerer) {
        boolean offline = answerer.name().equals(OfflineModel.NAME);
        return offline == model.equals(OfflineModel.NAME)
                ? Optional.empty()
                : Optional.of(answerer.name());
    }

    /// In the words that programs of the field look for.
    private static BowlineException notFound(SessionId id, @Nullable BowlineException cause) {
        return new BowlineException(
                ErrorCode.SESSION_NOT_FOUND,
                "No conversation found with session ID: "
                        + id
                        + " (bowline sessions list --all shows what there is)",
                cause);
    }

    private Optional<SessionId> parent() {
        return find(args, agent.sessions(), directory);
    }

    /// The session that the flags name, if they do.
    ///
    /// @throws BowlineException `session_not_found`; a whole id is looked for when it is opened
    public static Optional<SessionId> find(Arguments args, SessionStore store, Path directory) {
        var finder = new Finder(store, directory);
        if (args.has("--resume")) {
            return Optional.of(finder.find(args.value("--resume").orElse("")));
        }
        return args.has("--continue") ? finder.newest() : Optional.empty();
    }

    private static SessionId uuid(String text) {
        try {
            return new SessionId(UUID.fromString(text).toString());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--session-id needs a UUID such as "
                            + UUID.randomUUID()
                            + ", not \""
                            + text
                            + "\"");
        }
    }
}
