package dev.bowline.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TranscriptCodecTest {
    @Test
    void theSamplesHaveEveryKindOfEventDecisionAndOutcome() {
        assertEquals(
                Set.of(Event.class.getPermittedSubclasses()),
                Samples.all().stream().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(
                Set.of(Outcome.class.getPermittedSubclasses()),
                Samples.all().stream()
                        .filter(Event.TurnEnded.class::isInstance)
                        .map(event -> ((Event.TurnEnded) event).outcome().getClass())
                        .collect(Collectors.toSet()));
        assertEquals(
                Set.of(ContentBlock.class.getPermittedSubclasses()),
                Stream.concat(
                                Stream.concat(Samples.blocks().stream(), Samples.spoken().stream()),
                                Stream.of(new ContentBlock.ToolResult("t", List.of(), false)))
                        .map(Object::getClass)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyEntryComesBackFromItsJson() {
        for (var entry : Samples.numbered(Samples.all())) {
            assertEquals(entry, TranscriptCodec.fromJson(TranscriptCodec.toJson(entry)));
        }
    }

    @Test
    void everyEntryComesBackFromItsLines() {
        var entries = Samples.numbered(Samples.all());
        var loaded = TranscriptReader.read(new SessionId("s"), lines(entries));
        assertEquals(List.of(), loaded.warnings());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(entries.get(i), loaded.entries().get(i));
        }
        assertEquals(entries.size(), loaded.entries().size());
    }

    @Test
    void aLineIsNeverBrokenByWhatItHolds() {
        var input = Json.parse("{\n  \"a\": 1,\r\n  \"b\": \"x\"\n}");
        var event =
                new Event.PermissionAsked("t", "half a pair \uD800", input, "line\nfeed\r \0 end");
        var entries = Samples.numbered(List.of(event, event));
        var bytes = lines(entries);
        assertEquals(2, new String(bytes, StandardCharsets.UTF_8).lines().count());
        var read =
                (Event.PermissionAsked)
                        TranscriptReader.read(new SessionId("s"), bytes)
                                .entries()
                                .getLast()
                                .event();
        assertEquals("half a pair \uFFFD", read.tool());
        assertEquals(event.reason(), read.reason());
        assertEquals(Map.of("a", 1L, "b", "x"), read.input().asMap());
    }

    @Test
    void aLaterVersionIsKeptAsItCame() {
        var later =
                "{\"v\":2,\"n\":1,\"id\":\""
                        + new UUID(1, 2)
                        + "\",\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"dreamed\",\"of\":{\"x\":1}}";
        var entry = TranscriptCodec.fromJson(Json.parse(later));
        assertEquals(later, assertInstanceOf(Event.Unknown.class, entry.event()).raw().text());
        var line = "{\"type\":\"bowline\",\"bowline\":" + later + "}\n";
        var read = TranscriptReader.read(new SessionId("s"), line.getBytes(StandardCharsets.UTF_8));
        assertEquals(new Event.Unknown(Json.parse(later)), read.entries().getFirst().event());
    }

    @Test
    void whatIsNoEntryIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TranscriptCodec.fromJson(Json.parse("{\"kind\":\"opened\"}")));
    }

    static byte[] lines(List<Entry> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var out = JsonOut.to(bytes)) {
            new LineWriter(
                            new SessionId("s"),
                            LineChain.begin("/p", "main"),
                            (number, blocks) -> null,
                            out)
                    .append(entries);
        }
        return bytes.toByteArray();
    }
}
