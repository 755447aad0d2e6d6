package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Durability;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class MirrorTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void seesEveryLineAsItIsInTheFileInOrder(Durability durability) throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        var files = new HashSet<Path>();
        var id = SessionId.random();
        try (var store =
                        new JsonlStore(
                                folder,
                                durability,
                                (file, lines) -> {
                                    files.add(file);
                                    seen.addAll(lines);
                                });
                var agent =
                        Agent.of(
                                ScriptedModel.answering(request -> text("y".repeat(40_000))),
                                a -> a.store(store).directory(folder))) {
            for (int i = 0; i < 2; i++) {
                try (var session = i == 0 ? agent.open(id) : agent.resume(id)) {
                    session.rename("A title");
                    session.tag("blue");
                    session.prompt("one\ntwo").text();
                    session.prompt("x".repeat(5_000)).text();
                }
            }
            assertEquals(List.of(store.file(id)), List.copyOf(files));
            assertEquals(Files.readAllLines(store.file(id)), List.copyOf(seen));
        }
    }

    @Test
    void hasSeenTheTurnsLinesBeforeItsEndIsTold() throws Exception {
        var seen = new ArrayList<String>();
        try (var store =
                        new JsonlStore(
                                folder, Durability.PROCESS, (f, lines) -> seen.addAll(lines));
                var agent =
                        Agent.of(
                                ScriptedModel.saying(call("none", "{}"), text("hi")),
                                a -> a.store(store).directory(folder));
                var session = agent.open()) {
            session.prompt(
                            dev.bowline.Prompt.of("go"),
                            update -> {
                                if (update instanceof Entry entry
                                        && entry.event() instanceof Event.TurnEnded) {
                                    seen.add("told");
                                }
                            })
                    .text();
        }
        assertEquals("told", seen.getLast());
        assertTrue(seen.get(seen.size() - 2).contains("turn_ended"));
    }

    @Test
    void oneThatFailsChangesNothing() throws Exception {
        try (var store =
                        new JsonlStore(
                                folder,
                                Durability.PROCESS,
                                (file, lines) -> {
                                    throw new IllegalStateException("no");
                                });
                var agent =
                        Agent.of(
                                ScriptedModel.saying(text("hi")),
                                a -> a.store(store).directory(folder))) {
            assertEquals("hi", agent.ask("go").text());
        }
    }

    @Test
    void whatIsNearTheEndIsNotRepeatedThere() throws Exception {
        var id = SessionId.random();
        try (var store = new JsonlStore(folder);
                var agent =
                        Agent.of(
                                ScriptedModel.answering(request -> text("y".repeat(100_000))),
                                a -> a.store(store).directory(folder))) {
            try (var session = agent.open(id)) {
                session.rename("A title");
                session.tag("blue");
                session.prompt("hi").text();
            }
            for (int i = 0; i < 3; i++) {
                try (var session = agent.resume(id)) {
                    session.model("m" + i);
                }
            }
            var lines = Files.readAllLines(store.file(id));
            for (var type : List.of("custom-title", "tag", "last-prompt")) {
                var start = "{\"type\":\"" + type + "\"";
                assertEquals(
                        2, lines.stream().filter(line -> line.startsWith(start)).count(), type);
            }
        }
    }
}
