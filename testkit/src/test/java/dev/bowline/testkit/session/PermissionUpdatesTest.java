package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.Rule;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PermissionUpdatesTest extends AskedAgent {
    @TempDir private Path elsewhere;

    @Test
    void aYesWithARuleIsAskedOnlyOnce() throws Exception {
        var yes = new Decision.Allow("ok", null, List.of(allowChange(Destination.SESSION)));
        var model =
                ScriptedModel.saying(
                        call("change", "{\"what\":\"a\"}"),
                        call("change", "{\"what\":\"b\"}"),
                        text("done"));
        try (var agent = agent(model, a -> a.approver(answering(yes)));
                var session = agent.open()) {
            session.prompt("go").await();
            assertEquals(1, asked.size());
            assertEquals(List.of("a", "b"), List.copyOf(ran));
            assertTrue(
                    session.entries().stream()
                            .anyMatch(entry -> entry.event() instanceof Event.PermissionsChanged));
        }
    }

    @Test
    void rulesFromOutsideHoldFromTheNextCallOnAlsoInATurnThatRuns() throws Exception {
        var first = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var waiting =
                Tool.of(
                        Change.class,
                        (input, context) -> {
                            ran.add(input.what());
                            first.countDown();
                            goOn.await();
                            return ToolResult.text("changed");
                        });
        var model =
                ScriptedModel.saying(
                        call("change", "{\"what\":\"a\"}"),
                        call("change", "{\"what\":\"b\"}"),
                        text("done"));
        try (var agent = Agent.of(model, a -> a.tools(waiting).allow("change"));
                var session = agent.open()) {
            var turn = session.prompt("go");
            first.await();
            session.apply(
                    new PermissionUpdate.AddRules(
                            List.of(Rule.parse("chang*")), Behavior.DENY, Destination.SESSION));
            goOn.countDown();
            turn.await();
            assertEquals(List.of("a"), List.copyOf(ran));
            assertTrue(lastResult(model).contains("No such tool"), lastResult(model));
        }
    }

    @Test
    void rulesCanBeReplacedAndRemovedOfTheirDestinationOnly() throws Exception {
        var model =
                ScriptedModel.answering(request ->
                        request.messages().getLast().content().getFirst()
                                        instanceof ContentBlock.ToolResult
                                ? text("done")
                                : call("change", "{\"what\":\"a\"}"));
        try (var agent = agent(model, a -> a.allow("change"));
                var session = agent.open()) {
            session.apply(
                    new PermissionUpdate.RemoveRules(
                            List.of(Rule.parse("change")), Behavior.ALLOW, Destination.SESSION));
            session.prompt("go").await();
            assertEquals(1, ran.size());
            session.apply(
                    new PermissionUpdate.ReplaceRules(
                            List.of(), Behavior.ALLOW, Destination.CLI_ARG));
            session.prompt("go").await();
            assertEquals(1, ran.size());
            session.apply(new PermissionUpdate.SetMode(PermissionMode.BYPASS, Destination.SESSION));
            session.prompt("go").await();
            assertEquals(2, ran.size());
        }
    }

    @Test
    void whatWasGivenWhileASessionWasOpenEndsWithIt() throws Exception {
        var model =
                ScriptedModel.answering(request ->
                        request.messages().getLast().content().getFirst()
                                        instanceof ContentBlock.ToolResult
                                ? text("done")
                                : call("change", "{\"what\":\"a\"}"));
        var store = new MemoryStore();
        try (var agent = agent(model, a -> a.store(store))) {
            var session = agent.open();
            session.apply(allowChange(Destination.SESSION));
            session.prompt("go").await();
            session.close();
            assertEquals(1, ran.size());
            try (var again = agent.resume(session.id())) {
                again.prompt("go").await();
                assertEquals(1, ran.size());
            }
        }
    }

    @Test
    void whatIsMeantToLastGoesToTheStoreAsWell() throws Exception {
        var kept = new ConcurrentLinkedQueue<PermissionUpdate>();
        try (var agent = agent(ScriptedModel.saying(), a -> a.permissionStore(kept::add));
                var session = agent.open()) {
            session.apply(allowChange(Destination.SESSION));
            session.apply(allowChange(Destination.LOCAL_SETTINGS));
        }
        assertEquals(List.of(allowChange(Destination.LOCAL_SETTINGS)), List.copyOf(kept));
    }

    @Test
    void aRuleThatCannotBeKeptHoldsForTheSessionAndTheUserIsTold() throws Exception {
        var yes = new Decision.Allow("ok", null, List.of(allowChange(Destination.LOCAL_SETTINGS)));
        var model =
                ScriptedModel.saying(
                        call("change", "{\"what\":\"a\"}"),
                        call("change", "{\"what\":\"b\"}"),
                        text("done"));
        try (var agent =
                        agent(
                                model,
                                a ->
                                        a.approver(answering(yes))
                                                .permissionStore(update -> {
                                                    throw new BowlineException(
                                                            ErrorCode.STORE_UNWRITABLE,
                                                            "the disk is full");
                                                }));
                var session = agent.open()) {
            session.prompt("go").await();
            assertEquals(List.of("a", "b"), List.copyOf(ran));
            assertTrue(
                    session.entries().stream()
                            .anyMatch(entry ->
                                    entry.event() instanceof Event.HookRan hook
                                            && String.valueOf(hook.message())
                                                    .contains("the disk is full")));
        }
    }

    @Test
    void aDirectoryThatIsAddedMayBeUsed() throws Exception {
        var seen = new ConcurrentLinkedQueue<Path>();
        var looking =
                Tool.of(
                        Change.class,
                        (input, context) -> {
                            seen.addAll(context.additionalDirectories());
                            return ToolResult.text("seen");
                        });
        var model = ScriptedModel.saying(call("change", "{\"what\":\"a\"}"), text("done"));
        try (var agent = Agent.of(model, a -> a.tools(looking).allow("change"));
                var session = agent.open()) {
            session.apply(
                    new PermissionUpdate.AddDirectories(
                            List.of(elsewhere.resolve("..").resolve(elsewhere.getFileName())),
                            Destination.SESSION));
            session.prompt("go").await();
        }
        assertEquals(List.of(elsewhere.toRealPath()), List.copyOf(seen));
    }
}
