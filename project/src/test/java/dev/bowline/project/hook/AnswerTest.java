package dev.bowline.project.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.hook.HookOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {
    private static final HookOutput OUTPUT = new HookOutput(updates -> List.of());

    static Stream<String> lines() throws Exception {
        try (var in = AnswerTest.class.getResourceAsStream("answers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList()
                            .stream();
        }
    }

    private static Answer answer(String event) {
        return new Answer(OUTPUT, Events.named(event), "label");
    }

    private static String words(Answer.Meaning meaning) {
        var outcome = meaning.outcome();
        if (meaning.failure() != null) {
            assertEquals(Ruling.NONE, outcome.ruling());
            assertEquals(meaning.failure(), outcome.reason());
            return "failed";
        }
        var all = new ArrayList<String>();
        if (outcome.ruling() != Ruling.NONE) {
            all.add(outcome.ruling() + " " + outcome.reason());
        }
        add(all, "input: ", outcome.updatedInput());
        add(all, "output: ", outcome.updatedOutput());
        add(all, "context: ", outcome.context());
        add(all, "message: ", outcome.message());
        add(all, "stop: ", outcome.stop());
        add(all, "retry", outcome.retry() ? "" : null);
        return all.isEmpty() ? "nothing" : String.join("; ", all);
    }

    private static void add(List<String> all, String what, Object value) {
        if (value != null) {
            all.add(what + value);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatAProgramSaysHasOneMeaningForEachEvent(String line) {
        var cells = line.split("\\|", -1);
        assertEquals(5, cells.length, line);
        var stderr = cells[3].strip().replace("\\n", "\n");
        var meaning =
                answer(cells[0].strip())
                        .program(
                                Integer.parseInt(cells[1].strip()), cells[2] + "\n", stderr + "\n");
        assertEquals(cells[4].strip(), words(meaning), line);
    }

    @Test
    void aFailureNamesTheProgramAndTheFirstLineOfItsErrors() {
        var failure = answer("PreToolUse").program(1, "", "first\nsecond\n").failure();
        assertEquals("PreToolUse hook [label] failed with exit code 1: first", failure);
    }

    @Test
    void onlyJsonSaysAnythingOverHttpAndATextOfAToolIsNoFailure() {
        assertEquals("nothing", words(answer("PreToolUse").text(" ", false)));
        assertEquals("failed", words(answer("PreToolUse").text("fine", false)));
        assertEquals("nothing", words(answer("PreToolUse").text("fine", true)));
        assertEquals("nothing", words(answer("UserPromptSubmit").text("fine", true)));
        assertEquals(
                "REFUSE no",
                words(answer("Stop").text("{\"decision\":\"block\",\"reason\":\"no\"}", false)));
        assertEquals("failed", words(answer("Stop").text("{\"decision\":1}", true)));
    }

    @Test
    void everyEventHasANameThatIsKnownAndAnInputThatSaysIt() {
        var seen = new HashSet<String>();
        var base = new HookInput.Base("/t.jsonl", "/work", "default");
        Events.all()
                .forEach(event -> {
                    assertTrue(HookEvent.NAMES.contains(event.name()), event.name());
                    assertTrue(seen.add(event.name()), event.name());
                    var input = HookInput.json(event, base).asMap();
                    assertEquals(event.name(), input.get("hook_event_name"));
                    assertEquals("s", input.get("session_id"));
                    assertEquals("/t.jsonl", input.get("transcript_path"));
                    assertEquals("/work", input.get("cwd"));
                    assertEquals("default", input.get("permission_mode"));
                    assertFalse(input.containsValue(event), event.name());
                });
        assertEquals(HookEvent.NAMES, seen);
    }
}
