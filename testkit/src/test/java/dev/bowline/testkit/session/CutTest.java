package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.reply;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Going back to a place that a program names by the uuid of a frame or line.
@Timeout(30)
class CutTest {
    @TempDir Path folder;

    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    private final Tool look =
            Tool.of(Look.class, (input, context) -> ToolResult.text("saw " + input.what()));
    private final SessionId id = SessionId.random();
    private SessionStore store;

    @BeforeEach
    void oneTurnWithACallAndOneWithout() throws Exception {
        store = new JsonlStore(folder.resolve("config"));
        var model =
                ScriptedModel.saying(
                        reply(
                                StopReason.TOOL_USE,
                                new ContentBlock.Text("first"),
                                new ContentBlock.ToolUse(
                                        "toolu_1", "look", Json.parse("{\"what\":\"x\"}"))),
                        text("done one"),
                        text("second"));
        try (var agent = agent(model);
                var session = agent.open(id)) {
            session.prompt("turn one").text();
            session.prompt("turn two").text();
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Agent agent(ScriptedModel model) {
        return Agent.of(model, a -> a.tools(look).allow("look").store(store).directory(folder));
    }

    private Entry entry(Predicate<Event> which) {
        return store.read(id).stream().filter(e -> which.test(e.event())).findFirst().orElseThrow();
    }

    private Position place(UUID name) {
        return store.find(id, name).orElseThrow();
    }

    private List<String> askedAfter(Position place, boolean fork) throws Exception {
        var model = ScriptedModel.saying(text("third"));
        try (var agent = agent(model);
                var session = fork ? agent.fork(id, place, SessionId.random()) : agent.resume(id)) {
            if (!fork) {
                session.rewind(place);
            }
            assertEquals("third", session.prompt("go on").text());
            return model.requests().getFirst().messages().stream()
                    .map(message ->
                            message.role()
                                    + " "
                                    + message.content().stream().map(CutTest::word).toList())
                    .toList();
        }
    }

    private static String word(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> text.text();
            case ContentBlock.ToolUse use -> "call";
            case ContentBlock.ToolResult result ->
                    (result.isError() ? "error " : "result ")
                            + ContentBlock.text(result.content()).split(":")[0];
            default -> "?";
        };
    }

    private void both(UUID name, String... expected) throws Exception {
        var place = place(name);
        assertEquals(Arrays.asList(expected), askedAfter(place, true));
        assertEquals(Arrays.asList(expected), askedAfter(place, false));
    }

    @Test
    void keepsOnlyTheBlocksUpToTheNamedOne() throws Exception {
        var reply = entry(Event.Replied.class::isInstance);
        both(reply.id(), "USER [turn one]", "ASSISTANT [first]", "USER [go on]");
    }

    @Test
    void aCallThatLosesItsResultGetsOneThatSaysSo() throws Exception {
        var reply = entry(Event.Replied.class::isInstance);
        var place = place(reply.blockId(1));
        var ends = List.of("USER [turn one]", "ASSISTANT [first, call]");
        for (boolean fork : new boolean[] {true, false}) {
            var asked = askedAfter(place, fork);
            assertEquals(ends, asked.subList(0, 2));
            assertTrue(asked.get(2).startsWith("USER [error The "), asked.get(2));
            assertTrue(asked.get(2).endsWith(", go on]"), asked.get(2));
        }
    }

    @Test
    void keepsTheResultThatIsNamed() throws Exception {
        var result = entry(Event.ToolFinished.class::isInstance);
        both(
                result.id(),
                "USER [turn one]",
                "ASSISTANT [first, call]",
                "USER [result saw x, go on]");
    }

    @Test
    void aPromptIsFoundByItsOwnIdToo() {
        var prompt = entry(Event.Prompted.class::isInstance);
        var event = (Event.Prompted) prompt.event();
        assertEquals(place(prompt.id()), place(event.promptId()));
        assertEquals(Position.after(prompt.number()), place(prompt.id()));
    }

    @Test
    void whatNoLongerCountsIsNotFound() throws Exception {
        var first = entry(Event.Replied.class::isInstance);
        var second =
                store.read(id).reversed().stream()
                        .filter(e -> e.event() instanceof Event.Replied)
                        .findFirst()
                        .orElseThrow();
        try (var agent = agent(ScriptedModel.saying());
                var session = agent.resume(id)) {
            session.rewind(place(first.id()));
            assertEquals(Role.ASSISTANT, session.state().messages().getLast().role());
        }
        assertTrue(store.find(id, second.id()).isEmpty());
        assertTrue(store.find(id, first.blockId(1)).isEmpty());
        assertEquals(new Position(first.number(), 1), place(first.id()));
        assertTrue(store.find(id, UUID.randomUUID()).isEmpty());
    }

    @Test
    void theNextLineFollowsTheBlockThatWasKept() throws Exception {
        var reply = entry(Event.Replied.class::isInstance);
        askedAfter(place(reply.id()), false);
        var file = ((JsonlStore) store).file(id);
        var goOn =
                Files.readAllLines(file).stream()
                        .filter(line ->
                                line.startsWith("{\"type\":\"user\"") && line.contains("go on"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(goOn.contains("\"parentUuid\":\"" + reply.id() + "\""), goOn);
    }

    @Test
    void linesOfAnotherProgramAreFoundByTheirNames() throws Exception {
        var other = SessionId.random();
        var file = folder.resolve("other.jsonl");
        Files.writeString(
                file,
                """
                {"type":"user","uuid":"aaaaaaaa-0000-4000-8000-000000000001","parentUuid":null,"cwd":"/p","timestamp":"2026-01-01T00:00:00Z","message":{"role":"user","content":"hi"}}
                {"type":"attachment","uuid":"aaaaaaaa-0000-4000-8000-000000000002","parentUuid":"aaaaaaaa-0000-4000-8000-000000000001"}
                {"type":"assistant","uuid":"aaaaaaaa-0000-4000-8000-000000000003","parentUuid":"aaaaaaaa-0000-4000-8000-000000000002","message":{"id":"m1","model":"x","role":"assistant","content":[{"type":"text","text":"one"}],"stop_reason":"tool_use"}}
                {"type":"assistant","uuid":"aaaaaaaa-0000-4000-8000-000000000004","parentUuid":"aaaaaaaa-0000-4000-8000-000000000003","message":{"id":"m1","model":"x","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"look","input":{"what":"x"}}],"stop_reason":"tool_use"}}
                {"type":"user","uuid":"aaaaaaaa-0000-4000-8000-000000000005","parentUuid":"aaaaaaaa-0000-4000-8000-000000000004","message":{"role":"user","content":"never mind"}}
                """);
        try (var in = Files.newInputStream(file)) {
            ((JsonlStore) store).importFrom(in, other, folder);
        }
        var name = "aaaaaaaa-0000-4000-8000-00000000000";
        var prompt = store.find(other, UUID.fromString(name + 1)).orElseThrow();
        assertEquals(
                prompt.number(),
                store.find(other, UUID.fromString(name + 2)).orElseThrow().number());
        assertEquals(1, store.find(other, UUID.fromString(name + 3)).orElseThrow().blocks());
        assertEquals(0, store.find(other, UUID.fromString(name + 4)).orElseThrow().blocks());
        var model = ScriptedModel.saying(text("ok"));
        try (var agent = agent(model);
                var session = agent.resume(other)) {
            assertEquals("ok", session.prompt("again").text());
            var answered = model.requests().getFirst().messages().get(2).content().getFirst();
            assertTrue(answered instanceof ContentBlock.ToolResult result && result.isError());
        }
    }
}
