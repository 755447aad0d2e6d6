package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.ReasonType;
import dev.bowline.permission.Rule;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PermissionQuestionsTest extends AskedAgent {
    // what is asked

    @Test
    void aQuestionSaysWhatWouldMakeItGoAway() throws Exception {
        try (var agent = agent(oneCall(), a -> a.approver(answering(new Decision.Allow("ok"))))) {
            agent.ask("go");
        }
        assertEquals(
                List.of(allowChange(Destination.LOCAL_SETTINGS)), asked.element().suggestions());
        assertEquals(ReasonType.OTHER, asked.element().reasonType());
    }

    @Test
    void anAskRuleIsNamedAndNothingIsSuggested() throws Exception {
        try (var agent =
                agent(
                        oneCall(),
                        a ->
                                a.approver(answering(new Decision.Allow("ok")))
                                        .permissionMode(PermissionMode.BYPASS)
                                        .ask("change"))) {
            agent.ask("go");
        }
        var question = asked.element();
        assertEquals(ReasonType.RULE, question.reasonType());
        assertEquals(
                new PermissionRequest.MatchedRule(Rule.parse("change"), Destination.CLI_ARG),
                question.matchedRule());
        assertEquals(List.of(), question.suggestions());
    }

    @Test
    void whilePlanningAWriteIsAPersonsDecisionWhateverRulesAndHooksSay() throws Exception {
        Hook yes =
                event ->
                        event instanceof HookEvent.PreToolUse
                                ? HookOutcome.allow("yes")
                                : HookOutcome.none();
        try (var agent =
                agent(
                        oneCall(),
                        a ->
                                a.allow("change")
                                        .hooks(yes)
                                        .permissionMode(PermissionMode.PLAN)
                                        .approver(answering(new Decision.Allow("ok"))))) {
            agent.ask("go");
        }
        assertEquals(ReasonType.MODE, asked.element().reasonType());
        assertEquals(List.of("a"), List.copyOf(ran));
        var model = oneCall();
        try (var agent = agent(model, a -> a.allow("change").permissionMode(PermissionMode.PLAN))) {
            agent.ask("go");
        }
        assertTrue(lastResult(model).contains("The session is planning"));
        assertEquals(1, ran.size());
    }

    /// A question to a person.
    private final class Question implements Tool {
        @Override
        public ToolDefinition definition() {
            return new ToolDefinition(
                    "question",
                    "Asks.",
                    Json.parse(
                            "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"}}}"));
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public boolean needsPerson() {
            return true;
        }

        @Override
        public ToolResult call(Json input, ToolContext context) {
            ran.add(input.text());
            return ToolResult.text("asked");
        }
    }

    private void question(Consumer<AgentOptions> options) throws Exception {
        var model = ScriptedModel.saying(call("question", "{}"), text("done"));
        try (var agent =
                Agent.of(
                        model,
                        ((Consumer<AgentOptions>) a -> a.tools(new Question())).andThen(options))) {
            agent.ask("go");
        }
    }

    @Test
    void aToolForAPersonAlwaysReachesThePerson() throws Exception {
        var yes = new Decision.Allow("ok", Json.parse("{\"answer\":\"blue\"}"));
        for (var mode :
                List.of(PermissionMode.BYPASS, PermissionMode.DEFAULT, PermissionMode.PLAN)) {
            question(a -> a.permissionMode(mode).allow("question").approver(answering(yes)));
        }
        assertEquals(3, asked.size());
        assertEquals(3, ran.size());
        assertTrue(ran.stream().allMatch(input -> input.contains("blue")));
        question(a -> a.permissionMode(PermissionMode.BYPASS));
        question(a ->
                a.permissionMode(PermissionMode.DONT_ASK)
                        .allow("question")
                        .approver(answering(yes)));
        assertEquals(3, ran.size());
    }

    @Test
    void aHooksYesIsEnoughForSuchAToolOnlyTogetherWithTheAnswer() throws Exception {
        Hook yes =
                event ->
                        event instanceof HookEvent.PreToolUse
                                ? HookOutcome.allow("yes")
                                : HookOutcome.none();
        question(a -> a.hooks(yes));
        assertTrue(ran.isEmpty());
        Hook answer =
                event ->
                        event instanceof HookEvent.PreToolUse
                                ? HookOutcome.allow("yes")
                                        .withInput(Json.parse("{\"answer\":\"red\"}"))
                                : HookOutcome.none();
        question(a -> a.hooks(answer));
        assertEquals(1, ran.size());
    }
}
