package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.hangingAfter;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.Turn;
import dev.bowline.budget.Budget;
import dev.bowline.budget.Ledger;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.ModelReply;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever a part does wrong, a turn ends, once, and the session stays usable.
@Timeout(30)
class FaultyPartsTest {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    private final FullStore store = new FullStore();
    private final AtomicInteger changed = new AtomicInteger();
    private final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> ToolResult.text("changed " + changed.incrementAndGet()));

    @AfterEach
    void closeStore() {
        store.close();
    }

    private Agent agent(Model model, Consumer<AgentOptions> more) {
        return Agent.of(
                model,
                a -> {
                    a.tools(change).allow("change", "look");
                    more.accept(a);
                });
    }

    private static Outcome end(Turn turn) throws InterruptedException {
        return turn.await(Duration.ofSeconds(10))
                .orElseThrow(() -> new AssertionError("the turn did not end"));
    }

    private static void endedOnceAndGoesOn(Session session) throws InterruptedException {
        assertEquals(
                1,
                session.entries().stream()
                        .filter(entry -> entry.event() instanceof Event.TurnEnded)
                        .count());
        assertInstanceOf(Outcome.Completed.class, end(session.prompt("again")));
        session.close();
    }

    private static void failAt(Class<?> what, Object update) {
        if (what.isInstance(update instanceof Entry entry ? entry.event() : update)) {
            throw new AssertionError("boom");
        }
    }

    @Test
    void aToolThatCannotBeLinkedIsAnAnswerToTheModel() throws Exception {
        var broken =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            throw new NoClassDefFoundError("x/Y");
                        });
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("ok"), text("ok"));
        var session = agent(model, a -> a.tools(broken)).open();
        assertInstanceOf(Outcome.Completed.class, end(session.prompt("go")));
        endedOnceAndGoesOn(session);
    }

    @Test
    void aModelThatCannotBeLinkedFailsTheTurn() throws Exception {
        var first = new AtomicBoolean(true);
        var fine = ScriptedModel.saying(text("ok"));
        Model broken =
                (request, events) -> {
                    if (first.getAndSet(false)) {
                        throw new ExceptionInInitializerError("x");
                    }
                    return fine.reply(request, events);
                };
        var session = agent(broken, a -> {}).open();
        assertInstanceOf(Outcome.Failed.class, end(session.prompt("go")));
        endedOnceAndGoesOn(session);
    }

    @Test
    void aListenerThatFailsInTheMiddleFailsTheTurn() throws Exception {
        var session = agent(ScriptedModel.saying(text("ok"), text("ok")), a -> {}).open();
        var turn = session.prompt(Prompt.of("go"), update -> failAt(Update.Delta.class, update));
        assertInstanceOf(Outcome.Failed.class, end(turn));
        endedOnceAndGoesOn(session);
    }

    @Test
    void aListenerThatFailsAtTheEndChangesNothing() throws Exception {
        var session = agent(ScriptedModel.saying(text("ok"), text("ok")), a -> {}).open();
        var turn = session.prompt(Prompt.of("go"), update -> failAt(Event.TurnEnded.class, update));
        assertInstanceOf(Outcome.Completed.class, end(turn));
        endedOnceAndGoesOn(session);
    }

    @Test
    void aListenerThatFailsAtAnInterruptedEndChangesNothing() throws Exception {
        var reached = new CountDownLatch(1);
        var session =
                agent(ScriptedModel.saying(hangingAfter("hm", reached), text("ok")), a -> {})
                        .open();
        var turn = session.prompt(Prompt.of("go"), update -> failAt(Event.TurnEnded.class, update));
        reached.await();
        turn.interrupt();
        assertInstanceOf(Outcome.Interrupted.class, end(turn));
        endedOnceAndGoesOn(session);
    }

    @Test
    void aResultThatCouldNotBeStoredIsAnUnknownOutcome() throws Exception {
        var once = new AtomicBoolean(true);
        store.full =
                entries ->
                        entries.getFirst().event() instanceof Event.ToolFinished
                                && once.getAndSet(false);
        var model =
                ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("ok"), text("ok"));
        var session = agent(model, a -> a.store(store)).open();
        assertInstanceOf(Outcome.Failed.class, end(session.prompt("go")));
        var finished =
                session.entries().stream()
                        .map(Entry::event)
                        .filter(Event.ToolFinished.class::isInstance)
                        .map(Event.ToolFinished.class::cast)
                        .toList();
        assertEquals(1, finished.size());
        assertEquals(ErrorCode.OUTCOME_UNKNOWN.wire(), finished.getFirst().code());
        endedOnceAndGoesOn(session);
        assertEquals(1, changed.get());
    }

    @Test
    void aHookThatSpeaksOnAFullDiskDoesNotHoldTheTurn() throws Exception {
        Hook hook =
                event ->
                        event instanceof HookEvent.StopFailure
                                ? HookOutcome.context("hm")
                                : HookOutcome.none();
        var session =
                agent(ScriptedModel.saying(text("ok"), text("ok")), a -> a.store(store).hooks(hook))
                        .open();
        var turn =
                session.prompt(
                        Prompt.of("go"),
                        update -> {
                            if (update instanceof Update.Delta) {
                                store.full = entries -> true;
                            }
                        });
        assertInstanceOf(Outcome.Failed.class, end(turn));
        store.full = entries -> false;
        assertInstanceOf(Outcome.Completed.class, end(session.prompt("again")));
        session.close();
    }

    @Test
    void whatToolsKeepIsClosedOnAFullDisk() throws Exception {
        var kept = new AtomicBoolean();
        record Kept(AtomicBoolean open) implements AutoCloseable {
            @Override
            public void close() {
                open.set(false);
            }
        }
        var keeping =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            kept.set(true);
                            var state = context.state(Kept.class, folder -> new Kept(kept));
                            return ToolResult.text("kept " + state.open());
                        });
        Hook hook =
                event ->
                        event instanceof HookEvent.SessionEnd
                                ? HookOutcome.context("bye")
                                : HookOutcome.none();
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("ok"));
        var session = agent(model, a -> a.tools(keeping).store(store).hooks(hook)).open();
        end(session.prompt("go"));
        assertTrue(kept.get());
        store.full = entries -> true;
        assertThrows(BowlineException.class, session::close);
        assertTrue(!kept.get());
    }

    @Test
    void aNoThatEndsTheTurnStopsTheCallsAfterIt() throws Exception {
        Approver no =
                request ->
                        request.input().text().contains("bad")
                                ? new Decision.Deny("person", "no", true)
                                : new Decision.Allow("person");
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"change", "{\"what\":\"bad\"}"},
                                new String[] {"change", "{\"what\":\"good\"}"}),
                        text("ok"));
        var session = Agent.of(model, a -> a.tools(change).approver(no)).open();
        assertInstanceOf(Outcome.Interrupted.class, end(session.prompt("go")));
        assertEquals(0, changed.get());
        assertTrue(session.state().pending().isEmpty());
        endedOnceAndGoesOn(session);
    }

    @Test
    void refusesToRewindToWhatNoLongerCounts() throws Exception {
        var session = agent(ScriptedModel.saying(text("1"), text("2"), text("3")), a -> {}).open();
        end(session.prompt("one"));
        long first = session.state().number();
        end(session.prompt("two"));
        long second = session.state().number();
        session.rewind(first);
        end(session.prompt("three"));
        assertThrows(IllegalArgumentException.class, () -> session.rewind(second));
        session.rewind(first);
        assertEquals(2, session.state().messages().size());
        session.close();
    }

    @Test
    void refusesBlocksThatOnlyModelsAndToolsMake() {
        var session = agent(ScriptedModel.saying(), a -> {}).open();
        for (var block :
                List.of(
                        new ContentBlock.ToolUse("t", "change", Json.parse("{}")),
                        new ContentBlock.ToolResult("t", List.of(), false),
                        new ContentBlock.Thinking("a", "b"),
                        new ContentBlock.RedactedThinking("c"))) {
            var prompt =
                    new Prompt(UUID.randomUUID(), List.of(block), Prompt.Priority.LATER, "user");
            assertEquals(
                    ErrorCode.PROMPT_REFUSED,
                    assertThrows(BowlineException.class, () -> session.prompt(prompt)).code());
        }
        session.close();
    }

    @Test
    void aChangeBesideAMessageDoesNotLoseTheTextSoFar() throws Exception {
        var reached = new CountDownLatch(1);
        var session =
                agent(ScriptedModel.saying(hangingAfter("hello world", reached)), a -> {}).open();
        var turn = session.prompt("go");
        reached.await();
        session.rename("another title");
        var heard = new LinkedBlockingQueue<Update>();
        try (var follower = session.follow(session.state().number(), heard::add)) {
            assertInstanceOf(Update.Snapshot.class, heard.take());
        } finally {
            turn.interrupt();
            session.close();
        }
    }

    @Test
    void whatABrokenAttemptUsedIsPaidFor() throws Exception {
        var ledger = new Ledger(Budget.UNLIMITED);
        Model model =
                (request, events) -> {
                    events.accept(new StreamEvent.MessageStarted("1", "m", Usage.of(100, 1)));
                    events.accept(new StreamEvent.Retrying(1, 1, Duration.ZERO, null, "cut"));
                    return ModelReply.of(
                            "2",
                            "m",
                            List.of(new ContentBlock.Text("ok")),
                            StopReason.END_TURN,
                            Usage.of(10, 5));
                };
        try (var session =
                agent(model, a -> a.ledger(ledger).prices((name, usage) -> usage.total())).open()) {
            assertInstanceOf(Outcome.Completed.class, end(session.prompt("go")));
            assertEquals(116, session.state().totals().cost());
            assertEquals(116, ledger.spent());
        }
    }
}
