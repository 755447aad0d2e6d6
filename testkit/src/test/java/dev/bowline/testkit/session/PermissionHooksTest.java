package dev.bowline.testkit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.ReasonType;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PermissionHooksTest extends AskedAgent {
    // hooks and people at the same time

    private static Hook onQuestion(Hook hook) {
        return event ->
                event instanceof HookEvent.PermissionRequested
                        ? hook.on(event)
                        : HookOutcome.none();
    }

    @Test
    void aHooksAnswerComesBeforeAPersonThatThinks() throws Exception {
        var stopped = new CountDownLatch(1);
        Approver thinking =
                request -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        stopped.countDown();
                    }
                    throw new AssertionError();
                };
        var yes =
                HookOutcome.allow("trusted")
                        .withInput(Json.parse("{\"what\":\"b\"}"))
                        .withUpdates(List.of(allowChange(Destination.SESSION)));
        try (var agent = agent(oneCall(), a -> a.approver(thinking).hooks(onQuestion(e -> yes)));
                var session = agent.open()) {
            session.prompt("go").await();
            stopped.await();
            assertEquals(List.of("b"), List.copyOf(ran));
            assertTrue(
                    session.entries().stream()
                            .anyMatch(entry -> entry.event() instanceof Event.PermissionsChanged));
        }
    }

    @Test
    void aPersonsAnswerComesBeforeAHookThatThinks() throws Exception {
        var stopped = new CountDownLatch(1);
        var thinking =
                onQuestion(event -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        stopped.countDown();
                    }
                    return HookOutcome.refuse("too late");
                });
        try (var agent =
                agent(
                        oneCall(),
                        a -> a.approver(answering(new Decision.Allow("ok"))).hooks(thinking))) {
            agent.ask("go");
        }
        stopped.await();
        assertEquals(List.of("a"), List.copyOf(ran));
    }

    @Test
    void aHookThatHasNoOpinionLeavesItToThePerson() throws Exception {
        var model = oneCall();
        try (var agent =
                agent(
                        model,
                        a ->
                                a.approver(answering(new Decision.Deny("user", "please don't")))
                                        .hooks(onQuestion(event -> HookOutcome.none())))) {
            agent.ask("go");
        }
        assertEquals("please don't", lastResult(model));
    }

    @Test
    void whereNobodyCanBeAskedHooksAreHeardFirst() throws Exception {
        try (var agent =
                agent(oneCall(), a -> a.hooks(onQuestion(event -> HookOutcome.allow("yes"))))) {
            agent.ask("go");
        }
        assertEquals(List.of("a"), List.copyOf(ran));
    }

    @Test
    void aHookMayRefuseAndEndTheTurn() throws Exception {
        try (var agent =
                agent(
                        oneCall(),
                        a ->
                                a.approver(
                                                request -> {
                                                    new CountDownLatch(1).await();
                                                    throw new AssertionError();
                                                })
                                        .hooks(
                                                onQuestion(event ->
                                                        HookOutcome.refuse("no")
                                                                .withInterrupt(true))))) {
            assertEquals(new Outcome.Interrupted("permission"), agent.ask("go").outcome());
        }
        assertTrue(ran.isEmpty());
    }

    @Test
    void interruptingTheTurnInterruptsHooksAndPersonAlike() throws Exception {
        var at = new CountDownLatch(2);
        var stopped = new CountDownLatch(2);
        Hook thinking =
                event -> {
                    think(at, stopped);
                    return HookOutcome.none();
                };
        Approver person =
                request -> {
                    think(at, stopped);
                    throw new AssertionError();
                };
        try (var agent = agent(oneCall(), a -> a.approver(person).hooks(onQuestion(thinking)));
                var session = agent.open()) {
            var turn = session.prompt("go");
            at.await();
            session.interrupt();
            assertEquals(new Outcome.Interrupted("user"), turn.await());
            stopped.await();
        }
    }

    private static void think(CountDownLatch at, CountDownLatch stopped)
            throws InterruptedException {
        at.countDown();
        try {
            new CountDownLatch(1).await();
        } finally {
            stopped.countDown();
        }
    }

    @Test
    void whatAHookWantsAskedSaysSo() throws Exception {
        try (var agent =
                agent(
                        oneCall(),
                        a ->
                                a.allow("change")
                                        .approver(answering(new Decision.Allow("ok")))
                                        .hooks(event ->
                                                event instanceof HookEvent.PreToolUse
                                                        ? HookOutcome.ask("because")
                                                        : HookOutcome.none()))) {
            agent.ask("go");
        }
        assertEquals(ReasonType.HOOK, asked.element().reasonType());
        assertEquals(List.of("a"), List.copyOf(ran));
    }
}
