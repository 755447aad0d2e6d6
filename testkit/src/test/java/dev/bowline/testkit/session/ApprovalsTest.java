package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.AgentOptions;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.OnTimeout;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.VirtualTime;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Answers;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Phase;
import dev.bowline.transcript.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions of permission that outlive the turn and the process that asked them.
@Timeout(60)
final class ApprovalsTest extends AskedAgent {
    private static final SessionId ID = new SessionId("approvals");
    private static final Decision YES = new Decision.Allow("fine");
    private static final Decision NO = new Decision.Deny("not today", "Not today.");

    @TempDir private Path root;
    private JsonlStore store;

    private JsonlStore store() {
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

    private void later(ScriptedModel model, Use use) throws Exception {
        with(model, a -> a.approver(Approver.later()), use);
    }

    private interface Use {
        void of(Session session) throws Exception;
    }

    private void with(ScriptedModel model, Consumer<AgentOptions> options, Use use)
            throws Exception {
        with(model, options.andThen(a -> a.store(store())), false, use);
    }

    private void resumed(ScriptedModel model, Consumer<AgentOptions> options, Use use)
            throws Exception {
        with(model, options.andThen(a -> a.store(store())), true, use);
    }

    private void with(ScriptedModel model, Consumer<AgentOptions> options, boolean resume, Use use)
            throws Exception {
        try (var agent = agent(model, options);
                var session = resume ? agent.resume(ID) : agent.open(ID)) {
            use.of(session);
        }
    }

    private static String putOff(Session session) throws Exception {
        var off = assertInstanceOf(Outcome.Deferred.class, session.prompt("go").await());
        assertEquals("change", off.tool());
        return off.toolUseId();
    }

    @Test
    void aQuestionForLaterEndsTheTurnAndTheCallRunsOnceItIsAllowed() throws Exception {
        var model = oneCall();
        later(
                model,
                session -> {
                    var id = putOff(session);
                    assertEquals(Phase.WAITING_FOR_APPROVAL, session.phase());
                    var open = session.approvals().getFirst();
                    assertEquals(id, open.toolUseId());
                    assertEquals("{\"what\":\"a\"}", open.input().text());
                    assertTrue(session.proceed().isEmpty(), "nobody has answered");
                    var done = session.answer(id, YES, "ann");
                    assertEquals(Approval.State.ANSWERED, done.state());
                    assertEquals("ann", done.by());
                    assertTrue(ran.isEmpty());
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertTrue(session.proceed().isEmpty());
                    assertEquals(2, model.requests().size());
                    assertEquals("changed a", lastResult(model));
                    assertEquals(
                            1, model.requests().getLast().messages().getLast().content().size());
                });
    }

    @Test
    void theAnswerMayComeToAnotherProcessAndTheCallRunsInAThird() throws Exception {
        var ids = new ConcurrentLinkedQueue<String>();
        later(oneCall(), session -> ids.add(putOff(session)));
        var answers = new Answers(store(), TimeSource.system());
        assertEquals(1, answers.open(ID).size());
        assertEquals(Answers.Given.RECORDED, answers.give(ID, ids.peek(), true, false, "", "ann"));
        var again =
                assertThrows(
                        BowlineException.class,
                        () -> answers.give(ID, ids.peek(), false, false, "", "bob"));
        assertEquals(ErrorCode.APPROVAL_CLOSED, again.code());
        assertTrue(again.getMessage().contains("already answered by ann at "), again.getMessage());
        var model = ScriptedModel.saying(text("done"));
        resumed(
                model,
                a -> a.approver(Approver.later()),
                session -> assertEquals("done", session.proceed().orElseThrow().text()));
        assertEquals(List.of("a"), List.copyOf(ran));
        var history = Approval.of(ID, store().read(ID));
        assertEquals(1, history.size());
        assertEquals("ann", history.getFirst().by());
        assertEquals("allowed by ann", history.getFirst().decision().reason());
    }

    @Test
    void aNoCountsEvenIfARuleAllowsTheCallMeanwhile() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), NO, "ann"));
        var model = ScriptedModel.saying(text("done"));
        var heard = new ConcurrentLinkedQueue<Event>();
        resumed(
                model,
                a -> a.approver(Approver.later()).allow("change"),
                session ->
                        session.proceed(
                                        update -> {
                                            if (update
                                                    instanceof dev.bowline.transcript.Entry entry) {
                                                heard.add(entry.event());
                                            }
                                        })
                                .orElseThrow()
                                .await());
        assertTrue(ran.isEmpty());
        assertEquals("Not today.", lastResult(model));
        assertTrue(heard.stream().anyMatch(Event.PermissionDecided.class::isInstance));
    }

    @Test
    void aDenyRuleAddedMeanwhileWins() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), YES, "ann"));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(Approver.later()).deny("change(*)"),
                session -> session.proceed().orElseThrow().await());
        resumedNothingRan();
    }

    private void resumedNothingRan() {
        assertTrue(ran.isEmpty(), ran.toString());
    }

    @Test
    void aDenyOfTheWholeToolWinsToo() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), YES, "ann"));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(Approver.later()).deny("change"),
                session -> session.proceed().orElseThrow().await());
        resumedNothingRan();
    }

    @Test
    void aHookThatChangesTheInputMeanwhileMakesItAnotherQuestion() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), YES, "ann"));
        Hook changing =
                event ->
                        event instanceof HookEvent.PreToolUse
                                ? HookOutcome.input(Json.parse("{\"what\":\"b\"}"))
                                : HookOutcome.none();
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(Approver.later()).hooks(changing),
                session -> {
                    assertInstanceOf(
                            Outcome.Deferred.class, session.proceed().orElseThrow().await());
                    assertEquals("{\"what\":\"b\"}", session.approvals().getFirst().input().text());
                });
        resumedNothingRan();
    }

    @Test
    void aPromptMeanwhileWaitsForTheAnswerAndNothingIsAskedTwice() throws Exception {
        var model = oneCall();
        later(
                model,
                session -> {
                    var id = putOff(session);
                    assertInstanceOf(Outcome.Deferred.class, session.prompt("and?").await());
                    assertEquals(1, session.approvals().size());
                    assertEquals(
                            1,
                            session.entries().stream()
                                    .filter(entry -> entry.event() instanceof Event.PermissionAsked)
                                    .count());
                    session.answer(id, YES, "ann");
                    assertInstanceOf(Outcome.Completed.class, session.prompt("go on").await());
                    assertEquals(List.of("a"), List.copyOf(ran));
                });
    }

    @Test
    void callsBeforeTheOneThatIsPutOffRunAndThoseAfterItLater() throws Exception {
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"change", "{\"what\":\"a\"}"},
                                new String[] {"change", "{\"what\":\"b\"}"},
                                new String[] {"change", "{\"what\":\"c\"}"}),
                        text("done"));
        var yesToA = allowing("a");
        with(
                model,
                a -> a.approver(Approver.later()).hooks(yesToA),
                session -> {
                    var id = putOff(session);
                    assertEquals(List.of("a"), List.copyOf(ran));
                    session.answer(id, YES, "ann");
                    var second =
                            assertInstanceOf(
                                    Outcome.Deferred.class,
                                    session.proceed().orElseThrow().await());
                    assertEquals(List.of("a", "b"), List.copyOf(ran));
                    session.answer(second.toolUseId(), NO, "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a", "b"), List.copyOf(ran));
                    var said = model.requests().getLast().messages();
                    assertEquals(3, said.size());
                    assertEquals(3, said.getLast().content().size());
                });
    }

    private static Hook allowing(String what) {
        return event ->
                event instanceof HookEvent.PreToolUse before
                                && what.equals(before.input().asMap().get("what"))
                        ? HookOutcome.allow("known")
                        : HookOutcome.none();
    }

    @Test
    void aSessionThatHasBegunToPlanAsksAgain() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), YES, "ann"));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(Approver.later()),
                session -> {
                    session.permissionMode(PermissionMode.PLAN);
                    assertInstanceOf(
                            Outcome.Deferred.class, session.proceed().orElseThrow().await());
                });
        resumedNothingRan();
    }

    @Test
    void aConversationIsNotSummarisedAroundACallThatIsPutOff() throws Exception {
        later(
                oneCall(),
                session -> {
                    var id = putOff(session);
                    var refused = assertThrows(BowlineException.class, () -> session.compact(""));
                    assertEquals(ErrorCode.COMPACTION_FAILED, refused.code());
                    session.answer(id, YES, "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                });
    }

    @Test
    void aHookThatAnswersIsHeardBeforeAQuestionIsLeft() throws Exception {
        Hook yes =
                event ->
                        event instanceof HookEvent.PermissionRequested
                                ? HookOutcome.allow("known")
                                : HookOutcome.none();
        with(
                oneCall(),
                a -> a.approver(Approver.later()).hooks(yes),
                session -> {
                    assertEquals("done", session.prompt("go").text());
                    assertEquals("hook", Approval.of(ID, session.entries()).getFirst().by());
                });
        assertEquals(List.of("a"), List.copyOf(ran));
    }

    @Test
    void withoutAnyNextTurnAQuestionForLaterIsANo() throws Exception {
        try (var agent = agent(oneCall(), a -> a.approver(Approver.later()))) {
            var done = agent.call("change", Json.parse("{\"what\":\"a\"}"));
            assertEquals("permission_denied", done.code());
        }
        resumedNothingRan();
    }

    /// Answers while somebody is being asked.
    @Test
    void anAnswerFromElsewhereWinsOverAPersonWhoStillThinks() throws Exception {
        var asking = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Approver thinking =
                request -> {
                    asking.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException withdrawn) {
                        stopped.countDown();
                        throw withdrawn;
                    }
                    return NO;
                };
        with(
                oneCall(),
                a -> a.approver(thinking),
                session -> {
                    var turn = session.prompt("go");
                    asking.await();
                    var id = session.approvals().getFirst().toolUseId();
                    session.answer(id, YES, "ann");
                    assertEquals("done", turn.text());
                    stopped.await();
                    assertEquals(List.of("a"), List.copyOf(ran));
                    var late =
                            assertThrows(
                                    BowlineException.class, () -> session.answer(id, NO, "bob"));
                    assertEquals(ErrorCode.APPROVAL_CLOSED, late.code());
                    assertTrue(late.getMessage().contains("by ann"), late.getMessage());
                });
    }

    @Test
    void ofManyAnswersAtOnceExactlyOneCounts() throws Exception {
        later(
                oneCall(),
                session -> {
                    var id = putOff(session);
                    var won = new AtomicInteger();
                    var closed = new AtomicInteger();
                    var threads =
                            java.util.stream.IntStream.range(0, 16)
                                    .mapToObj(i ->
                                            Thread.ofVirtual()
                                                    .start(() -> {
                                                        try {
                                                            session.answer(id, YES, "p" + i);
                                                            won.incrementAndGet();
                                                        } catch (BowlineException e) {
                                                            closed.incrementAndGet();
                                                        }
                                                    }))
                                    .toList();
                    for (var thread : threads) {
                        thread.join();
                    }
                    assertEquals(1, won.get());
                    assertEquals(15, closed.get());
                    session.proceed().orElseThrow().await();
                    assertEquals(List.of("a"), List.copyOf(ran));
                });
    }

    @Test
    void answersToNothingAreRefused() throws Exception {
        later(
                oneCall(),
                session -> {
                    var id = putOff(session);
                    var unknown =
                            assertThrows(
                                    BowlineException.class,
                                    () -> session.answer("toolu_none", YES, "ann"));
                    assertEquals(ErrorCode.APPROVAL_UNKNOWN, unknown.code());
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> session.answer(id, new Decision.Ask("?"), "ann"));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> session.answer(id, YES, "two\nlines"));
                    session.rewind(1);
                    var gone =
                            assertThrows(
                                    BowlineException.class, () -> session.answer(id, YES, "ann"));
                    assertEquals(ErrorCode.APPROVAL_CLOSED, gone.code());
                });
    }

    @Test
    void aForkAsksAnew() throws Exception {
        later(oneCall(), session -> session.answer(putOff(session), YES, "ann"));
        try (var agent =
                        agent(
                                ScriptedModel.saying(text("done")),
                                a -> a.approver(Approver.later()).store(store()));
                var fork = agent.fork(ID)) {
            assertTrue(fork.approvals().isEmpty());
            assertInstanceOf(Outcome.Deferred.class, fork.proceed().orElseThrow().await());
            assertEquals(1, fork.approvals().size());
        }
        resumedNothingRan();
    }

    @Test
    void acceptedSuggestionsHoldFromTheCallOn() throws Exception {
        var model =
                ScriptedModel.saying(
                        call("change", "{\"what\":\"a\"}"),
                        call("change", "{\"what\":\"b\"}"),
                        text("done"));
        later(
                model,
                session -> {
                    var id = putOff(session);
                    session.answer(
                            id,
                            new Decision.Allow(
                                    "always", null, List.of(allowChange(Destination.SESSION))),
                            "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a", "b"), List.copyOf(ran));
                });
    }

    @Test
    void nobodyInTimeIsANoOfTheClock() throws Exception {
        timeOut(
                OnTimeout.DENY,
                (session, outcome) -> {
                    assertInstanceOf(Outcome.Completed.class, outcome);
                    var done = Approval.of(ID, session.entries()).getFirst();
                    assertEquals("timeout", done.by());
                    assertInstanceOf(Decision.Deny.class, done.decision());
                });
        resumedNothingRan();
    }

    @Test
    void orItIsLeftForLater() throws Exception {
        timeOut(
                OnTimeout.DEFER,
                (session, outcome) -> {
                    assertInstanceOf(Outcome.Deferred.class, outcome);
                    assertEquals(1, session.approvals().size());
                    session.answer(session.approvals().getFirst().toolUseId(), YES, "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                });
    }

    private interface Ended {
        void with(Session session, Outcome outcome) throws Exception;
    }

    private void timeOut(OnTimeout then, Ended ended) throws Exception {
        var time = new VirtualTime();
        with(
                oneCall(),
                a ->
                        a.approver(Approver.elsewhere())
                                .approvalTimeout(Duration.ofMinutes(5), then)
                                .time(time),
                false,
                session -> {
                    var turn = session.prompt("go");
                    time.awaitSleepers(1);
                    time.advance(Duration.ofMinutes(5));
                    ended.with(session, turn.await());
                });
    }

    /// What a process leaves behind that ends once `last` is on record.
    private void crashedAfter(Class<? extends Event> last, Approver approver) throws Exception {
        var copied = root.resolve("copied");
        with(
                oneCall(),
                a -> a.approver(approver),
                session ->
                        session.prompt(
                                        dev.bowline.Prompt.of("go"),
                                        update -> {
                                            if (update instanceof dev.bowline.transcript.Entry entry
                                                    && last.isInstance(entry.event())) {
                                                copy(copied);
                                            }
                                        })
                                .await());
        store.close();
        store = new JsonlStore(copied);
        ran.clear();
    }

    private void copy(Path to) {
        try {
            var file = store().file(ID);
            var copy = to.resolve(root.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aQuestionSurvivesACrashAndIsAnsweredAfterIt() throws Exception {
        crashedAfter(Event.PermissionAsked.class, answering(NO));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(answering(NO)),
                session -> {
                    var open = session.approvals().getFirst();
                    session.answer(open.toolUseId(), YES, "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertEquals(1, Approval.of(ID, session.entries()).size());
                });
        assertEquals(1, asked.size(), "nobody is asked again");
    }

    @Test
    void aQuestionThatACrashCutOffIsAskedAgainWithoutAnotherEntry() throws Exception {
        crashedAfter(Event.PermissionAsked.class, answering(NO));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(answering(YES)),
                session -> {
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertEquals(1, Approval.of(ID, session.entries()).size());
                });
        assertEquals(2, asked.size());
    }

    @Test
    void anAnswerSurvivesACrashAndTheCallRunsOnceWithoutAnotherQuestion() throws Exception {
        crashedAfter(Event.PermissionDecided.class, answering(YES));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(answering(NO)),
                session -> {
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                });
        assertEquals(1, asked.size());
    }

    @Test
    void aRefusalSurvivesACrash() throws Exception {
        crashedAfter(Event.PermissionDecided.class, answering(NO));
        var model = ScriptedModel.saying(text("done"));
        resumed(
                model,
                a -> a.approver(answering(YES)),
                session -> assertEquals("done", session.proceed().orElseThrow().text()));
        resumedNothingRan();
        assertEquals("Not today.", lastResult(model));
    }

    @Test
    void aCallThatHadBegunIsNotMadeAgain() throws Exception {
        crashedAfter(Event.ToolStarted.class, answering(YES));
        var model = ScriptedModel.saying(text("done"));
        resumed(
                model,
                a -> a.approver(answering(YES)),
                session -> assertEquals("done", session.proceed().orElseThrow().text()));
        resumedNothingRan();
        assertTrue(lastResult(model).contains("outcome is unknown"), lastResult(model));
    }

    @Test
    void anAnswerToACallThatHasEndedIsRefused() throws Exception {
        with(
                oneCall(),
                a -> a.approver(answering(YES)),
                session -> {
                    session.prompt("go").await();
                    var late =
                            assertThrows(
                                    BowlineException.class,
                                    () -> session.answer("toolu_1", NO, "bob"));
                    assertTrue(
                            late.getMessage().contains("already answered by user at "),
                            late.getMessage());
                    assertTrue(session.approvals().isEmpty());
                });
    }

    /// Another process answers while this one holds the session.
    @Test
    void anAnswerLeftBesideTheSessionIsTakenOnceAndOnlyIfItFits() throws Exception {
        with(
                oneCall(),
                a -> a.approver(Approver.elsewhere()),
                session -> {
                    var turn = session.prompt("go");
                    while (session.approvals().isEmpty()) {
                        Thread.onSpinWait();
                    }
                    var open = session.approvals().getFirst();
                    var box = root.resolve("projects");
                    wrongAnswers(open);
                    var answers = new Answers(store(), TimeSource.system());
                    assertFalse(turn.await(Duration.ofMillis(600)).isPresent());
                    assertEquals(
                            Answers.Given.LEFT,
                            answers.give(ID, open.toolUseId(), true, false, "", "ann"));
                    assertEquals("done", turn.text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertEquals("ann", Approval.of(ID, session.entries()).getFirst().by());
                    try (var files = Files.walk(box)) {
                        assertTrue(
                                files.noneMatch(file -> file.endsWith(open.question() + ".json")));
                    }
                });
    }

    private void wrongAnswers(Approval open) throws Exception {
        var folder = store().file(ID).resolveSibling(ID.value()).resolve("answers");
        Files.createDirectories(folder);
        var file = folder.resolve(open.question() + ".json");
        var right =
                "{\"v\":1,\"question\":\""
                        + open.question()
                        + "\",\"toolUse\":\""
                        + open.toolUseId()
                        + "\",\"allow\":true,\"always\":false,\"message\":\"\",\"by\":\"eve\",\"at\":\"2026-01-01T12:00:00Z\"";
        for (var wrong :
                List.of(
                        "",
                        "true",
                        right,
                        right + ",\"input\":{\"what\":\"z\"}}",
                        right.replace(open.toolUseId(), "toolu_other") + "}",
                        right.replace("\"v\":1", "\"v\":2") + "}",
                        right.replace("true", "\"true\"") + "}",
                        right.replace("eve", "e\\nve") + "}",
                        right.replace(
                                        open.question().toString(),
                                        java.util.UUID.randomUUID().toString())
                                + "}")) {
            Files.writeString(file, wrong);
            Thread.yield();
            assertTrue(
                    new dev.bowline.transcript.AnswerBox(folder)
                            .look(open.question())
                            .filter(one -> one.toolUseId().equals(open.toolUseId()))
                            .isEmpty(),
                    wrong);
        }
        Files.delete(file);
        var elsewhere = Files.writeString(root.resolve("right.json"), right + "}");
        Files.createSymbolicLink(file, elsewhere);
        assertTrue(
                new dev.bowline.transcript.AnswerBox(folder).look(open.question()).isEmpty(),
                "a link");
        Files.delete(file);
    }
}
