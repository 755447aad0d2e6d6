package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelHooksTest extends HookedAgent {
    private static String result(ScriptedModel model) {
        var content = model.requests().get(1).messages().get(2).content();
        return ContentBlock.text(((ContentBlock.ToolResult) content.getFirst()).content());
    }

    @Test
    void allHooksOfAnEventRunAtTheSameTime() throws Exception {
        var together = new CyclicBarrier(3);
        var meeting =
                on(
                        HookEvent.PreToolUse.class,
                        event -> {
                            together.await(20, TimeUnit.SECONDS);
                            return HookOutcome.none();
                        });
        assertEquals("done", ask(oneCall(), a -> a.hooks(meeting, meeting, meeting)).text());
        assertEquals(List.of("x"), List.copyOf(ran));
    }

    @Test
    void whatTheySayCountsInTheOrderOfRegistration() throws Exception {
        var second = new CountDownLatch(1);
        var slow =
                on(
                        HookEvent.PreToolUse.class,
                        event -> {
                            second.await();
                            return HookOutcome.context("one")
                                    .withInput(Json.parse("{\"what\":\"1\"}"));
                        });
        var fast =
                on(
                        HookEvent.PreToolUse.class,
                        event -> {
                            second.countDown();
                            return HookOutcome.context("two")
                                    .withInput(Json.parse("{\"what\":\"2\"}"));
                        });
        var model = oneCall();
        ask(model, a -> a.hooks(slow, fast));
        assertEquals(List.of("2"), List.copyOf(ran));
        var notes = model.requests().get(1).messages().get(2).text();
        assertTrue(notes.indexOf("context: one") < notes.indexOf("context: two"), notes);
    }

    @Test
    void aHookThatTakesTooLongRefusesTheCall() throws Exception {
        var stuck =
                new Full(
                        HookEvent.PreToolUse.class::isInstance,
                        Duration.ofSeconds(5),
                        false,
                        ParallelHooksTest::hang);
        var model = oneCall();
        try (var agent =
                        Agent.of(
                                model,
                                a -> a.tools(change).allow("change").hooks(stuck).time(time));
                var session = agent.open()) {
            var turn = session.prompt("go");
            time.awaitSleepers(1);
            time.advance(Duration.ofSeconds(5));
            assertInstanceOf(Outcome.Completed.class, turn.await());
        }
        assertTrue(
                result(model).contains("did not answer within its time limit of 5.0 s"),
                result(model));
        assertTrue(ran.isEmpty());
    }

    @Test
    void aFailureElsewhereIsRecordedAndIgnored() throws Exception {
        Hook broken =
                on(
                        HookEvent.PostToolUse.class,
                        event -> {
                            throw new StackOverflowError("deep");
                        });
        var answer = ask(oneCall(), a -> a.hooks(broken));
        assertEquals("done", answer.text());
        assertTrue(
                events(answer).stream()
                        .anyMatch(event ->
                                event instanceof Event.HookRan failed
                                        && failed.failed()
                                        && "change".equals(failed.about())
                                        && String.valueOf(failed.reason()).contains("deep")));
    }

    @Test
    void aHookMayInsistThatItsFailureBlocks() throws Exception {
        var strict =
                new Full(
                        HookEvent.PermissionRequested.class::isInstance,
                        null,
                        true,
                        event -> {
                            throw new IllegalStateException("unreachable");
                        });
        var model = ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("done"));
        try (var agent =
                Agent.of(
                        model,
                        a ->
                                a.tools(change)
                                        .hooks(strict)
                                        .approver(request -> {
                                            new CountDownLatch(1).await();
                                            throw new AssertionError();
                                        }))) {
            agent.ask("go");
        }
        assertTrue(result(model).contains("unreachable"));
        assertTrue(ran.isEmpty());
    }

    @Test
    void aHookIsNotToldOfWhatDoesNotMatter() throws Exception {
        var picky =
                new Full(
                        HookEvent.PreToolUse.class::isInstance,
                        null,
                        false,
                        event -> {
                            told.add(event);
                            return HookOutcome.none();
                        });
        ask(oneCall(), a -> a.hooks(picky));
        assertEquals(1, told.size());
    }

    @Test
    void interruptingTheTurnInterruptsItsHooks() throws Exception {
        var at = new CountDownLatch(1);
        var interrupted = new CountDownLatch(2);
        var stuck =
                on(
                        HookEvent.PreToolUse.class,
                        event -> {
                            at.countDown();
                            try {
                                return hang(event);
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                        });
        try (var agent =
                        Agent.of(
                                oneCall(),
                                a -> a.tools(change).allow("change").hooks(stuck, stuck));
                var session = agent.open()) {
            var turn = session.prompt("go");
            at.await();
            turn.interrupt();
            assertEquals(new Outcome.Interrupted("user"), turn.await());
            interrupted.await();
            assertTrue(session.state().pending().isEmpty());
        }
        assertTrue(ran.isEmpty());
    }
}
