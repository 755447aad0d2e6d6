package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.message.ContentBlock;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotesTest extends AskedAgent {
    // notes

    @Test
    void aNoteIsInTheHistoryWithoutAskingTheModel() throws Exception {
        var model = ScriptedModel.answering(request -> text("ok"));
        var id = UUID.randomUUID();
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.note(id, List.of(new ContentBlock.Text("by the way")));
            assertEquals(0, model.requests().size());
            assertEquals(id, session.entries().getLast().id());
            session.prompt("and now").await();
            session.note(UUID.randomUUID(), List.of(new ContentBlock.Text("thanks")));
            assertInstanceOf(Outcome.Completed.class, session.state().lastOutcome().orElseThrow());
            assertEquals(1, model.requests().size());
            assertTrue(
                    model.requests()
                            .getFirst()
                            .messages()
                            .getFirst()
                            .text()
                            .startsWith("by the way"));
            session.prompt("next").await();
            assertTrue(model.requests().getLast().messages().getLast().text().contains("thanks"));
        }
    }

    @Test
    void aNoteThatComesWhileTheModelAnswersDoesNotAskItAgain() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var model =
                ScriptedModel.answering(request -> {
                    working.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return text("ok");
                });
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            var turn = session.prompt("go");
            working.await();
            session.note(UUID.randomUUID(), List.of(new ContentBlock.Text("by the way")));
            goOn.countDown();
            assertEquals("ok", turn.text());
            assertEquals(1, model.requests().size());
        }
    }
}
