package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.failure;
import static dev.bowline.testkit.ScriptedModel.hangingAfter;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.memory.Compaction;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelException;
import dev.bowline.model.ModelReply;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.Trail;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CompactionTest {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    private final Tool look =
            Tool.of(Look.class, (input, context) -> ToolResult.text("saw " + input.what()));

    @TempDir Path scratch;

    /// An answer that says how many tokens the conversation has.
    private static ScriptedModel.Line filling(long tokens, ContentBlock... content) {
        return (request, number, events) ->
                ModelReply.of(
                        "msg_" + number,
                        request.model(),
                        List.of(content),
                        content[0] instanceof ContentBlock.ToolUse
                                ? StopReason.TOOL_USE
                                : StopReason.END_TURN,
                        Usage.of(tokens, 10));
    }

    private static ContentBlock look(int number) {
        return new ContentBlock.ToolUse("toolu_" + number, "look", Json.parse("{\"what\":\"x\"}"));
    }

    private static ContentBlock said(String text) {
        return new ContentBlock.Text(text);
    }

    private static String shown(List<Message> messages) {
        return messages.stream()
                .map(message -> message.role() + " " + message.text())
                .collect(Collectors.joining(" | "));
    }

    @Test
    void theSummaryStandsForWhatWasSaid() throws Exception {
        var model = ScriptedModel.saying(text("Hello."), text("SUMMARY"), text("Still here."));
        var updates = new ArrayList<Update>();
        try (var agent = Agent.of(model, a -> a.tools(look));
                var session = agent.open()) {
            session.prompt("Hi.").await();
            var done = session.compact("the names", updates::add);
            assertTrue(done.summary().endsWith("SUMMARY"));
            assertEquals("manual", done.trigger());
            assertEquals("Still here.", session.prompt("Go on.").text());
            var asked = model.requests().get(1);
            assertTrue(asked.messages().getLast().text().contains("the names"));
            assertEquals(Json.parse("{\"type\":\"none\"}"), asked.extra().get("tool_choice"));
            var seen = shown(model.requests().get(2).messages());
            assertTrue(seen.startsWith("USER This session goes on"), seen);
            assertTrue(seen.contains("SUMMARY") && seen.endsWith("Go on."), seen);
            assertFalse(seen.contains("Hello."), seen);
            assertEquals(new Update.Compacting("manual", null), updates.getFirst());
            var trail = Trail.brief(session.entries());
            assertTrue(trail.contains("spent compaction"), trail.toString());
            assertTrue(trail.contains("compacted manual to " + done.to()), trail.toString());
            assertEquals(2, session.state().turn().number());
        }
    }

    @Test
    void aRewindToBeforeBringsEverythingBack() throws Exception {
        var model =
                ScriptedModel.saying(
                        text("one"), text("two"), text("SUMMARY"), text("three"), text("four"));
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.prompt("first").await();
            long kept = session.state().number();
            session.prompt("second").await();
            session.compact("");
            session.prompt("third").await();
            session.rewind(kept);
            session.prompt("fourth").await();
            assertEquals(
                    "USER first | ASSISTANT one | USER fourth",
                    shown(model.requests().getLast().messages()));
        }
    }

    @Test
    void resumeAndForkSeeTheSummaryAndOtherProgramsTheBoundary() throws Exception {
        var model = ScriptedModel.saying(text("one"), text("SUMMARY"), text("two"), text("three"));
        try (var store = new JsonlStore(scratch);
                var agent = Agent.of(model, a -> a.store(store))) {
            var session = agent.open();
            session.prompt("first").await();
            session.compact("");
            session.close();
            try (var again = agent.resume(session.id())) {
                again.prompt("second").await();
            }
            var resumed = shown(model.requests().getLast().messages());
            assertTrue(resumed.contains("SUMMARY") && !resumed.contains("first"), resumed);
            try (var fork = agent.fork(session.id())) {
                fork.prompt("third").await();
            }
            var forked = shown(model.requests().getLast().messages());
            assertTrue(forked.contains("SUMMARY") && forked.contains("two"), forked);
            assertFalse(forked.contains("first"), forked);
            chainBeginsAtTheBoundary(store.file(session.id()));
        }
    }

    private static void chainBeginsAtTheBoundary(Path file) throws Exception {
        var lines =
                Files.readAllLines(file).stream().map(line -> Json.parse(line).asMap()).toList();
        var boundary =
                lines.stream()
                        .filter(line -> "compact_boundary".equals(line.get("subtype")))
                        .findFirst()
                        .orElseThrow();
        assertNull(boundary.get("parentUuid"));
        assertNotNull(boundary.get("logicalParentUuid"));
        assertTrue(String.valueOf(boundary.get("compactMetadata")).contains("trigger=manual"));
        var summary =
                lines.stream()
                        .filter(line -> Boolean.TRUE.equals(line.get("isCompactSummary")))
                        .findFirst()
                        .orElseThrow();
        assertEquals(boundary.get("uuid"), summary.get("parentUuid"));
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                "user".equals(line.get("type"))
                                        && summary.get("uuid").equals(line.get("parentUuid"))));
    }

    @Test
    void summarisesByItselfBeforeTheWindowIsFull() throws Exception {
        var model =
                ScriptedModel.saying(
                        filling(100, said("one")),
                        filling(960, said("two")),
                        text("SUMMARY"),
                        filling(100, said("three")));
        try (var agent = Agent.of(model, a -> a.compaction(new Compaction(0.95, name -> 1_000)));
                var session = agent.open()) {
            session.prompt("first").await();
            session.prompt("second").await();
            assertEquals("three", session.prompt("third").text());
            var seen = shown(model.requests().getLast().messages());
            assertTrue(seen.contains("SUMMARY") && seen.endsWith("third"), seen);
            assertFalse(seen.contains("second"), seen);
            assertTrue(
                    Trail.brief(session.entries()).stream()
                            .anyMatch(line -> line.startsWith("compacted auto")));
        }
    }

    @Test
    void summarisesWithinATurnAndGoesOn() throws Exception {
        var model =
                ScriptedModel.saying(
                        filling(960, look(1)), text("SUMMARY"), filling(100, said("done")));
        try (var agent =
                        Agent.of(
                                model,
                                a -> a.tools(look).compaction(new Compaction(0.95, n -> 1_000)));
                var session = agent.open()) {
            assertEquals("done", session.prompt("go").text());
            assertTrue(shown(model.requests().getLast().messages()).contains("SUMMARY"));
            assertEquals(1, model.requests().getLast().messages().size());
        }
    }

    @Test
    void aFailureIsPassedOverOnceAndEndsTheTurnTheSecondTime() throws Exception {
        var broken = failure(new ModelException(ErrorCode.API_SERVER, "broken", false));
        var model =
                ScriptedModel.saying(filling(960, look(1)), broken, filling(960, look(2)), broken);
        try (var agent =
                        Agent.of(
                                model,
                                a -> a.tools(look).compaction(new Compaction(0.95, n -> 1_000)));
                var session = agent.open()) {
            var failed = assertInstanceOf(Outcome.Failed.class, session.prompt("go").await());
            assertEquals("compaction_failed", failed.code());
        }
    }

    @Test
    void aConversationThatFillsUpAgainEndsTheTurnInsteadOfLooping() throws Exception {
        var model =
                ScriptedModel.answering(request ->
                        request.extra().containsKey("tool_choice")
                                ? text("SUMMARY")
                                : (r, number, events) ->
                                        filling(960, look(number)).speak(r, number, events));
        try (var agent =
                        Agent.of(
                                model,
                                a -> a.tools(look).compaction(new Compaction(0.95, n -> 1_000)));
                var session = agent.open()) {
            var failed = assertInstanceOf(Outcome.Failed.class, session.prompt("go").await());
            assertTrue(failed.message().contains("fills the context"), failed.message());
            assertTrue(model.requests().size() < 8);
        }
    }

    private static String refusal(Session session) {
        return String.valueOf(
                assertThrows(BowlineException.class, () -> session.compact("")).getMessage());
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        var reached = new CountDownLatch(1);
        var model =
                ScriptedModel.saying(
                        text("one"), text("  "), hangingAfter("", reached), text("end"));
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            assertTrue(refusal(session).contains("nothing to summarise"));
            session.prompt("first").await();
            assertTrue(refusal(session).contains("no summary"));
            var turn = session.prompt("second");
            reached.await();
            assertThrows(IllegalStateException.class, () -> session.compact(""));
            turn.interrupt();
            turn.await();
            assertEquals("end", session.prompt("third").text());
        }
    }

    @Test
    void anInterruptLeavesEverythingAsItWas() throws Exception {
        var reached = new CountDownLatch(1);
        var model = ScriptedModel.saying(text("one"), hangingAfter("", reached), text("two"));
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.prompt("first").await();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            reached.await();
                            session.interrupt();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            assertTrue(refusal(session).contains("interrupted"));
            assertEquals("two", session.prompt("second").text());
            assertTrue(
                    session.entries().stream()
                            .map(Entry::event)
                            .noneMatch(Event.Compacted.class::isInstance));
        }
    }
}
