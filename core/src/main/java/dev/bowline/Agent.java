package dev.bowline;

import dev.bowline.json.Json;
import dev.bowline.loop.SessionLoop;
import dev.bowline.loop.Setup;
import dev.bowline.model.Model;
import dev.bowline.tool.ToolRegistry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// Who answers: a model with instructions, tools and rules. Immutable, and good for any number of
/// sessions at once.
///
/// ```java
/// try (var agent = Agent.of(model, a -> a.instructions("You review pull requests.").tools(readFile, grep))) {
///     System.out.println(agent.ask("What does the last change do?").text());
/// }
/// ```
public final class Agent implements AutoCloseable {
    private final Setup setup;
    private final SessionStore store;
    private final boolean ownsStore;

    private Agent(Setup setup, SessionStore store, boolean ownsStore) {
        this.setup = setup;
        this.store = store;
        this.ownsStore = ownsStore;
    }

    /// An agent that asks `model`.
    ///
    /// @throws IllegalArgumentException for options that cannot be: an unknown directory, two tools
    ///   of one name, a malformed rule
    public static Agent of(Model model, Consumer<AgentOptions> options) {
        var chosen = new AgentOptions();
        options.accept(chosen);
        return new Agent(chosen.setup(model), chosen.store(), chosen.ownsStore());
    }

    public static Agent of(Model model) {
        return of(model, options -> {});
    }

    /// A new session with a random id. It is stored with its first prompt.
    public Session open() {
        return open(SessionId.random());
    }

    /// A new session with an id of the caller's choice.
    ///
    /// @throws dev.bowline.error.BowlineException `session_exists`
    public Session open(SessionId id) {
        return open(id, "startup");
    }

    /// A new session that hooks hear of as begun by `source`, for example `clear`.
    ///
    /// @throws dev.bowline.error.BowlineException `session_exists`
    public Session open(SessionId id, String source) {
        return session(id, store.create(id, setup.directory()), source);
    }

    /// Opens a stored session. If its last turn was cut off, [Session#proceed()] goes on with it;
    /// the next prompt would end it.
    ///
    /// @throws dev.bowline.error.BowlineException `session_not_found`, or `store_in_use` when
    ///   somebody else has it open
    public Session resume(SessionId id) {
        return session(id, store.open(id), "resume");
    }

    /// A new session that begins with everything that was said in another one.
    public Session fork(SessionId parent) {
        return fork(parent, Long.MAX_VALUE);
    }

    /// The same, up to and including the parent's entry `number`.
    public Session fork(SessionId parent, long number) {
        return fork(parent, number, SessionId.random());
    }

    public Session fork(SessionId parent, long number, SessionId id) {
        return session(id, store.fork(parent, number, id), "fork");
    }

    /// The same, up to a place found by [SessionStore#find]: a call that loses its result there
    /// gets one that says that it was interrupted.
    public Session fork(SessionId parent, Position place, SessionId id) {
        var session = fork(parent, place.number(), id);
        try {
            long last = session.state().number();
            session.rewind(place.blocks() == 0 ? Position.after(last) : place);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private Session session(SessionId id, SessionStore.Log log, String source) {
        var tools = setup.tools().copy();
        try {
            return new Session(id, new SessionLoop(id, setup.withTools(tools), log, source), tools);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /// Asks one question in a session of its own and waits for the answer.
    public Answer ask(String prompt) throws InterruptedException {
        long began = setup.time().nanos();
        try (var session = open()) {
            var turn = session.prompt(prompt);
            try {
                var outcome = turn.await();
                var took = Duration.ofNanos(setup.time().nanos() - began);
                return new Answer(
                        session.id(), outcome, turn.text(), session.state().totals(), took);
            } catch (InterruptedException e) {
                turn.interrupt();
                throw e;
            }
        }
    }

    /// Runs one call as the loop would: schema, interceptors, hooks, permission, trimming. In a
    /// session of its own that isn't stored; full results are gone with it.
    public Event.ToolFinished call(String tool, Json input) throws InterruptedException {
        return call(tool, input, new MemoryStore());
    }

    /// The same, with full results kept in the folder `results`, which is made when it is needed.
    public Event.ToolFinished call(String tool, Json input, Path results)
            throws InterruptedException {
        return call(tool, input, new MemoryStore(results));
    }

    private Event.ToolFinished call(String tool, Json input, MemoryStore memory)
            throws InterruptedException {
        var id = SessionId.random();
        var tools = new ToolRegistry(setup.tools().all());
        try (memory;
                var loop =
                        new SessionLoop(
                                id,
                                setup.withTools(tools),
                                memory.create(id, setup.directory()),
                                "startup")) {
            return loop.call(tool, input);
        }
    }

    /// Where this agent's sessions are kept.
    public SessionStore sessions() {
        return store;
    }

    /// Closes the store if it is the agent's own. Sessions that are open are not touched.
    @Override
    public void close() {
        if (ownsStore) {
            store.close();
        }
    }
}
