package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.OnTimeout;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.VirtualTime;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Answers;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers to open questions: whose counts, and when there is none in time.
@Timeout(60)
final class ApprovalAnswersTest extends StoredAgent {
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
}
