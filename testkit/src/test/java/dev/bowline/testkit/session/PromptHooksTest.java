package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class PromptHooksTest extends HookedAgent {
    @Test
    void aPromptHookThatSaysNothingHas30Seconds() throws Exception {
        var stuck =
                new Full(
                        HookEvent.UserPromptSubmit.class::isInstance,
                        null,
                        false,
                        PromptHooksTest::hang);
        try (var agent = Agent.of(ScriptedModel.saying(), a -> a.hooks(stuck).time(time));
                var session = agent.open()) {
            leavesNothingBehind(
                    session,
                    () -> {
                        time.awaitSleepers(1);
                        time.advance(Hook.PROMPT_TIMEOUT);
                        return true;
                    });
        }
    }

    /// A prompt is refused while another thread does something, and the transcript stays empty.
    private static void leavesNothingBehind(Session session, Callable<Boolean> meanwhile)
            throws Exception {
        var other = new FutureTask<>(meanwhile);
        Thread.ofVirtual().start(other);
        var refused = assertThrows(BowlineException.class, () -> session.prompt("hi"));
        assertEquals(ErrorCode.PROMPT_BLOCKED_BY_HOOK, refused.code());
        assertTrue(session.entries().isEmpty());
        assertTrue(other.get());
    }

    /// Asked only of prompts that contain a word.
    private static Hook onPrompt(String word, Hook hook) {
        return event ->
                event instanceof HookEvent.UserPromptSubmit submitted
                                && submitted.prompt().contains(word)
                        ? hook.on(event)
                        : HookOutcome.none();
    }

    private static Session busy(Agent agent, CountDownLatch working) throws InterruptedException {
        var session = agent.open();
        session.prompt("first");
        working.await();
        return session;
    }

    @Test
    void aPromptThatWaitsIsShownToHooksOnlyWhenItsTurnBegins() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Hook listening =
                on(
                        HookEvent.UserPromptSubmit.class,
                        event -> {
                            told.add(event);
                            return HookOutcome.context(
                                    "note on " + ((HookEvent.UserPromptSubmit) event).prompt());
                        });
        var model = waitingModel(working, goOn);
        try (var agent = Agent.of(model, a -> a.hooks(listening));
                var session = busy(agent, working)) {
            var second = session.prompt("second");
            assertEquals(1, told.size());
            assertEquals(List.of(second.promptId()), session.queued());
            goOn.countDown();
            assertInstanceOf(Outcome.Completed.class, second.await());
            assertEquals(2, told.size());
            assertTrue(
                    model.requests()
                            .getLast()
                            .messages()
                            .getLast()
                            .text()
                            .contains("note on second"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Prompt.Priority.class,
            names = {"LATER", "NEXT"})
    void aWaitingPromptThatIsRefusedIsTakenBackAndSaysWhy(Prompt.Priority priority)
            throws Exception {
        var gate = onPrompt("secret", event -> HookOutcome.refuse("not secret"));
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var agent =
                        Agent.of(
                                waitingModel(working, goOn),
                                a -> a.tools(change).allow("change").hooks(gate));
                var session = busy(agent, working)) {
            var bad = session.prompt(Prompt.of("the secret", priority));
            var good = session.prompt("the weather");
            goOn.countDown();
            var failed = assertInstanceOf(Outcome.Failed.class, bad.await());
            assertEquals("prompt_blocked_by_hook", failed.code());
            assertTrue(failed.message().contains("not secret"));
            assertInstanceOf(Outcome.Completed.class, good.await());
            assertTrue(session.queued().isEmpty());
            assertTrue(
                    session.entries().stream()
                            .anyMatch(entry ->
                                    entry.event().equals(new Event.Unqueued(bad.promptId()))));
            assertTrue(
                    session.state().messages().stream()
                            .noneMatch(message -> message.text().contains("the secret")));
        }
    }

    /// Calls a tool first, and waits before it does.
    private static ScriptedModel waitingModel(CountDownLatch working, CountDownLatch goOn) {
        return ScriptedModel.answering(request -> {
            working.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return request.messages().size() == 1 && !request.tools().isEmpty()
                    ? call("change", "{\"what\":\"x\"}")
                    : text("ok");
        });
    }

    @Test
    void interruptingWhileHooksLookAtAPromptLeavesNothingBehind() throws Exception {
        var at = new CountDownLatch(1);
        var stuck =
                on(
                        HookEvent.UserPromptSubmit.class,
                        event -> {
                            at.countDown();
                            return hang(event);
                        });
        try (var agent = Agent.of(ScriptedModel.saying(), a -> a.hooks(stuck));
                var session = agent.open()) {
            leavesNothingBehind(
                    session,
                    () -> {
                        at.await();
                        return session.interrupt();
                    });
        }
    }

    @Test
    void closingTheSessionKeepsAPromptThatHooksWereLookingAt() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var looking = new CountDownLatch(1);
        var stuck =
                onPrompt(
                        "second",
                        event -> {
                            looking.countDown();
                            return hang(event);
                        });
        try (var agent = Agent.of(waitingModel(working, goOn), a -> a.hooks(stuck).store(store))) {
            var session = busy(agent, working);
            var second = session.prompt("second");
            goOn.countDown();
            looking.await();
            session.close();
            assertEquals(new Outcome.Interrupted("closed"), second.await());
            assertEquals(List.of(second.promptId()), session.queued());
        }
    }

    @Test
    void aPromptMayBeWithdrawnWhileHooksLookAtIt() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var looking = new CountDownLatch(1);
        var decide = new CountDownLatch(1);
        var slow =
                onPrompt(
                        "second",
                        event -> {
                            looking.countDown();
                            decide.await();
                            return HookOutcome.none();
                        });
        try (var agent = Agent.of(waitingModel(working, goOn), a -> a.hooks(slow));
                var session = busy(agent, working)) {
            var second = session.prompt("second");
            goOn.countDown();
            looking.await();
            assertTrue(session.withdraw(second.promptId()));
            decide.countDown();
            assertEquals(new Outcome.Interrupted("user"), second.await());
            assertEquals("ok", session.prompt("third").text());
            assertEquals(
                    2,
                    session.entries().stream()
                            .filter(entry -> entry.event() instanceof Event.Prompted)
                            .count());
        }
    }
}
