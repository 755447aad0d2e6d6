package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.failure;
import static dev.bowline.testkit.ScriptedModel.hangingAfter;
import static dev.bowline.testkit.ScriptedModel.reply;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.ModelException;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Phase;
import dev.bowline.transcript.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionTest {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    private final Tool look =
            Tool.of(Look.class, (input, context) -> ToolResult.text("saw " + input.what()));
    private final Tool change =
            Tool.of(Change.class, (input, context) -> ToolResult.text("changed " + input.what()));

    private static Agent agent(ScriptedModel model, Tool... tools) {
        return Agent.of(model, a -> a.tools(tools).allow("look", "change"));
    }

    @Test
    void answersAQuestionInOneTurn() throws Exception {
        var model = ScriptedModel.saying(text("Hello there."));
        try (var agent = agent(model)) {
            var answer = agent.ask("  hi  ");
            assertEquals("Hello there.", answer.text());
            assertInstanceOf(Outcome.Completed.class, answer.outcome());
            assertEquals(10, answer.totals().usage().inputTokens());
            assertEquals("hi", model.requests().getFirst().messages().getFirst().text());
        }
    }

    @Test
    void runsACallAndGivesItsResultToTheModel() throws Exception {
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("done"));
        try (var agent = agent(model, look);
                var session = agent.open()) {
            assertEquals("done", session.prompt("go").text());
            var second = model.requests().get(1).messages();
            assertEquals(3, second.size());
            var result =
                    assertInstanceOf(
                            ContentBlock.ToolResult.class, second.get(2).content().getFirst());
            assertEquals("toolu_1", result.toolUseId());
            assertEquals("saw x", ContentBlock.text(result.content()));
            assertEquals(Phase.IDLE, session.phase());
        }
    }

    @Test
    void runsReadingCallsOfOneReplyAtTheSameTime() throws Exception {
        var together = new CyclicBarrier(3);
        var meeting =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            together.await(10, TimeUnit.SECONDS);
                            return ToolResult.text("met");
                        });
        var three = new String[] {"look", "{\"what\":\"x\"}"};
        var model = ScriptedModel.saying(calls(three, three, three), text("done"));
        try (var agent = agent(model, meeting)) {
            assertEquals("done", agent.ask("go").text());
        }
    }

    @Test
    void runsWritingCallsInTheirOrder() throws Exception {
        var order = new ConcurrentLinkedQueue<String>();
        var writing =
                Tool.of(
                        Change.class,
                        (input, context) -> {
                            order.add("begin " + input.what());
                            Thread.yield();
                            order.add("end " + input.what());
                            return ToolResult.text("ok");
                        });
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"change", "{\"what\":\"a\"}"},
                                new String[] {"change", "{\"what\":\"b\"}"}),
                        text("done"));
        try (var agent = agent(model, writing)) {
            agent.ask("go");
        }
        assertEquals(List.of("begin a", "end a", "begin b", "end b"), List.copyOf(order));
    }

    @Test
    void tellsTheModelWhatIsWrongWithACallAndGoesOn() throws Exception {
        var throwing =
                Tool.of(
                        Change.class,
                        (input, context) -> {
                            throw new IllegalStateException("the disk is on fire");
                        });
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"nothing", "{}"},
                                new String[] {"look", "{\"wat\":1}"},
                                new String[] {
                                    "look", "{\"__unparsedToolInput\":{\"raw\":\"{\",\"len\":1}}"
                                },
                                new String[] {"change", "{\"what\":\"x\"}"}),
                        text("I see"));
        try (var agent = agent(model, look, throwing);
                var session = agent.open()) {
            assertEquals("I see", session.prompt("go").text());
            var results =
                    session.entries().stream()
                            .map(entry -> entry.event())
                            .filter(Event.ToolFinished.class::isInstance)
                            .map(Event.ToolFinished.class::cast)
                            .toList();
            assertEquals(
                    List.of(
                            "tool_unknown",
                            "tool_input_invalid",
                            "tool_input_invalid",
                            "tool_crashed"),
                    results.stream().map(Event.ToolFinished::code).toList());
            var texts =
                    results.stream().map(result -> ContentBlock.text(result.content())).toList();
            assertTrue(texts.get(0).contains("No such tool available: nothing"), texts.get(0));
            assertTrue(
                    texts.get(1).contains("\"what\" is missing")
                            && texts.get(1).contains("\"wat\""),
                    texts.get(1));
            assertTrue(texts.get(2).contains("not valid JSON"), texts.get(2));
            assertTrue(texts.get(3).contains("the disk is on fire"), texts.get(3));
        }
    }

    @Test
    void refusesWhatNoRuleAllowsWhenNobodyCanBeAsked() throws Exception {
        var model = ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("sorry"));
        try (var agent = Agent.of(model, a -> a.tools(change));
                var session = agent.open()) {
            assertEquals("sorry", session.prompt("go").text());
            var events = session.entries().stream().map(entry -> entry.event()).toList();
            assertTrue(events.stream().noneMatch(Event.ToolStarted.class::isInstance));
            assertTrue(events.stream().anyMatch(Event.PermissionAsked.class::isInstance));
            assertTrue(
                    events.stream()
                            .anyMatch(e ->
                                    e instanceof Event.ToolFinished f
                                            && "permission_denied".equals(f.code())));
        }
    }

    @Test
    void keepsWhatWasSaidWhenInterruptedInTheMiddle() throws Exception {
        var reached = new CountDownLatch(1);
        var model = ScriptedModel.saying(hangingAfter("Once upon", reached), text("again"));
        try (var agent = agent(model);
                var session = agent.open()) {
            var turn = session.prompt("tell");
            reached.await();
            assertTrue(session.interrupt());
            assertEquals(new Outcome.Interrupted("user"), turn.await());
            assertEquals("again", session.prompt("more").text());
            var said = model.requests().get(1).messages();
            assertEquals("Once upon", said.get(1).text());
            assertEquals(Role.USER, said.get(2).role());
        }
    }

    @Test
    void answersEveryCallWhenInterruptedInATool() throws Exception {
        var started = new CountDownLatch(1);
        var hanging =
                Tool.of(
                        Change.class,
                        (input, context) -> {
                            started.countDown();
                            new CountDownLatch(1).await();
                            return ToolResult.text("never");
                        });
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"change", "{\"what\":\"a\"}"},
                                new String[] {"change", "{\"what\":\"b\"}"}),
                        text("ok"));
        try (var agent = agent(model, hanging);
                var session = agent.open()) {
            var turn = session.prompt("go");
            started.await();
            turn.interrupt();
            assertEquals(new Outcome.Interrupted("user"), turn.await());
            assertTrue(session.state().pending().isEmpty());
            assertEquals("ok", session.prompt("and now").text());
            var results = model.requests().get(1).messages().get(2).content();
            assertEquals(
                    2, results.stream().filter(ContentBlock.ToolResult.class::isInstance).count());
        }
    }

    @Test
    void endsTheTurnAtItsLimitOfModelCalls() throws Exception {
        var model = ScriptedModel.answering(request -> call("look", "{\"what\":\"x\"}"));
        try (var agent = Agent.of(model, a -> a.tools(look).maxTurns(2));
                var session = agent.open()) {
            var outcome =
                    assertInstanceOf(Outcome.LimitReached.class, session.prompt("go").await());
            assertEquals(Outcome.Limit.TURNS, outcome.limit());
            assertTrue(outcome.message().contains("(2)"), outcome.message());
            assertEquals(2, model.requests().size());
            assertTrue(session.state().pending().isEmpty());
        }
    }

    @Test
    void asksACutAnswerToGoOnThreeTimesAtMost() throws Exception {
        var cut = reply(StopReason.MAX_TOKENS, new ContentBlock.Text("and"));
        var model = ScriptedModel.saying(cut, cut, cut, cut);
        try (var agent = agent(model)) {
            var outcome = assertInstanceOf(Outcome.LimitReached.class, agent.ask("go").outcome());
            assertEquals(Outcome.Limit.OUTPUT, outcome.limit());
        }
        assertEquals(4, model.requests().size());
    }

    @Test
    void goesOnAfterAPausedTurnWithoutANewPrompt() throws Exception {
        var model =
                ScriptedModel.saying(
                        reply(StopReason.PAUSE_TURN, new ContentBlock.Text("searching")),
                        text("found"));
        try (var agent = agent(model)) {
            assertEquals("found", agent.ask("go").text());
        }
        assertEquals(Role.ASSISTANT, model.requests().get(1).messages().getLast().role());
    }

    @Test
    void reportsARefusalAsItsOwnOutcome() throws Exception {
        var model = ScriptedModel.saying(reply(StopReason.REFUSAL, new ContentBlock.Text("no")));
        try (var agent = agent(model)) {
            assertEquals(new Outcome.Refused("no", null), agent.ask("go").outcome());
        }
    }

    @Test
    void asksOnceMoreAfterAnEmptyAnswer() throws Exception {
        var model = ScriptedModel.saying(reply(StopReason.END_TURN), text("here"));
        try (var agent = agent(model);
                var session = agent.open()) {
            assertEquals("here", session.prompt("go").text());
            assertEquals(2, session.state().turn().replies());
        }
    }

    @Test
    void completesWithTheSecondEmptyAnswer() throws Exception {
        var model =
                ScriptedModel.saying(
                        reply(StopReason.END_TURN), reply(StopReason.END_TURN), text("here"));
        try (var agent = agent(model);
                var session = agent.open()) {
            assertEquals(
                    new Outcome.Completed("", StopReason.END_TURN), session.prompt("go").await());
            assertEquals("here", session.prompt("hello?").text());
        }
    }

    @Test
    void keepsTheHistoryWhenTheModelFails() throws Exception {
        var down =
                new ModelException(
                        ErrorCode.API_OVERLOADED, "overloaded", 529, true, null, null, null);
        var model = ScriptedModel.saying(text("one"), failure(down), text("two"));
        try (var agent = agent(model);
                var session = agent.open()) {
            session.prompt("first").await();
            var failed = assertInstanceOf(Outcome.Failed.class, session.prompt("second").await());
            assertEquals(529, failed.status());
            assertEquals(Phase.ERROR, session.phase());
            assertEquals("two", session.prompt("third").text());
            assertEquals(
                    List.of("first", "one", "secondthird"),
                    model.requests().get(2).messages().stream().map(m -> m.text()).toList());
        }
    }

    @Test
    void refusesBadPromptsAndStaysAsItWas() throws Exception {
        try (var agent =
                        Agent.of(
                                ScriptedModel.saying(),
                                a ->
                                        a.promptLimit(10)
                                                .filter(p ->
                                                        p.contains("bad")
                                                                ? java.util.Optional.of("bad word")
                                                                : java.util.Optional.empty()));
                var session = agent.open()) {
            assertRefused(session, " \n ", ErrorCode.PROMPT_EMPTY);
            assertRefused(session, "12345678901", ErrorCode.PROMPT_TOO_LONG);
            assertRefused(session, "half \ud83d", ErrorCode.PROMPT_NOT_UNICODE);
            assertRefused(session, "bad", ErrorCode.PROMPT_REFUSED);
            assertTrue(session.entries().isEmpty());
            assertEquals(Phase.CREATED, session.phase());
        }
    }

    private static void assertRefused(Session session, String prompt, ErrorCode code) {
        assertEquals(
                code, assertThrows(BowlineException.class, () -> session.prompt(prompt)).code());
    }

    @Test
    void runsQueuedPromptsOneAfterAnotherAndJoinsThoseThatAskForIt() throws Exception {
        var reached = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var waiting =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            reached.countDown();
                            release.await();
                            return ToolResult.text("ok");
                        });
        var model =
                ScriptedModel.saying(
                        call("look", "{\"what\":\"x\"}"), text("first"), text("second"));
        try (var agent = agent(model, waiting);
                var session = agent.open()) {
            var first = session.prompt("one");
            reached.await();
            var later = session.prompt(Prompt.of("two", Prompt.Priority.LATER));
            var joining = session.prompt(Prompt.of("also this", Prompt.Priority.NEXT));
            release.countDown();
            assertEquals("first", first.text());
            assertEquals("first", joining.text());
            assertEquals("second", later.text());
            var joined = model.requests().get(1).messages().getLast();
            assertInstanceOf(ContentBlock.ToolResult.class, joined.content().getFirst());
            assertEquals("also this", joined.text());
        }
    }

    @Test
    void aPromptThatIsUrgentInterruptsTheTurn() throws Exception {
        var reached = new CountDownLatch(1);
        var model = ScriptedModel.saying(hangingAfter("hm", reached), text("at once"));
        try (var agent = agent(model);
                var session = agent.open()) {
            var first = session.prompt("slow");
            reached.await();
            assertEquals("at once", session.prompt(Prompt.of("stop", Prompt.Priority.NOW)).text());
            assertInstanceOf(Outcome.Interrupted.class, first.await());
        }
    }

    @Test
    void aListenerHearsEveryEntryAndEveryPieceInOrder() throws Exception {
        var heard = new ArrayList<Update>();
        try (var agent = agent(ScriptedModel.saying(text("a b c")));
                var session = agent.open()) {
            session.prompt(Prompt.of("go"), heard::add).await();
        }
        var kinds = heard.stream().map(SessionTest::kind).toList();
        assertEquals(
                List.of(
                        "Opened",
                        "Prompted",
                        "MessageStarted",
                        "BlockStarted",
                        "a ",
                        "b ",
                        "c",
                        "BlockStopped",
                        "MessageEnding",
                        "MessageStopped",
                        "Replied",
                        "TurnEnded"),
                kinds);
    }

    private static String kind(Update update) {
        return switch (update) {
            case dev.bowline.transcript.Entry entry -> entry.event().getClass().getSimpleName();
            case Update.Delta(_, StreamEvent.TextDelta(int index, String piece)) -> piece;
            case Update.Delta(_, StreamEvent event) -> event.getClass().getSimpleName();
            case Update.Snapshot snapshot -> "snapshot " + snapshot.textSoFar();
            case Update.Progress progress -> "progress";
            case Update.Compacting compacting -> "compacting";
            case Update.Running running -> "running";
            case Update.Task task -> "task";
        };
    }

    @Test
    void whoJoinsInTheMiddleGetsTheTextSoFarOnce() throws Exception {
        var reached = new CountDownLatch(1);
        var model = ScriptedModel.saying(hangingAfter("Once upon", reached));
        var heard = new ConcurrentLinkedQueue<String>();
        var snapshot = new CountDownLatch(1);
        try (var agent = agent(model);
                var session = agent.open()) {
            var turn = session.prompt("tell");
            reached.await();
            var subscription =
                    session.follow(
                            0,
                            update -> {
                                heard.add(kind(update));
                                if (update instanceof Update.Snapshot) {
                                    snapshot.countDown();
                                }
                            });
            snapshot.await();
            turn.interrupt();
            turn.await();
            session.close();
            subscription.await();
        }
        assertEquals(
                List.of(
                        "Opened",
                        "Prompted",
                        "snapshot Once upon",
                        "Replied",
                        "Noted",
                        "TurnEnded"),
                List.copyOf(heard));
    }

    @Test
    void rewindsToAnEntryAndForgetsWhatCameAfter() throws Exception {
        var model = ScriptedModel.saying(text("one"), text("two"), text("three"));
        try (var agent = agent(model);
                var session = agent.open()) {
            session.prompt("first").await();
            long here = session.state().number();
            session.prompt("second").await();
            session.rewind(here);
            session.prompt("third").await();
            assertEquals(
                    List.of("first", "one", "third"),
                    model.requests().get(2).messages().stream().map(m -> m.text()).toList());
            assertFalse(session.entries().isEmpty());
        }
    }

    @Test
    void forksFromTheMiddleWithoutTouchingTheParent() throws Exception {
        var model = ScriptedModel.saying(text("one"), text("two"), text("forked"));
        try (var agent = agent(model)) {
            var parent = agent.open();
            parent.prompt("first").await();
            long here = parent.state().number();
            parent.prompt("second").await();
            var before = parent.entries().size();
            try (var fork = agent.fork(parent.id(), here)) {
                assertEquals("forked", fork.prompt("other").text());
                assertEquals(
                        List.of("first", "one", "other"),
                        model.requests().get(2).messages().stream().map(m -> m.text()).toList());
                assertEquals(parent.id(), fork.state().opened().orElseThrow().origin().session());
            }
            assertEquals(before, parent.entries().size());
            parent.close();
        }
    }

    @Test
    void resumesWhereItStoppedAndRefusesASecondWriter() throws Exception {
        var model = ScriptedModel.saying(text("one"), text("two"));
        try (var agent = agent(model)) {
            var session = agent.open();
            session.prompt("first").await();
            var busy = assertThrows(BowlineException.class, () -> agent.resume(session.id()));
            assertEquals(ErrorCode.STORE_IN_USE, busy.code());
            session.close();
            try (var again = agent.resume(session.id())) {
                assertEquals("two", again.prompt("second").text());
                assertEquals(3, model.requests().get(1).messages().size());
            }
        }
    }

    @Test
    void aToolThatTakesTooLongIsStoppedAndTheTurnGoesOn() throws Exception {
        var slow =
                new Tool() {
                    @Override
                    public dev.bowline.message.ToolDefinition definition() {
                        return look.definition();
                    }

                    @Override
                    public Effect effect() {
                        return Effect.READ;
                    }

                    @Override
                    public java.time.Duration timeout() {
                        return java.time.Duration.ofMillis(50);
                    }

                    @Override
                    public ToolResult call(
                            dev.bowline.json.Json input, dev.bowline.tool.ToolContext context)
                            throws Exception {
                        new CountDownLatch(1).await();
                        return ToolResult.text("never");
                    }
                };
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("ok"));
        try (var agent = agent(model, slow);
                var session = agent.open()) {
            assertEquals("ok", session.prompt("go").text());
            assertTrue(
                    session.entries().stream()
                            .anyMatch(e ->
                                    e.event() instanceof Event.ToolFinished f
                                            && "tool_timeout".equals(f.code())));
        }
    }

    @Test
    void keepsALongResultInFullBesideTheSession() throws Exception {
        var flood = Tool.of(Look.class, (input, context) -> ToolResult.text("x".repeat(400_000)));
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("ok"));
        try (var agent = agent(model, flood);
                var session = agent.open()) {
            session.prompt("go").await();
            var shown =
                    ContentBlock.text(
                            ((ContentBlock.ToolResult)
                                            model.requests()
                                                    .get(1)
                                                    .messages()
                                                    .get(2)
                                                    .content()
                                                    .getFirst())
                                    .content());
            assertTrue(shown.length() < 3_000, "shown " + shown.length());
            var path =
                    java.nio.file.Path.of(
                            shown.lines()
                                    .filter(l -> l.contains("saved to: "))
                                    .findFirst()
                                    .orElseThrow()
                                    .split("saved to: ")[1]);
            assertEquals(400_000, java.nio.file.Files.size(path));
        }
    }

    @Test
    void measuresWhereTheTimeOfATurnWent() throws Exception {
        var model = ScriptedModel.saying(call("look", "{\"what\":\"x\"}"), text("ok"));
        try (var agent = agent(model, look);
                var session = agent.open()) {
            session.prompt("go").await();
            var figures = ((Event.TurnEnded) session.entries().getLast().event()).figures();
            assertEquals(2, figures.apiCalls());
            assertEquals(1, figures.toolCalls());
            assertEquals(
                    figures.total(),
                    figures.validation()
                            .plus(figures.api())
                            .plus(figures.tools())
                            .plus(figures.overhead()));
        }
    }

    @Test
    void stopsAtTheBudgetBeforeTheNextCall() throws Exception {
        var model = ScriptedModel.answering(request -> call("look", "{\"what\":\"x\"}"));
        try (var agent =
                        Agent.of(
                                model,
                                a ->
                                        a.tools(look)
                                                .prices((name, usage) -> 400_000_000L)
                                                .budgetUsd(new java.math.BigDecimal("1.00")));
                var session = agent.open()) {
            var outcome =
                    assertInstanceOf(Outcome.LimitReached.class, session.prompt("go").await());
            assertEquals(Outcome.Limit.BUDGET, outcome.limit());
            assertEquals(3, model.requests().size());
        }
    }

    @Test
    void aListenerThatFailsEndsTheTurnAndNotTheSession() throws Exception {
        try (var agent = agent(ScriptedModel.saying(text("a"), text("b")));
                var session = agent.open()) {
            var turn =
                    session.prompt(
                            Prompt.of("go"),
                            update -> {
                                if (update instanceof Update.Delta) {
                                    throw new IllegalStateException("listener broke");
                                }
                            });
            var failed = assertInstanceOf(Outcome.Failed.class, turn.await());
            assertTrue(failed.message().contains("listener broke"), failed.message());
            assertEquals("b", session.prompt("again").text());
        }
    }

    @Test
    void whatIsBeingTypedIsNamedLikeTheEntryThatFollows() throws Exception {
        var reached = new CountDownLatch(1);
        var heard = new ArrayList<Update>();
        try (var agent = agent(ScriptedModel.saying(text("a b"), hangingAfter("cut", reached)));
                var session = agent.open()) {
            session.prompt(Prompt.of("go"), heard::add).await();
            var turn = session.prompt(Prompt.of("more"), heard::add);
            reached.await();
            turn.interrupt();
            turn.await();
        }
        var named =
                heard.stream()
                        .filter(Update.Delta.class::isInstance)
                        .map(update -> ((Update.Delta) update).entry())
                        .distinct()
                        .toList();
        var replies =
                heard.stream()
                        .filter(update ->
                                update instanceof dev.bowline.transcript.Entry entry
                                        && entry.event() instanceof Event.Replied)
                        .map(update -> ((dev.bowline.transcript.Entry) update).id())
                        .toList();
        assertEquals(replies, named);
    }

    @Test
    void aBudgetInDollarsNeedsAPrice() throws Exception {
        var model = ScriptedModel.saying();
        try (var agent =
                Agent.of(model, a -> a.modelName("nameless").budgetUsd(java.math.BigDecimal.ONE))) {
            var outcome = assertInstanceOf(Outcome.LimitReached.class, agent.ask("go").outcome());
            assertTrue(outcome.message().contains("nameless"), outcome.message());
        }
        assertEquals(0, model.requests().size());
    }

    @Test
    void callsThatWereDoneKeepTheirResultsWhenAnotherIsInterrupted() throws Exception {
        var hangs = new CountDownLatch(1);
        var mixed =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            if (input.what().equals("slow")) {
                                hangs.countDown();
                                new CountDownLatch(1).await();
                            }
                            return ToolResult.text("saw it");
                        });
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"look", "{\"what\":\"quick\"}"},
                                new String[] {"look", "{\"what\":\"slow\"}"}));
        try (var agent = agent(model, mixed);
                var session = agent.open()) {
            var quickDone = new CountDownLatch(1);
            var turn =
                    session.prompt(
                            Prompt.of("go"),
                            update -> {
                                if (update instanceof dev.bowline.transcript.Entry entry
                                        && entry.event() instanceof Event.ToolFinished) {
                                    quickDone.countDown();
                                }
                            });
            hangs.await();
            quickDone.await();
            turn.interrupt();
            turn.await();
            var codes =
                    session.entries().stream()
                            .filter(entry -> entry.event() instanceof Event.ToolFinished)
                            .map(entry ->
                                    String.valueOf(((Event.ToolFinished) entry.event()).code()))
                            .toList();
            assertEquals(List.of("null", "tool_interrupted"), codes);
        }
    }

    @Test
    void aFollowerThatFailsLeavesTheSessionAlone() throws Exception {
        try (var agent = agent(ScriptedModel.saying(text("a"), text("b")));
                var session = agent.open()) {
            var subscription =
                    session.follow(
                            -5,
                            update -> {
                                throw new IllegalStateException("can't");
                            });
            session.prompt("go").await();
            subscription.await();
            assertEquals("b", session.prompt("again").text());
        }
    }
}
