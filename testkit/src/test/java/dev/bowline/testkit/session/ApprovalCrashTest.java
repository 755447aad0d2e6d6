package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Prompt;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Questions and answers of permission that a process leaves behind when it ends.
@Timeout(60)
final class ApprovalCrashTest extends StoredAgent {
    /// What a process leaves behind that ends once `last` is on record.
    private void crashedAfter(Class<? extends Event> last, Approver approver) throws Exception {
        var copied = root.resolve("copied");
        with(
                oneCall(),
                a -> a.approver(approver),
                session ->
                        session.prompt(
                                        Prompt.of("go"),
                                        update -> {
                                            if (update instanceof Entry entry
                                                    && last.isInstance(entry.event())) {
                                                copy(copied);
                                            }
                                        })
                                .await());
        store.close();
        store = new JsonlStore(copied);
        ran.clear();
    }

    private void copy(Path to) {
        try {
            var file = store().file(ID);
            var copy = to.resolve(root.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aQuestionSurvivesACrashAndIsAnsweredAfterIt() throws Exception {
        crashedAfter(Event.PermissionAsked.class, answering(NO));
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(answering(NO)),
                session -> {
                    var open = session.approvals().getFirst();
                    session.answer(open.toolUseId(), YES, "ann");
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertEquals(1, Approval.of(ID, session.entries()).size());
                });
        assertEquals(1, asked.size(), "nobody is asked again");
    }

    @Test
    void aQuestionThatACrashCutOffIsAskedAgainWithoutAnotherEntry() throws Exception {
        crashedAfter(Event.PermissionAsked.class, answering(NO));
        theCallRunsOnce(YES);
        assertEquals(2, asked.size());
    }

    private void theCallRunsOnce(Decision said) throws Exception {
        resumed(
                ScriptedModel.saying(text("done")),
                a -> a.approver(answering(said)),
                session -> {
                    assertEquals("done", session.proceed().orElseThrow().text());
                    assertEquals(List.of("a"), List.copyOf(ran));
                    assertEquals(1, Approval.of(ID, session.entries()).size());
                });
    }

    @Test
    void anAnswerSurvivesACrashAndTheCallRunsOnceWithoutAnotherQuestion() throws Exception {
        crashedAfter(Event.PermissionDecided.class, answering(YES));
        theCallRunsOnce(NO);
        assertEquals(1, asked.size());
    }

    @Test
    void aRefusalSurvivesACrash() throws Exception {
        crashedAfter(Event.PermissionDecided.class, answering(NO));
        assertEquals("Not today.", resultWithoutACall());
    }

    /// Goes on, and says what the model hears of the call, which is not made.
    private String resultWithoutACall() throws Exception {
        var model = ScriptedModel.saying(text("done"));
        resumed(
                model,
                a -> a.approver(answering(YES)),
                session -> assertEquals("done", session.proceed().orElseThrow().text()));
        resumedNothingRan();
        return lastResult(model);
    }

    @Test
    void aCallThatHadBegunIsNotMadeAgain() throws Exception {
        crashedAfter(Event.ToolStarted.class, answering(YES));
        var result = resultWithoutACall();
        assertTrue(result.contains("outcome is unknown"), result);
    }
}
