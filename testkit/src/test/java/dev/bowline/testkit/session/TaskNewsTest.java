package dev.bowline.testkit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.message.Task;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.Trail;
import dev.bowline.tool.Tasks;
import dev.bowline.transcript.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskNewsTest {
    private static final Tasks.Control NOTHING =
            new Tasks.Control() {
                @Override
                public void stop(String why) {}

                @Override
                public Path output() {
                    return Path.of("/out");
                }
            };

    private static void began(Session session, String id) {
        session.tasks().started(new Task(id, "toolu_1", "local_bash", "Job", true), NOTHING);
    }

    private static void ended(Session session, String id, Task.Ending how) {
        session.tasks().ended(id, how, "Job " + id + " is over", false);
    }

    private static ScriptedModel answers() {
        return ScriptedModel.saying(
                ScriptedModel.text("one"), ScriptedModel.text("two"), ScriptedModel.text("three"));
    }

    @Test
    void theNextTurnTellsTheModelOfEveryEndOnce() throws Exception {
        try (var agent = Agent.of(answers());
                var session = agent.open()) {
            session.prompt("hi").await();
            began(session, "a");
            began(session, "b");
            ended(session, "a", Task.Ending.COMPLETED);
            ended(session, "b", Task.Ending.STOPPED);
            session.prompt("and?").await();

            var asked = session.lastRequest().orElseThrow().messages().toString();
            assertTrue(asked.contains("Job a is over") && asked.contains("Job b is over"), asked);
            assertEquals(
                    2,
                    Trail.brief(session.entries()).stream()
                            .filter(line -> line.startsWith("note task"))
                            .count());
            assertEquals(List.of(), session.state().untold());
        }
    }

    @Test
    void newsBeginATurnOnlyForWhatEndedByItself() throws Exception {
        try (var agent = Agent.of(answers());
                var session = agent.open()) {
            session.prompt("hi").await();
            began(session, "a");
            ended(session, "a", Task.Ending.STOPPED);
            assertTrue(session.news(update -> {}).isEmpty());
            began(session, "b");
            ended(session, "b", Task.Ending.FAILED);

            var turn = session.news(update -> {}).orElseThrow();
            turn.await();

            assertEquals("two", turn.text());
            assertEquals(List.of(), session.state().untold());
            assertTrue(session.news(update -> {}).isEmpty());
            assertTrue(
                    session.entries().stream()
                            .anyMatch(entry ->
                                    entry.event() instanceof Event.Prompted prompt
                                            && prompt.source().equals(Event.TASK_SOURCE)));
        }
    }

    @Test
    void whatTheModelKnowsIsNotToldAgain() throws Exception {
        try (var agent = Agent.of(answers());
                var session = agent.open()) {
            session.prompt("hi").await();
            began(session, "a");
            session.tasks().ended("a", Task.Ending.STOPPED, "stopped", true);
            ended(session, "a", Task.Ending.COMPLETED);
            assertEquals(List.of(), session.state().untold());
        }
    }

    @Test
    void theListenerHearsOfStartMoveAndEnd() throws Exception {
        try (var agent = Agent.of(answers());
                var session = agent.open()) {
            var heard = new ArrayList<Task.News>();
            session.tasks().listener(heard::add);
            var about = new Task("a", "toolu_1", "local_bash", "Job", false);
            session.tasks().started(about, NOTHING);
            assertEquals(List.of(), session.tasks().background());
            began(session, "a");
            assertEquals(1, session.tasks().background().size());
            ended(session, "a", Task.Ending.COMPLETED);
            assertEquals(List.of(), session.tasks().background());

            assertEquals(
                    List.of(Task.Started.class, Task.Moved.class, Task.Ended.class),
                    heard.stream().map(Object::getClass).toList());
            assertEquals("/out", ((Task.Ended) heard.getLast()).output());
            assertFalse(session.tasks().stop("a", "late"));
        }
    }
}
