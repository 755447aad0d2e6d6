package dev.bowline.anthropic.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.json.Json;
import dev.bowline.message.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final String FAST =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}";
    private static final String SLOW =
            "{\"type\" : \"content_block_delta\",\"delta\":{\"text\":%s,\"type\":\"text_delta\"},\"index\":0}";

    private static List<StreamEvent> decode(String... events) {
        var heard = new ArrayList<StreamEvent>();
        var decoder = new StreamDecoder(new MessageBuilder(null));
        var all = new ArrayList<String>();
        all.add("{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}");
        all.add(
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        all.addAll(List.of(events));
        for (var event : all) {
            // surrounded by other bytes, as in a read buffer
            var bytes = ("###" + event + "###").getBytes(StandardCharsets.UTF_8);
            decoder.event(bytes, 3, bytes.length - 3, heard::add);
        }
        return heard.subList(2, heard.size());
    }

    private static String text(String form, String json) {
        return ((StreamEvent.TextDelta) decode(form.formatted(json)).getFirst()).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "ü€😀",
                "\"quoted\" \\ back/slash",
                "\n\t\r\b\f",
                "a\u2028b\u0001",
                "ends with a backslash\\",
                "}}"
            })
    void theFastAndTheSlowFormGiveTheSameText(String text) {
        var json = Json.of(text).text();
        assertEquals(text, text(FAST, json));
        assertEquals(text, text(SLOW, json));
        assertEquals(text, text(FAST + "   ", json));
        assertEquals(text, text(FAST.replace("}}", "} }"), json));
    }

    @Test
    void escapedSurrogatePairsAndSlashesAreRead() {
        var json = "\"\\ud83d\\ude00\\/\\u00FC\"";
        assertEquals("😀/ü", text(FAST, json));
        assertEquals("😀/ü", text(SLOW, json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"open",
                "\"bad \\x escape\"",
                "\"\\u12\"",
                "\"raw \u0001 control\"",
                "\"a\" \"b\""
            })
    void aStringThatIsNotWellFormedIsABadAnswer(String json) {
        assertThrows(BadAnswer.class, () -> text(FAST, json));
    }

    @Test
    void furtherMembersAreIgnored() {
        assertEquals(
                List.of(new StreamEvent.TextDelta(0, "x")),
                decode(
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\",\"new\":[{}]},\"also\":1}"));
    }

    @Test
    void thinkingSignaturesAndInputsAreHeard() {
        assertEquals(
                List.of(
                        new StreamEvent.ThinkingDelta(0, "hm"),
                        new StreamEvent.SignatureDelta(0, "sig"),
                        new StreamEvent.InputDelta(0, "{\"a\"")),
                decode(
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"sig\"}}",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\"\"}}"));
    }

    @Test
    void anIndexThatIsNotOpenIsABadAnswer() {
        assertThrows(BadAnswer.class, () -> text(FAST.replace(":0", ":1"), "\"x\""));
        assertThrows(BadAnswer.class, () -> text(FAST.replace(":0", ":99999999999"), "\"x\""));
    }
}
