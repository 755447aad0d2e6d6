package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import dev.bowline.message.ToolDefinition;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.ReasonType;
import dev.bowline.permission.Rule;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PermissionUpdatesTest {
    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    @TempDir private Path elsewhere;

    private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<PermissionRequest> asked = new ConcurrentLinkedQueue<>();
    private final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> {
                        ran.add(input.what());
                        return ToolResult.text("changed " + input.what());
                    });

    private Approver answering(Decision decision) {
        return request -> {
            asked.add(request);
            return decision;
        };
    }

    private static PermissionUpdate allowChange(Destination to) {
        return PermissionUpdate.allow(to, "change");
    }

    private Agent agent(ScriptedModel model, Consumer<AgentOptions> options) {
        return Agent.of(model, ((Consumer<AgentOptions>) a -> a.tools(change)).andThen(options));
    }

    private static String lastResult(ScriptedModel model) {
        return model.requests().getLast().messages().getLast().content().stream()
                .filter(ContentBlock.ToolResult.class::isInstance)
                .map(block -> ContentBlock.text(((ContentBlock.ToolResult) block).content()))
                .findFirst()
                .orElseThrow();
    }

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

    // hooks and people at the same time

    private static Hook onQuestion(Hook hook) {
        return event ->
                event instanceof HookEvent.PermissionRequested
                        ? hook.on(event)
                        : HookOutcome.none();
    }

    private static ScriptedModel oneCall() {
        return ScriptedModel.saying(call("change", "{\"what\":\"a\"}"), text("done"));
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

    // notes

    @Test
    void aNoteIsInTheHistoryWithoutAskingTheModel() throws Exception {
        var model = ScriptedModel.answering(request -> text("ok"));
        var id = UUID.randomUUID();
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.note(id, List.of(new ContentBlock.Text("by the way")));
            assertEquals(0, model.requests().size());
            assertEquals(id, session.entries().getLast().id());
            session.prompt("and now").await();
            session.note(UUID.randomUUID(), List.of(new ContentBlock.Text("thanks")));
            assertInstanceOf(Outcome.Completed.class, session.state().lastOutcome().orElseThrow());
            assertEquals(1, model.requests().size());
            assertTrue(
                    model.requests()
                            .getFirst()
                            .messages()
                            .getFirst()
                            .text()
                            .startsWith("by the way"));
            session.prompt("next").await();
            assertTrue(model.requests().getLast().messages().getLast().text().contains("thanks"));
        }
    }

    @Test
    void aNoteThatComesWhileTheModelAnswersDoesNotAskItAgain() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var model =
                ScriptedModel.answering(request -> {
                    working.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return text("ok");
                });
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            var turn = session.prompt("go");
            working.await();
            session.note(UUID.randomUUID(), List.of(new ContentBlock.Text("by the way")));
            goOn.countDown();
            assertEquals("ok", turn.text());
            assertEquals(1, model.requests().size());
        }
    }
}
