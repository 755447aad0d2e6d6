package dev.bowline.testkit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.AgentOptions;
import dev.bowline.Session;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose session `approvals` is kept on disk, so that another one can go on with it.
abstract class StoredAgent extends AskedAgent {
    static final SessionId ID = new SessionId("approvals");
    static final Decision YES = new Decision.Allow("fine");
    static final Decision NO = new Decision.Deny("not today", "Not today.");

    @TempDir Path root;
    JsonlStore store;

    JsonlStore store() {
        if (store == null) {
            store = new JsonlStore(root);
        }
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    void later(ScriptedModel model, Use use) throws Exception {
        with(model, a -> a.approver(Approver.later()), use);
    }

    interface Use {
        void of(Session session) throws Exception;
    }

    void with(ScriptedModel model, Consumer<AgentOptions> options, Use use) throws Exception {
        with(model, options.andThen(a -> a.store(store())), false, use);
    }

    void resumed(ScriptedModel model, Consumer<AgentOptions> options, Use use) throws Exception {
        with(model, options.andThen(a -> a.store(store())), true, use);
    }

    void with(ScriptedModel model, Consumer<AgentOptions> options, boolean resume, Use use)
            throws Exception {
        try (var agent = agent(model, options);
                var session = resume ? agent.resume(ID) : agent.open(ID)) {
            use.of(session);
        }
    }

    static String putOff(Session session) throws Exception {
        var off = assertInstanceOf(Outcome.Deferred.class, session.prompt("go").await());
        assertEquals("change", off.tool());
        return off.toolUseId();
    }

    void resumedNothingRan() {
        assertTrue(ran.isEmpty(), ran.toString());
    }
}
