package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.hangingAfter;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Prompt;
import dev.bowline.message.StreamEvent;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest extends SmallSessions {
    @Test
    void aListenerHearsEveryEntryAndEveryPieceInOrder() throws Exception {
        var heard = new ArrayList<Update>();
        try (var agent = agent(ScriptedModel.saying(text("a b c")));
                var session = agent.open()) {
            session.prompt(Prompt.of("go"), heard::add).await();
        }
        var kinds = heard.stream().map(ListenersTest::kind).toList();
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
