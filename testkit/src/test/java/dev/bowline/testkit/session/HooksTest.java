package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Interceptor;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HooksTest {
    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    private final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> {
                        ran.add(input.what());
                        return ToolResult.text("changed " + input.what());
                    });

    private String resultOf(Consumer<AgentOptions> options) throws Exception {
        var model = ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("done"));
        try (var agent =
                Agent.of(model, ((Consumer<AgentOptions>) a -> a.tools(change)).andThen(options))) {
            assertEquals("done", agent.ask("go").text());
        }
        var result =
                (ContentBlock.ToolResult)
                        model.requests().get(1).messages().get(2).content().getFirst();
        return ContentBlock.text(result.content());
    }

    private static Hook before(HookOutcome outcome) {
        return event -> event instanceof HookEvent.PreToolUse ? outcome : HookOutcome.none();
    }

    @Test
    void aHookMayRefuseACallThatARuleAllows() throws Exception {
        assertEquals(
                "PreToolUse:change hook error: not today",
                resultOf(a -> a.allow("change").hooks(before(HookOutcome.refuse("not today")))));
        assertTrue(ran.isEmpty());
    }

    @Test
    void aHookMayAllowWhatWouldAskButNotWhatADenyOrAskRuleCovers() throws Exception {
        var yes = before(HookOutcome.allow("trusted"));
        assertEquals("changed x", resultOf(a -> a.hooks(yes)));
        assertTrue(
                resultOf(a -> a.deny("change(nothing)").ask("change").hooks(yes))
                        .contains("nobody can be asked"));
        assertTrue(resultOf(a -> a.deny("chan*").hooks(yes)).contains("No such tool"));
        assertEquals(List.of("x"), List.copyOf(ran));
    }

    @Test
    void theStrictestOfSeveralHooksWins() throws Exception {
        assertEquals(
                "PreToolUse:change hook error: no",
                resultOf(a ->
                        a.allow("change")
                                .hooks(
                                        before(HookOutcome.refuse("no")),
                                        before(HookOutcome.allow("yes")))));
    }

    @Test
    void anInputThatAHookChangedIsCheckedAgain() throws Exception {
        assertEquals(
                "changed y",
                resultOf(a ->
                        a.allow("change")
                                .hooks(before(HookOutcome.input(Json.parse("{\"what\":\"y\"}"))))));
        assertTrue(
                resultOf(a ->
                                a.allow("change")
                                        .hooks(before(HookOutcome.input(Json.parse("{\"no\":1}")))))
                        .contains("InputValidationError"));
        assertEquals(List.of("y"), List.copyOf(ran));
    }

    @Test
    void aHookThatFailsRefusesTheCall() throws Exception {
        Hook broken =
                event -> {
                    if (event instanceof HookEvent.PreToolUse) {
                        throw new IllegalStateException("broken");
                    }
                    return HookOutcome.none();
                };
        assertTrue(resultOf(a -> a.allow("change").hooks(broken)).contains("broken"));
        assertTrue(ran.isEmpty());
    }

    @Test
    void aHookMayReplaceAResultAndAddANote() throws Exception {
        Hook after =
                event ->
                        event instanceof HookEvent.PostToolUse
                                ? HookOutcome.output("rewritten")
                                : HookOutcome.none();
        assertEquals("rewritten", resultOf(a -> a.allow("change").hooks(after)));
    }

    @Test
    void aHookMayBlockAPromptBeforeAnythingIsRecorded() throws Exception {
        Hook gate =
                event ->
                        event instanceof HookEvent.UserPromptSubmit
                                ? HookOutcome.refuse("closed")
                                : HookOutcome.none();
        try (var agent = Agent.of(ScriptedModel.saying(), a -> a.hooks(gate));
                var session = agent.open()) {
            var e = assertThrows(BowlineException.class, () -> session.prompt("hi"));
            assertEquals(ErrorCode.PROMPT_BLOCKED_BY_HOOK, e.code());
            assertTrue(session.entries().isEmpty());
        }
    }

    @Test
    void contextFromAHookReachesTheModelWithThePrompt() throws Exception {
        Hook note =
                event ->
                        event instanceof HookEvent.UserPromptSubmit
                                ? HookOutcome.context("It is Friday.")
                                : HookOutcome.none();
        var model = ScriptedModel.saying(text("ok"));
        try (var agent = Agent.of(model, a -> a.hooks(note))) {
            agent.ask("which day?");
        }
        assertEquals(
                "which day?<system-reminder>\nUserPromptSubmit hook additional context: It is Friday.\n</system-reminder>",
                model.requests().getFirst().messages().getFirst().text());
    }

    @Test
    void aStopHookMakesTheModelGoOnButNotForEver() throws Exception {
        Hook more =
                event ->
                        event instanceof HookEvent.Stop
                                ? HookOutcome.refuse("not finished")
                                : HookOutcome.none();
        var model = ScriptedModel.answering(request -> text("finished"));
        try (var agent = Agent.of(model, a -> a.hooks(more))) {
            assertEquals("finished", agent.ask("go").text());
        }
        assertEquals(9, model.requests().size());
    }

    @Test
    void interceptorsMayChangeRefuseAndRewrite() throws Exception {
        var loud =
                new Interceptor() {
                    @Override
                    public Verdict before(String tool, Json input, ToolContext context) {
                        return new Verdict.Proceed(Json.parse("{\"what\":\"loud\"}"));
                    }

                    @Override
                    public ToolResult after(
                            String tool, Json input, ToolResult result, ToolContext context) {
                        return ToolResult.text(result.text() + "!");
                    }
                };
        assertEquals("changed loud!", resultOf(a -> a.allow("change").interceptors(loud)));
        var no =
                new Interceptor() {
                    @Override
                    public Verdict before(String tool, Json input, ToolContext context) {
                        return new Verdict.Refuse("blocked by policy");
                    }
                };
        assertEquals("blocked by policy", resultOf(a -> a.allow("change").interceptors(no)));
    }

    @Test
    void aPersonMayAllowChangeOrRefuse() throws Exception {
        assertEquals("changed x", resultOf(a -> a.approver(request -> new Decision.Allow("ok"))));
        assertEquals(
                "changed z",
                resultOf(a ->
                        a.approver(request ->
                                new Decision.Allow("ok", Json.parse("{\"what\":\"z\"}")))));
        assertEquals(
                "please don't",
                resultOf(a -> a.approver(request -> new Decision.Deny("user", "please don't"))));
        assertEquals(List.of("x", "z"), List.copyOf(ran));
    }
}
