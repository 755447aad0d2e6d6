package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.calls;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.Trail;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StructuredOutputTest {
    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}\
                    """);

    private static Optional<Json> n(int value) {
        return Optional.of(Json.parse("{\"n\":" + value + "}"));
    }

    private static Agent agent(ScriptedModel model) {
        return Agent.of(model, a -> a.outputSchema(SCHEMA));
    }

    @Test
    void endsWithTheValueThatFits() throws Exception {
        var model = ScriptedModel.saying(call("StructuredOutput", "{\"n\":3}"));
        try (var agent = agent(model)) {
            var answer = agent.ask("count");
            assertEquals(n(3), answer.structured());
            var done = assertInstanceOf(Outcome.Completed.class, answer.outcome());
            assertEquals("{\"n\":3}", done.text());
            assertTrue(
                    model.requests().getFirst().tools().stream()
                            .anyMatch(tool -> tool.inputSchema().equals(SCHEMA)));
        }
    }

    @Test
    void tellsTheModelWhatDoesNotFitAndLetsItTryAgain() throws Exception {
        var model =
                ScriptedModel.saying(
                        call("StructuredOutput", "{\"n\":\"x\"}"),
                        call("StructuredOutput", "{\"n\":4}"));
        try (var agent = agent(model)) {
            assertEquals(n(4), agent.ask("count").structured());
            var told = model.requests().get(1).messages().toString();
            assertTrue(told.contains("must be of type integer"), told);
        }
    }

    @Test
    void asksForItWhenTheTurnEndsWithoutIt() throws Exception {
        var model = ScriptedModel.saying(text("It is 5."), call("StructuredOutput", "{\"n\":5}"));
        try (var agent = agent(model);
                var session = agent.open()) {
            assertEquals(n(5), session.prompt("count").structured());
            assertTrue(
                    Trail.brief(session.entries()).stream()
                            .anyMatch(line -> line.startsWith("note output_missing")));
        }
    }

    @Test
    void neverSucceedsWithoutAValue() throws Exception {
        var bad = call("StructuredOutput", "{}");
        for (var line : new ScriptedModel.Line[] {bad, text("no")}) {
            var model = ScriptedModel.answering(request -> line);
            try (var agent = agent(model)) {
                var answer = agent.ask("count");
                assertTrue(answer.structured().isEmpty());
                var limit = assertInstanceOf(Outcome.LimitReached.class, answer.outcome());
                assertEquals(Outcome.Limit.STRUCTURED_OUTPUT, limit.limit());
                assertEquals(5, model.requests().size());
            }
        }
    }

    @Test
    void countsAgainInTheNextTurn() throws Exception {
        var model =
                ScriptedModel.saying(
                        call("StructuredOutput", "{}"),
                        call("StructuredOutput", "{\"n\":1}"),
                        call("StructuredOutput", "{}"),
                        call("StructuredOutput", "{\"n\":2}"));
        try (var agent = Agent.of(model, a -> a.outputSchema(SCHEMA).outputAttempts(2));
                var session = agent.open()) {
            assertEquals(n(1), session.prompt("one").structured());
            assertEquals(n(2), session.prompt("two").structured());
        }
    }

    @Test
    void aStopHookThatWantsMoreGetsANewValue() throws Exception {
        var model =
                ScriptedModel.saying(
                        call("StructuredOutput", "{\"n\":1}"),
                        call("StructuredOutput", "{\"n\":2}"));
        var once = new AtomicBoolean();
        Hook hook =
                event ->
                        event instanceof HookEvent.Stop && once.compareAndSet(false, true)
                                ? HookOutcome.refuse("count again")
                                : HookOutcome.none();
        try (var agent = Agent.of(model, a -> a.outputSchema(SCHEMA).hooks(hook))) {
            assertEquals(n(2), agent.ask("count").structured());
        }
    }

    @Test
    void otherCallsOfTheSameAnswerRunToo() throws Exception {
        var model =
                ScriptedModel.saying(
                        calls(
                                new String[] {"nothing", "{}"},
                                new String[] {"StructuredOutput", "{\"n\":1}"}));
        try (var store = new MemoryStore();
                var agent = Agent.of(model, a -> a.outputSchema(SCHEMA).store(store));
                var session = agent.open()) {
            assertEquals(n(1), session.prompt("count").structured());
            assertTrue(Trail.brief(session.entries()).contains("tool nothing tool_unknown"));
            assertTrue(session.state().pending().isEmpty());
        }
    }

    @Test
    void aSchemaThatCannotWorkIsRefusedAtOnce() {
        var model = ScriptedModel.saying();
        for (var wrong :
                new String[] {
                    "{\"type\":\"array\"}",
                    "{}",
                    "[]",
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/no\"}}}",
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(\"}}}"
                }) {
            var refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Agent.of(model, a -> a.outputSchema(Json.parse(wrong))));
            assertTrue(refused.getMessage().contains("schema of structured output"));
        }
    }
}
