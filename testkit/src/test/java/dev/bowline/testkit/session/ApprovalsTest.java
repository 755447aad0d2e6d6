package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.PermissionMode;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Answers;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Phase;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Questions of permission that outlive the turn and the process that asked them.
@Timeout(60)
final class ApprovalsTest extends StoredAgent {
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
}
