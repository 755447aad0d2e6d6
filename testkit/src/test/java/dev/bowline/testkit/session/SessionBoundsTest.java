package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.reply;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionBoundsTest extends SmallSessions {
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
    void aBudgetInDollarsNeedsAPrice() throws Exception {
        var model = ScriptedModel.saying();
        try (var agent =
                Agent.of(model, a -> a.modelName("nameless").budgetUsd(java.math.BigDecimal.ONE))) {
            var outcome = assertInstanceOf(Outcome.LimitReached.class, agent.ask("go").outcome());
            assertTrue(outcome.message().contains("nameless"), outcome.message());
        }
        assertEquals(0, model.requests().size());
    }
}
