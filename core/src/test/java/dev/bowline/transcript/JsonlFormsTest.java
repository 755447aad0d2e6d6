package dev.bowline.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What files say: those of others, those of old, and those that are made of others.
class JsonlFormsTest extends JsonlCase {
    @Test
    void linesOfAnotherProgramBetweenOursAreRead() throws Exception {
        var file = written(Samples.entries().subList(0, 9));
        var head = TranscriptReader.read(ID, Files.readAllBytes(file)).head();
        Files.writeString(
                file,
                "{\"type\":\"user\",\"uuid\":\"u-1\",\"parentUuid\":\""
                        + head
                        + "\",\"isSidechain\":false,\"timestamp\":\"2026-11-21T00:00:00Z\","
                        + "\"message\":{\"role\":\"user\",\"content\":\"from elsewhere\"}}\n",
                StandardOpenOption.APPEND);
        try (var store = store();
                var log = store.open(ID)) {
            var last = log.entries().getLast();
            assertInstanceOf(Event.Prompted.class, last.event());
            log.append(tags(last.number() + 1));
            assertEquals(List.of(), store.warnings(ID));
            assertEquals(last.number() + 1, store.read(ID).size());
            assertTrue(Files.readString(file).contains("from elsewhere"));
        }
    }

    @Test
    void aTranscriptOfTheOfficialEngineIsReadAndGoneOnWith() throws Exception {
        var golden = bytes("official-like.jsonl");
        try (var store = store()) {
            store.importFrom(new ByteArrayInputStream(golden), ID, scratch);
            var kinds =
                    store.read(ID).stream()
                            .map(entry -> entry.event().getClass().getSimpleName())
                            .toList();
            assertEquals(
                    List.of(
                            "Opened",
                            "Prompted",
                            "Replied",
                            "ToolFinished",
                            "ToolFinished",
                            "Replied",
                            "TurnEnded",
                            "Renamed",
                            "DirectoryChanged"),
                    kinds);
            var state = SessionState.of(store.read(ID));
            assertEquals("claude-x", state.model());
            assertEquals("Files of the shop", state.title().orElseThrow());
            assertEquals("There are a and b.", state.messages().getLast().text());
            assertEquals(3, state.messages().get(1).content().size());
            assertEquals(2, state.messages().get(2).content().size());
            assertEquals(4, state.messages().size());
            for (int number = 1; number <= kinds.size(); number++) {
                var fork = new SessionId("fork-" + number);
                store.fork(ID, number, fork).close();
                var forked = store.read(fork).subList(1, number);
                for (int i = 0; i < forked.size(); i++) {
                    assertEquals(
                            store.read(ID).get(i + 1).event(), forked.get(i).event(), "" + number);
                }
                assertEquals(number, store.read(fork).size());
            }
            assertTrue(Files.readString(store.file(ID)).contains("something-new"));
        }
    }

    @Test
    void ourGoldenFileIsReadAsItAlwaysWas() throws Exception {
        var loaded = TranscriptReader.read(ID, bytes("bowline.jsonl"));
        assertEquals(List.of(), loaded.warnings());
        assertEquals(Samples.entries().subList(0, loaded.entries().size()), loaded.entries());
        var later = TranscriptReader.read(ID, bytes("bowline-hooks.jsonl"));
        assertEquals(List.of(), later.warnings());
        assertEquals(Samples.numbered(Samples.hooksAndPermissions()), later.entries());
    }

    @Test
    void theKindsThatCameLaterAreReadAsTheyAlwaysWere() throws Exception {
        var loaded = TranscriptReader.read(ID, bytes("cuts-and-files.jsonl"));
        assertEquals(List.of(), loaded.warnings());
        assertEquals(Samples.numbered(Samples.later()), loaded.entries());
    }

    @Test
    void aForkOfEveryKindOfEntrySaysAtOnceWhatItsFileSays() {
        var entries =
                Samples.numbered(
                        Samples.all().stream().filter(e -> !(e instanceof Event.Unknown)).toList());
        written(entries);
        try (var store = store()) {
            for (int number = 1; number <= entries.size(); number++) {
                var id = new SessionId("fork-" + number);
                List<Entry> handed;
                try (var fork = store.fork(ID, number, id)) {
                    handed = fork.entries();
                    assertEquals(number, handed.size());
                }
                assertEquals(handed, store.read(id), "cut at " + number);
                assertEquals(List.of(), store.warnings(id));
                var again = new SessionId("again-" + number);
                store.fork(id, number, again).close();
                assertEquals(number, store.read(again).size());
            }
        }
    }

    @Test
    void aRewindPointsTheNextMessageAtTheOneThatWasKept() throws Exception {
        var all = Samples.events();
        var said = Samples.numbered(List.of(all.get(0), all.get(4), all.get(8)));
        var file = written(said);
        try (var store = store();
                var log = store.open(ID)) {
            log.append(
                    List.of(new Entry(4, new UUID(1, 4), said.get(2).at(), new Event.Rewound(2))));
            log.append(List.of(new Entry(5, new UUID(1, 5), said.get(2).at(), all.get(5))));
        }
        var last = Files.readAllLines(file).stream().filter(l -> l.contains("\"n\":5")).findFirst();
        assertTrue(
                last.orElseThrow().contains("\"parentUuid\":\"" + said.get(1).id() + "\""),
                last.get());
    }

    @Test
    void aRewindWithinOneAppendFindsItsMessageToo() throws Exception {
        var all = Samples.events();
        var events = List.of(all.get(0), all.get(4), all.get(8), new Event.Rewound(2), all.get(5));
        var entries = Samples.numbered(events);
        var file = written(entries);
        var last = Files.readAllLines(file).stream().filter(l -> l.contains("\"n\":5")).findFirst();
        assertTrue(
                last.orElseThrow().contains("\"parentUuid\":\"" + entries.get(1).id() + "\""),
                last.get());
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = JsonlFaultsTest.class.getResourceAsStream("/transcripts/v1/" + name)) {
            return in.readAllBytes();
        }
    }
}
