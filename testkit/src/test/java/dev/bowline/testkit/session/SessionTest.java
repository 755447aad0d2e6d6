package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.failure;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelException;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Phase;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionTest extends SmallSessions {
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
}
