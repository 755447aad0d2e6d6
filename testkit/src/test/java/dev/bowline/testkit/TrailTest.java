package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrailTest {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    private static ScriptedModel script() {
        return ScriptedModel.saying(
                ScriptedModel.call("look", "{\"what\":\"x\"}"), ScriptedModel.text("done"));
    }

    @Test
    void tellsATranscriptInShortLines() throws Exception {
        var look = Tool.of(Look.class, (input, context) -> ToolResult.failure("nothing there"));
        try (var agent = Agent.of(script(), a -> a.tools(look));
                var session = agent.open()) {
            session.prompt("go").await();
            assertEquals(
                    List.of(
                            "prompt go",
                            "reply [tool look]",
                            "tool look tool_failed",
                            "reply done",
                            "end completed"),
                    Trail.brief(session.entries()));
            assertEquals("opened", Trail.of(session.entries()).getFirst());
        }
    }

    @Test
    void virtualTimeMovesOnlyWhenTold() throws Exception {
        var time = new VirtualTime();
        var before = time.now();
        var slept = new CountDownLatch(1);
        var sleeper =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                time.sleep(Duration.ofHours(1));
                                slept.countDown();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        time.awaitSleepers(1);
        time.advance(Duration.ofMinutes(59));
        assertEquals(1, slept.getCount());
        time.advance(Duration.ofMinutes(1));
        sleeper.join();
        assertEquals(0, slept.getCount());
        assertEquals(Duration.ofHours(1), Duration.between(before, time.now()));
    }

    @Test
    void aTurnEndsWhenItsTimeIsUp() throws Exception {
        var time = new VirtualTime();
        var look =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            time.advance(Duration.ofMinutes(2));
                            return ToolResult.text("at last");
                        });
        try (var agent =
                        Agent.of(
                                script(),
                                a -> a.tools(look).time(time).turnTimeout(Duration.ofMinutes(1)));
                var session = agent.open()) {
            var outcome =
                    assertInstanceOf(Outcome.LimitReached.class, session.prompt("go").await());
            assertEquals(Outcome.Limit.TIME, outcome.limit());
            assertTrue(outcome.message().contains("60 s"), outcome.message());
        }
    }
}
