package dev.bowline.anthropic;

import static dev.bowline.anthropic.Models.HELLO;
import static dev.bowline.anthropic.Models.ask;
import static dev.bowline.testkit.api.FakeReply.empty;
import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.raw;
import static dev.bowline.testkit.api.FakeReply.refusal;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.thinking;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelRequest;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeUsage;
import dev.bowline.testkit.api.Garbage;
import dev.bowline.testkit.api.ReplyBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicModelTest {
    private static final String MIXED = "Grüße, 世界! 👩‍💻 \"quoted\" \\ back\nline\ttab \u2028 end";

    @Test
    void streamsAMessageInOrderAndReturnsItWhole() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("one two", 2)));
                var model = Models.at(api)) {
            var heard = ask(model);
            assertEquals("one two", ContentBlock.text(heard.reply().content()));
            assertEquals(StopReason.END_TURN, heard.reply().stopReason());
            assertEquals("claude-sonnet-5", heard.reply().model());
            assertNotNull(heard.reply().requestId());
            assertEquals(
                    List.of(
                            "MessageStarted",
                            "BlockStarted",
                            "TextDelta",
                            "TextDelta",
                            "BlockStopped",
                            "MessageEnding",
                            "MessageStopped"),
                    heard.events().stream().map(e -> e.getClass().getSimpleName()).toList());
            api.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void textSurvivesChunksOfAnySize(int bytes) throws Exception {
        var reply = text(MIXED, 5).chunked(bytes).carriageReturns().pingEvery(2).commentEvery(3);
        try (var api = FakeMessagesApi.start(a -> a.reply(reply));
                var model = Models.at(api)) {
            assertEquals(MIXED, ContentBlock.text(ask(model).reply().content()));
        }
    }

    @Test
    void aMessageWithoutAStreamIsTheSame() throws Exception {
        var reply = thinking("hm").withText(MIXED).withToolUse("Read", "{\"file_path\":\"a\"}");
        try (var api = FakeMessagesApi.start(a -> a.reply(reply, reply));
                var whole = Models.at(api, o -> o.streaming(false));
                var streaming = Models.at(api)) {
            var first = ask(whole);
            var second = ask(streaming);
            assertEquals(List.of(), first.events());
            assertEquals(
                    first.reply().content().subList(0, 2), second.reply().content().subList(0, 2));
            assertEquals(StopReason.TOOL_USE, first.reply().stopReason());
            assertEquals(
                    first.reply().usage().outputTokens(), second.reply().usage().outputTokens());
            api.verify();
        }
    }

    @Test
    void aToolInputIsAssembledFromItsPieces() throws Exception {
        var input = "{\"file_path\":\"a \\\"b\\\" ü.txt\",\"n\":1.50}";
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        empty().with(
                                                        new ReplyBlock.ToolUse(
                                                                "toolu_1", "Read", input, 9))));
                var model = Models.at(api)) {
            var heard = ask(model);
            assertEquals(
                    List.of(new ContentBlock.ToolUse("toolu_1", "Read", Json.parse(input))),
                    heard.reply().content());
            assertTrue(
                    heard.events().stream().filter(StreamEvent.InputDelta.class::isInstance).count()
                            > 5);
        }
    }

    @Test
    void aToolInputThatIsNotJsonIsWrapped() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(toolUse("Read", "{\"file_path\": \"a")));
                var model = Models.at(api)) {
            var use =
                    assertInstanceOf(
                            ContentBlock.ToolUse.class, ask(model).reply().content().getFirst());
            assertEquals(
                    Map.of("__unparsedToolInput", Map.of("raw", "{\"file_path\": \"a", "len", 16L)),
                    use.input().asMap());
        }
    }

    @Test
    void anEmptyToolInputIsTheEmptyObjectAndLinesAreJoined() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Read", "")
                                                .withToolUse("Read", "{\n  \"a\": 1\n}")));
                var model = Models.at(api)) {
            var content = ask(model).reply().content();
            assertEquals(
                    List.of("{}", "{   \"a\": 1 }"),
                    content.stream().map(b -> ((ContentBlock.ToolUse) b).input().text()).toList());
        }
    }

    @Test
    void thinkingGoesBackUnchanged() throws Exception {
        var reply =
                thinking(MIXED)
                        .withRedactedThinking()
                        .withToolUse("Read", Map.of("file_path", "x"));
        try (var api = FakeMessagesApi.start(a -> a.reply(reply, text("done")));
                var model = Models.at(api)) {
            var first = ask(model).reply();
            assertInstanceOf(ContentBlock.Thinking.class, first.content().get(0));
            assertInstanceOf(ContentBlock.RedactedThinking.class, first.content().get(1));
            var use = (ContentBlock.ToolUse) first.content().get(2);
            var result =
                    new ContentBlock.ToolResult(
                            use.id(), List.of(new ContentBlock.Text("content")), false);
            var next =
                    ModelRequest.of(
                            "claude-sonnet-5",
                            List.of(
                                    Message.user("hello"),
                                    new Message(Role.ASSISTANT, first.content()),
                                    new Message(Role.USER, List.of(result))),
                            o -> o.tools(List.of(Models.READ)));
            assertEquals("done", ContentBlock.text(ask(model, next).reply().content()));
            api.verify();
        }
    }

    @Test
    void blocksOfUnknownTypesAreKeptWholeAndSentBack() throws Exception {
        var raw =
                "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\",\"content\":[{\"type\":\"web_search_result\",\"url\":\"http://x\",\"n\":1.50}]}";
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                                empty().with(new ReplyBlock.Raw(raw))
                                                        .withText("hi"),
                                                text("ok"))
                                        .rules(r -> r.anyFields()));
                var model = Models.at(api)) {
            var content = ask(model).reply().content();
            assertEquals(new ContentBlock.Unknown(Json.parse(raw)), content.getFirst());
            ask(
                    model,
                    ModelRequest.of(
                            "claude-sonnet-5",
                            List.of(
                                    Message.user("a"),
                                    new Message(Role.ASSISTANT, content),
                                    Message.user("b"))));
            assertTrue(api.lastRequest().text().contains(raw));
        }
    }

    @Test
    void aServerToolInputThatIsStreamedEndsUpInTheBlock() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        sse(
                                                start(),
                                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}}",
                                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":\"}}",
                                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"x\\\"}\"}}",
                                                "{\"type\":\"content_block_stop\",\"index\":0}",
                                                "{\"type\":\"message_stop\"}")));
                var model = Models.at(api)) {
            assertEquals(
                    List.of(
                            new ContentBlock.Unknown(
                                    Json.parse(
                                            "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}}"))),
                    ask(model).reply().content());
        }
    }

    @Test
    void citationsStayWithTheirText() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        sse(
                                                start(),
                                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\",\"citations\":[]}}",
                                                "{\"index\":0,\"delta\":{\"text\":\"so\",\"type\":\"text_delta\"},\"type\":\"content_block_delta\"}",
                                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"url\":\"u\"}}}",
                                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"later_delta\",\"x\":{}}}",
                                                "{\"type\":\"content_block_stop\",\"index\":0}",
                                                "{\"type\":\"message_stop\"}")));
                var model = Models.at(api)) {
            assertEquals(
                    List.of(
                            new ContentBlock.Text(
                                    "so", Json.parse("{\"citations\":[{\"url\":\"u\"}]}"))),
                    ask(model).reply().content());
        }
    }

    @Test
    void usageIsMergedFromStartAndEnd() throws Exception {
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.reply(text("x").usage(new FakeUsage(10, 20, 30, 40, 50))));
                var model = Models.at(api)) {
            assertEquals(new Usage(10, 20, 90, 50, 30, 0), ask(model).reply().usage());
        }
    }

    @Test
    void usageMembersThatAreNullLeaveEarlierFiguresAlone() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        sse(
                                                start(),
                                                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":null,\"output_tokens\":5,\"server_tool_use\":{\"web_search_requests\":3},\"cache_creation\":null}}",
                                                "{\"type\":\"message_stop\"}")));
                var model = Models.at(api)) {
            assertEquals(new Usage(7, 5, 0, 0, 0, 3), ask(model).reply().usage());
        }
    }

    @Test
    void refusalsAndStopSequencesAreReported() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(refusal("cyber", "no"), text("a").stopSequence("END")));
                var model = Models.at(api)) {
            var refused = ask(model).reply();
            assertEquals(StopReason.REFUSAL, refused.stopReason());
            assertEquals(
                    "cyber",
                    java.util.Objects.requireNonNull(refused.stopDetails())
                            .asMap()
                            .get("category"));
            var ending =
                    ask(
                                    model,
                                    ModelRequest.of(
                                            "m",
                                            List.of(Message.user("x")),
                                            o -> o.stopSequences(List.of("END"))))
                            .events()
                            .stream()
                            .filter(StreamEvent.MessageEnding.class::isInstance)
                            .findFirst();
            assertEquals("END", ((StreamEvent.MessageEnding) ending.orElseThrow()).stopSequence());
        }
    }

    @Test
    void unknownEventsAreSkippedAndBrokenUtf8IsReplaced() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        text("abcd").garbageAfter(2, Garbage.UNKNOWN_EVENT),
                                        text("abcd").garbageAfter(2, Garbage.BROKEN_UTF8)));
                var model = Models.at(api)) {
            assertEquals("abcd", ContentBlock.text(ask(model).reply().content()));
            var text = ContentBlock.text(ask(model).reply().content());
            assertTrue(text.contains("\uFFFD") && text.endsWith("abcd".substring(1)), text);
        }
    }

    @Test
    void oneConnectionServesManyCalls() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(r -> filler(20, 20)));
                var model = Models.at(api)) {
            for (int i = 0; i < 50; i++) {
                ask(model);
            }
            assertEquals(1, api.connections());
        }
    }

    @Test
    void countsTokensAndListsModels() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.models("claude-sonnet-5", "other"));
                var model = Models.at(api)) {
            assertTrue(model.countTokens(HELLO) > 10);
            assertEquals(
                    List.of("claude-sonnet-5", "other"),
                    model.listModels().stream().map(AvailableModel::id).toList());
        }
    }

    static String start() {
        return "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}";
    }

    static FakeReply sse(String... events) {
        var body = new StringBuilder();
        for (var event : events) {
            body.append("data: ").append(event).append("\n\n");
        }
        return raw(200, Map.of("content-type", "text/event-stream"), body.toString());
    }
}
