package dev.bowline.anthropic.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.ToolDefinition;
import dev.bowline.model.ModelRequest;
import dev.bowline.model.Thinking;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";

    private static String write(ModelRequest request) {
        return RequestWriter.message(request, 100, true, true).toString(StandardCharsets.UTF_8);
    }

    private static String write(List<Message> messages, Consumer<ModelRequest.Options> options) {
        return write(ModelRequest.of("m", messages, options));
    }

    @Test
    void membersComeInTheOrderOfTheServicesCache() {
        var text =
                write(
                        List.of(Message.user("hi")),
                        o ->
                                o.system(List.of("one", "", "two"))
                                        .tools(
                                                List.of(
                                                        new ToolDefinition(
                                                                "T",
                                                                "does",
                                                                Json.parse(
                                                                        "{\"type\":\"object\"}"))))
                                        .temperature(0.5)
                                        .stopSequences(List.of("X"))
                                        .sessionId("s1")
                                        .extra(Map.of("z", Json.of(1), "a", Json.of(true))));
        assertEquals(
                "{\"model\":\"m\",\"tools\":[{\"name\":\"T\",\"description\":\"does\",\"input_schema\":{\"type\":\"object\"}}],"
                        + "\"system\":[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\""
                        + MARK
                        + "}],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\""
                        + MARK
                        + "}]}],\"max_tokens\":100,\"temperature\":0.5,\"stop_sequences\":[\"X\"],"
                        + "\"metadata\":{\"user_id\":\"s1\"},\"stream\":true,\"a\":true,\"z\":1}",
                text);
    }

    @Test
    void aLongerConversationBeginsWithTheSameBytes() {
        var first = List.of(Message.user("hello"), Message.assistant("yes"), Message.user("more"));
        var second = List.of(Message.user("hello"), Message.assistant("yes"));
        var long_ = write(first, o -> o.system(List.of("s")));
        var short_ = write(second, o -> o.system(List.of("s")));
        var common = short_.substring(0, short_.indexOf("yes") + 3);
        assertTrue(long_.startsWith(common));
    }

    @Test
    void thinkingIsNeverMarked() {
        var last =
                new Message(
                        Role.ASSISTANT,
                        List.of(
                                new ContentBlock.Text("a"),
                                new ContentBlock.Thinking("t", "sig"),
                                new ContentBlock.RedactedThinking("r")));
        var text = write(List.of(Message.user("x"), last), o -> {});
        assertTrue(text.contains("\"text\":\"a\"" + MARK), text);
        assertTrue(
                text.contains(
                        "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"sig\"},{\"type\":\"redacted_thinking\",\"data\":\"r\"}]"));
        assertEquals(1, count(text, "cache_control"));
    }

    @Test
    void resultsImagesAndDocumentsHaveTheirForms() {
        var blocks =
                List.<ContentBlock>of(
                        new ContentBlock.ToolResult(
                                "t1", List.of(new ContentBlock.Text("ok")), false),
                        new ContentBlock.ToolResult("t2", List.of(), true),
                        new ContentBlock.ToolResult(
                                "t3",
                                List.of(
                                        new ContentBlock.Text("see"),
                                        new ContentBlock.Image("image/png", "AA==")),
                                false),
                        new ContentBlock.Document("application/pdf", "BB==", "a.pdf"),
                        new ContentBlock.Text("", null),
                        new ContentBlock.Text("t", Json.parse("{\"citations\":[1]}")),
                        new ContentBlock.Unknown(Json.parse("{\"type\":\"new\",\"x\":1.0}")));
        var text = write(List.of(new Message(Role.USER, blocks)), o -> {});
        assertTrue(
                text.contains(
                        "[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"ok\"},"
                                + "{\"type\":\"tool_result\",\"tool_use_id\":\"t2\",\"is_error\":true},"
                                + "{\"type\":\"tool_result\",\"tool_use_id\":\"t3\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},"
                                + "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AA==\"}}]},"
                                + "{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"BB==\"},\"title\":\"a.pdf\"},"
                                + "{\"type\":\"text\",\"text\":\"t\",\"citations\":[1]"
                                + MARK
                                + "},{\"type\":\"new\",\"x\":1.0}]"),
                text);
    }

    @Test
    void aToolInputGoesOutAsItCameIn() {
        var input = Json.parse("{ \"b\": 1.50, \"a\": \"\\u00fc\" }");
        var message =
                new Message(Role.ASSISTANT, List.of(new ContentBlock.ToolUse("t", "T", input)));
        assertTrue(write(List.of(message), o -> {}).contains(input.text()));
    }

    @Test
    void temperatureIsLeftOutWhenTheModelThinks() {
        var hi = List.of(Message.user("hi"));
        for (var thinking : List.of(Thinking.ADAPTIVE, new Thinking.Budget(2048))) {
            var text = write(hi, o -> o.temperature(1.0).thinking(thinking));
            assertFalse(text.contains("temperature"), text);
        }
        assertTrue(
                write(hi, o -> o.temperature(1.0).thinking(Thinking.OFF))
                        .contains("\"temperature\":1.0"));
        assertTrue(
                write(hi, o -> o.thinking(new Thinking.Budget(2048)))
                        .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}"));
    }

    @Test
    void extraMembersReplaceOurs() {
        var text =
                write(
                        List.of(Message.user("hi")),
                        o ->
                                o.system(List.of("ours"))
                                        .extra(
                                                Map.of(
                                                        "max_tokens", Json.of(7),
                                                        "system", Json.of("theirs"),
                                                        "stream", Json.of(false))));
        assertEquals(1, count(text, "max_tokens"));
        assertEquals(1, count(text, "\"stream\":true"));
        assertFalse(text.contains("ours\""), text);
        assertTrue(text.contains("\"max_tokens\":7") && text.contains("\"system\":\"theirs\""));
    }

    @Test
    void withoutCachingNothingIsMarked() {
        var request = ModelRequest.of("m", List.of(Message.user("x")), o -> o.system(List.of("s")));
        var text = RequestWriter.message(request, 1, true, false).toString(StandardCharsets.UTF_8);
        assertEquals(0, count(text, "cache_control"));
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
