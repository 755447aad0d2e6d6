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
import dev.bowline.tools.offline.OfflineModel;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

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
    }

    /// Opens it.
    public Session open() {
        var id = args.value("--session-id").map(Choice::uuid);
        var parent = parent();
        if (parent.isEmpty()) {
            return id.map(agent::open).orElseGet(agent::open);
        }
        try {
            return args.has("--fork-session")
                    ? agent.fork(parent.get(), Long.MAX_VALUE, id.orElseGet(SessionId::random))
                    : agent.resume(parent.get());
        } catch (BowlineException e) {
            throw e.code() == ErrorCode.SESSION_NOT_FOUND ? notFound(parent.get(), e) : e;
        }
    }

    /// A session that goes on keeps its model and mode unless the flags say otherwise.
    public static void prepare(Session session, Arguments args, Answerer answerer) {
        var state = session.state();
        if (state.number() == 0) {
            return;
        }
        args.value("--model")
                .or(() -> nowAnswered(state.model(), answerer))
                .filter(model -> !model.equals(state.model()))
                .ifPresent(session::model);
        var mode = Permissions.mode(args);
        boolean said = args.has("--permission-mode") || args.has("--dangerously-skip-permissions");
        if (said && !mode.wire().equals(state.mode())) {
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

    /// Looks whether the session that the flags name is there, without opening it.
    ///
    /// @throws BowlineException `session_not_found`
    public static void checkStored(Arguments args, SessionStore store, Path directory) {
        var named = find(args, store, directory);
        if (named.isPresent() && store instanceof JsonlStore files) {
            try {
                files.file(named.get());
            } catch (BowlineException e) {
                throw notFound(named.get(), e);
            }
        }
    }

    /// In the words that programs of the field look for.
    private static BowlineException notFound(SessionId id, BowlineException cause) {
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
