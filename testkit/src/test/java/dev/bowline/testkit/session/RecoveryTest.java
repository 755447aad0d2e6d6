package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens to a session whose process ended in the middle of a turn.
@Timeout(30)
class RecoveryTest {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    private final MemoryStore store = new MemoryStore();
    private final SessionId id = new SessionId("crashed");
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();
    private final Tool look =
            Tool.of(
                    Look.class,
                    (input, context) -> ToolResult.text("saw " + looked.incrementAndGet()));
    private final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> ToolResult.text("changed " + changed.incrementAndGet()));

    private final Event opened = new Event.Opened("/", "m", "default", "0", null);
    private final Event prompted =
            new Event.Prompted(UUID.randomUUID(), 1, List.of(new ContentBlock.Text("go")), "user");

    private static Event replied(ContentBlock... blocks) {
        return new Event.Replied(
                "msg",
                "m",
                List.of(blocks),
                StopReason.TOOL_USE,
                null,
                Usage.of(1, 1),
                -1,
                null,
                Duration.ZERO);
    }

    private static ContentBlock use(String id, String tool) {
        return new ContentBlock.ToolUse(id, tool, Json.parse("{\"what\":\"x\"}"));
    }

    private static Event started(String id, String tool, Effect effect) {
        return new Event.ToolStarted(id, tool, effect, Json.parse("{\"what\":\"x\"}"));
    }

    private void stored(Event... events) {
        var entries = new ArrayList<Entry>();
        for (var event : events) {
            entries.add(new Entry(entries.size() + 1L, UUID.randomUUID(), Instant.EPOCH, event));
        }
        try (var log = store.create(id, Path.of("/"))) {
            log.append(entries);
        }
    }

    private Agent agent(ScriptedModel model) {
        return Agent.of(model, a -> a.tools(look, change).allow("change").store(store));
    }

    private static String results(ScriptedModel model) {
        return model.requests().getLast().messages().stream()
                .flatMap(message -> message.content().stream())
                .filter(ContentBlock.ToolResult.class::isInstance)
                .map(block -> ContentBlock.text(((ContentBlock.ToolResult) block).content()))
                .toList()
                .toString();
    }

    @Test
    void goesOnWithTheModelWhenOnlyThePromptWasRecorded() throws Exception {
        stored(opened, prompted);
        var model = ScriptedModel.saying(text("here"));
        try (var session = agent(model).resume(id)) {
            assertEquals("here", session.proceed().orElseThrow().text());
            assertTrue(session.proceed().isEmpty());
        }
    }

    @Test
    void whoWaitsBehindAPromptOfAnEarlierProcessHearsItsTurn() throws Exception {
        var early =
                new Event.Queued(
                        UUID.randomUUID(), List.of(new ContentBlock.Text("early")), "later");
        var end =
                new Event.TurnEnded(
                        1,
                        new Outcome.Interrupted("process"),
                        new Event.Figures(
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                0,
                                0));
        stored(opened, prompted, early, end);
        var model = ScriptedModel.saying(text("first"), text("second"));
        var heard = new CopyOnWriteArrayList<String>();
        try (var session = agent(model).resume(id)) {
            var turn =
                    session.prompt(
                            Prompt.of("late"),
                            update -> {
                                if (update instanceof Entry entry
                                        && entry.event() instanceof Event.Replied replied) {
                                    heard.add(ContentBlock.text(replied.content()));
                                }
                            });
            assertEquals("second", turn.text());
        }
        assertEquals(List.of("first", "second"), heard);
    }

    @Test
    void runsCallsThatHadNotBegun() throws Exception {
        stored(opened, prompted, replied(use("a", "change"), use("b", "look")));
        var model = ScriptedModel.saying(text("done"));
        try (var session = agent(model).resume(id)) {
            assertEquals("done", session.proceed().orElseThrow().text());
        }
        assertEquals(1, changed.get());
        assertEquals("[changed 1, saw 1]", results(model));
    }

    @Test
    void neverRunsAWritingCallTwiceAndSaysThatItsOutcomeIsUnknown() throws Exception {
        stored(opened, prompted, replied(use("a", "change")), started("a", "change", Effect.WRITE));
        var model = ScriptedModel.saying(text("I will look"));
        try (var session = agent(model).resume(id)) {
            assertEquals("I will look", session.proceed().orElseThrow().text());
        }
        assertEquals(0, changed.get());
        assertTrue(results(model).contains("outcome is unknown"), results(model));
    }

    @Test
    void runsAReadingCallAgain() throws Exception {
        stored(opened, prompted, replied(use("a", "look")), started("a", "look", Effect.READ));
        var model = ScriptedModel.saying(text("seen"));
        try (var session = agent(model).resume(id)) {
            session.proceed().orElseThrow().await();
        }
        assertEquals(1, looked.get());
        assertEquals("[saw 1]", results(model));
    }

    @Test
    void aNewPromptEndsTheCutTurnWithEveryCallAnswered() throws Exception {
        stored(
                opened,
                prompted,
                replied(use("a", "change"), use("b", "look")),
                started("a", "change", Effect.WRITE));
        var model = ScriptedModel.saying(text("fresh"));
        try (var session = agent(model).resume(id)) {
            assertEquals("fresh", session.prompt("something else").text());
            var outcomes =
                    session.entries().stream()
                            .map(Entry::event)
                            .filter(Event.TurnEnded.class::isInstance)
                            .map(event -> ((Event.TurnEnded) event).outcome())
                            .toList();
            assertEquals(new Outcome.Interrupted("process"), outcomes.getFirst());
            assertEquals(2, outcomes.size());
        }
        assertEquals(0, changed.get());
        assertTrue(
                results(model).contains("outcome is unknown")
                        && results(model).contains("before this call was made"));
    }

    @Test
    void onlyTheEndIsMissingWhenTheAnswerWasRecorded() throws Exception {
        stored(
                opened,
                prompted,
                new Event.Replied(
                        "msg",
                        "m",
                        List.of(new ContentBlock.Text("all said")),
                        StopReason.END_TURN,
                        null,
                        Usage.NONE,
                        -1,
                        null,
                        Duration.ZERO));
        var model = ScriptedModel.saying();
        try (var session = agent(model).resume(id)) {
            assertEquals(
                    new Outcome.Completed("all said", StopReason.END_TURN),
                    session.proceed().orElseThrow().await());
        }
    }

    @Test
    void promptsThatWereAcceptedButNotBegunAreAnsweredInTheirOrder() throws Exception {
        stored(
                opened,
                new Event.Queued(UUID.randomUUID(), List.of(new ContentBlock.Text("one")), "later"),
                new Event.Queued(
                        UUID.randomUUID(), List.of(new ContentBlock.Text("two")), "later"));
        var model = ScriptedModel.saying(text("first"), text("second"), text("third"));
        try (var session = agent(model).resume(id)) {
            assertEquals("third", session.prompt("three").text());
        }
        var asked =
                model.requests().stream()
                        .map(request -> request.messages().getLast().text())
                        .toList();
        assertEquals(List.of("one", "two", "three"), asked);
    }

    @Test
    void aResultForACallThatIsNotWaitingIsNotSaid() throws Exception {
        var stray =
                new Event.ToolFinished(
                        "zzz",
                        "look",
                        List.of(new ContentBlock.Text("?")),
                        null,
                        null,
                        Duration.ZERO);
        stored(opened, prompted, stray);
        var model = ScriptedModel.saying(text("ok"));
        try (var session = agent(model).resume(id)) {
            var turn = session.proceed().orElseThrow();
            assertInstanceOf(Outcome.Completed.class, turn.await());
        }
        assertEquals("[]", results(model));
    }
}
