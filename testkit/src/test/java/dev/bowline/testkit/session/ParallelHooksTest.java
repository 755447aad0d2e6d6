package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.Answer;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.VirtualTime;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelHooksTest {
    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<HookEvent> told = new ConcurrentLinkedQueue<>();
    private final MemoryStore store = new MemoryStore();
    private final VirtualTime time = new VirtualTime();
    private final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> {
                        ran.add(input.what());
                        return ToolResult.text("changed " + input.what());
                    });

    private Answer ask(ScriptedModel model, Consumer<AgentOptions> options) throws Exception {
        try (var agent =
                Agent.of(
                        model,
                        ((Consumer<AgentOptions>) a -> a.tools(change).allow("change").store(store))
                                .andThen(options))) {
            return agent.ask("go");
        }
    }

    private List<Event> events(Answer answer) {
        try (var log = store.open(answer.session())) {
            return log.entries().stream().map(entry -> entry.event()).toList();
        }
    }

    private static ScriptedModel oneCall() {
        return ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("done"));
    }

    private static String result(ScriptedModel model) {
        var content = model.requests().get(1).messages().get(2).content();
        return ContentBlock.text(((ContentBlock.ToolResult) content.getFirst()).content());
    }

    private static <E extends HookEvent> Hook on(Class<E> type, Hook hook) {
        return event -> type.isInstance(event) ? hook.on(event) : HookOutcome.none();
    }

    /// A hook with everything that has a default.
    private record Full(
            Predicate<HookEvent> wants, Duration limit, boolean blocks, Hook does)
            implements Hook {
        @Override
        public HookOutcome on(HookEvent event) throws Exception {
            return does.on(event);
        }

        @Override
        public boolean matches(HookEvent event) {
            return wants.test(event);
        }

        @Override
        public boolean blocksOnFailure(HookEvent event) {
            return blocks || Hook.super.blocksOnFailure(event);
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.ofNullable(limit);
        }
    }

    private static HookOutcome hang(HookEvent event) throws InterruptedException {
        new CountDownLatch(1).await();
        return HookOutcome.none();
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
    void aPromptHookThatSaysNothingHas30Seconds() throws Exception {
        var stuck =
                new Full(
                        HookEvent.UserPromptSubmit.class::isInstance,
                        null,
                        false,
                        ParallelHooksTest::hang);
        try (var agent = Agent.of(ScriptedModel.saying(), a -> a.hooks(stuck).time(time));
                var session = agent.open()) {
            var clock =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    time.awaitSleepers(1);
                                    time.advance(Hook.PROMPT_TIMEOUT);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            var refused = assertThrows(BowlineException.class, () -> session.prompt("hi"));
            assertEquals(ErrorCode.PROMPT_BLOCKED_BY_HOOK, refused.code());
            assertTrue(session.entries().isEmpty());
            clock.join();
        }
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

    @Test
    void aHookMayEndTheTurnWhenTheCallsUnderWayAreDone() throws Exception {
        for (var type :
                List.of(
                        HookEvent.PreToolUse.class,
                        HookEvent.PostToolUse.class,
                        HookEvent.PostToolBatch.class)) {
            ran.clear();
            var model = oneCall();
            var answer = ask(model, a -> a.hooks(on(type, event -> HookOutcome.stop("enough"))));
            assertEquals(new Outcome.Stopped(type.getSimpleName(), "enough", ""), answer.outcome());
            assertEquals(List.of("x"), List.copyOf(ran));
            assertEquals(1, model.requests().size());
        }
    }

    @Test
    void aRefusedBatchEndsTheTurnAsWell() throws Exception {
        var answer =
                ask(
                        oneCall(),
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.PostToolBatch.class,
                                                event -> HookOutcome.refuse("no more"))));
        assertEquals(new Outcome.Stopped("PostToolBatch", "no more", ""), answer.outcome());
    }

    @Test
    void aStopHookThatSaysStopBeatsOneThatWantsMore() throws Exception {
        var answer =
                ask(
                        ScriptedModel.saying(text("finished")),
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.Stop.class,
                                                event -> HookOutcome.refuse("go on")),
                                        on(
                                                HookEvent.Stop.class,
                                                event -> HookOutcome.stop("enough"))));
        assertEquals(new Outcome.Stopped("Stop", "enough", "finished"), answer.outcome());
    }

    @Test
    void aPromptHookMayKeepThePromptAndEndTheTurnBeforeTheModelIsAsked() throws Exception {
        var model = ScriptedModel.saying();
        var answer =
                ask(
                        model,
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.UserPromptSubmit.class,
                                                event -> HookOutcome.stop("closed"))));
        assertEquals(new Outcome.Stopped("UserPromptSubmit", "closed", ""), answer.outcome());
        assertTrue(model.requests().isEmpty());
        assertEquals(1, events(answer).stream().filter(Event.Prompted.class::isInstance).count());
        assertEquals(1, events(answer).stream().filter(Event.TurnEnded.class::isInstance).count());
    }

    @Test
    void aMessageForTheUserIsRecordedAndNotToldToTheModel() throws Exception {
        var model = oneCall();
        var answer =
                ask(
                        model,
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.PostToolUse.class,
                                                event -> HookOutcome.message("look here"))));
        assertEquals(
                List.of("look here"),
                events(answer).stream()
                        .flatMap(event ->
                                event instanceof Event.HookRan hook
                                        ? Stream.ofNullable(hook.message())
                                        : Stream.of())
                        .toList());
        assertTrue(
                model.requests().get(1).messages().stream()
                        .noneMatch(m -> m.text().contains("look here")));
    }

    @Test
    void theBatchCarriesItsCallsAndResultsTheirTime() throws Exception {
        Hook listening =
                event -> {
                    told.add(event);
                    return HookOutcome.none();
                };
        ask(oneCall(), a -> a.hooks(listening));
        var batch = the(HookEvent.PostToolBatch.class);
        assertEquals(1, batch.calls().size());
        assertEquals("change", batch.calls().getFirst().tool());
        assertEquals("changed x", batch.calls().getFirst().output());
        assertEquals("x", batch.calls().getFirst().input().asMap().get("what"));
        assertTrue(the(HookEvent.PostToolUse.class).took().toNanos() > 0);
    }

    private <E extends HookEvent> E the(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    // prompts that wait

    private static Hook gate(String word) {
        return on(
                HookEvent.UserPromptSubmit.class,
                event ->
                        ((HookEvent.UserPromptSubmit) event).prompt().contains(word)
                                ? HookOutcome.refuse("not " + word)
                                : HookOutcome.none());
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

    @Test
    void aWaitingPromptThatIsRefusedIsTakenBackAndSaysWhy() throws Exception {
        for (var priority : List.of(Prompt.Priority.LATER, Prompt.Priority.NEXT)) {
            var working = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            try (var agent =
                            Agent.of(
                                    waitingModel(working, goOn),
                                    a -> a.tools(change).allow("change").hooks(gate("secret")));
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
            var interrupting =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    at.await();
                                    session.interrupt();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            var refused = assertThrows(BowlineException.class, () -> session.prompt("hi"));
            assertEquals(ErrorCode.PROMPT_BLOCKED_BY_HOOK, refused.code());
            assertTrue(session.entries().isEmpty());
            interrupting.join();
        }
    }

    @Test
    void closingTheSessionKeepsAPromptThatHooksWereLookingAt() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var looking = new CountDownLatch(1);
        var stuck =
                on(
                        HookEvent.UserPromptSubmit.class,
                        event -> {
                            if (((HookEvent.UserPromptSubmit) event).prompt().equals("second")) {
                                looking.countDown();
                                return hang(event);
                            }
                            return HookOutcome.none();
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
                on(
                        HookEvent.UserPromptSubmit.class,
                        event -> {
                            if (((HookEvent.UserPromptSubmit) event).prompt().equals("second")) {
                                looking.countDown();
                                decide.await();
                            }
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
