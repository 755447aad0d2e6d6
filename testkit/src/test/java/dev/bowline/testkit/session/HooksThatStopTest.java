package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HooksThatStopTest extends HookedAgent {
    @Test
    void aHookMayEndTheTurnWhenTheCallsUnderWayAreDone() throws Exception {
        for (var type :
                List.of(
                        HookEvent.PreToolUse.class,
                        HookEvent.PostToolUse.class,
                        HookEvent.PostToolBatch.class)) {
            ran.clear();
            var model = oneCall();
            var answer = ask(model, a -> a.hooks(on(type, event -> HookOutcome.stop("enough"))));
            assertEquals(new Outcome.Stopped(type.getSimpleName(), "enough", ""), answer.outcome());
            assertEquals(List.of("x"), List.copyOf(ran));
            assertEquals(1, model.requests().size());
        }
    }

    @Test
    void aRefusedBatchEndsTheTurnAsWell() throws Exception {
        var answer =
                ask(
                        oneCall(),
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.PostToolBatch.class,
                                                event -> HookOutcome.refuse("no more"))));
        assertEquals(new Outcome.Stopped("PostToolBatch", "no more", ""), answer.outcome());
    }

    @Test
    void aStopHookThatSaysStopBeatsOneThatWantsMore() throws Exception {
        var answer =
                ask(
                        ScriptedModel.saying(text("finished")),
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.Stop.class,
                                                event -> HookOutcome.refuse("go on")),
                                        on(
                                                HookEvent.Stop.class,
                                                event -> HookOutcome.stop("enough"))));
        assertEquals(new Outcome.Stopped("Stop", "enough", "finished"), answer.outcome());
    }

    @Test
    void aPromptHookMayKeepThePromptAndEndTheTurnBeforeTheModelIsAsked() throws Exception {
        var model = ScriptedModel.saying();
        var answer =
                ask(
                        model,
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.UserPromptSubmit.class,
                                                event -> HookOutcome.stop("closed"))));
        assertEquals(new Outcome.Stopped("UserPromptSubmit", "closed", ""), answer.outcome());
        assertTrue(model.requests().isEmpty());
        assertEquals(1, events(answer).stream().filter(Event.Prompted.class::isInstance).count());
        assertEquals(1, events(answer).stream().filter(Event.TurnEnded.class::isInstance).count());
    }

    @Test
    void aMessageForTheUserIsRecordedAndNotToldToTheModel() throws Exception {
        var model = oneCall();
        var answer =
                ask(
                        model,
                        a ->
                                a.hooks(
                                        on(
                                                HookEvent.PostToolUse.class,
                                                event -> HookOutcome.message("look here"))));
        assertEquals(
                List.of("look here"),
                events(answer).stream()
                        .flatMap(event ->
                                event instanceof Event.HookRan hook
                                        ? Stream.ofNullable(hook.message())
                                        : Stream.of())
                        .toList());
        assertTrue(
                model.requests().get(1).messages().stream()
                        .noneMatch(m -> m.text().contains("look here")));
    }

    @Test
    void theBatchCarriesItsCallsAndResultsTheirTime() throws Exception {
        Hook listening =
                event -> {
                    told.add(event);
                    return HookOutcome.none();
                };
        ask(oneCall(), a -> a.hooks(listening));
        var batch = the(HookEvent.PostToolBatch.class);
        assertEquals(1, batch.calls().size());
        assertEquals("change", batch.calls().getFirst().tool());
        assertEquals("changed x", batch.calls().getFirst().output());
        assertEquals("x", batch.calls().getFirst().input().asMap().get("what"));
        assertTrue(the(HookEvent.PostToolUse.class).took().toNanos() > 0);
    }
}
