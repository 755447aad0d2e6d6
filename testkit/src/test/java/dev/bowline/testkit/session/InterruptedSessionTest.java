package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.hangingAfter;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Prompt;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Role;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptedSessionTest extends SmallSessions {
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
}
