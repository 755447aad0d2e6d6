package dev.bowline.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class HookMatcherTest {
    private static HookEvent tool(String name) {
        return new HookEvent.PreToolUse("s", "t", name, Json.EMPTY_OBJECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''           ; Bash         ; true",
                "*            ; Bash         ; true",
                "Bash         ; Bash         ; true",
                "Bash         ; BashOutput   ; false",
                "Edit|Write   ; Write        ; true",
                "Edit, Write  ; Write        ; true",
                "Edit , Write ; NotebookEdit ; false",
                "Edit.*       ; NotebookEdit ; true",
                "^Edit        ; NotebookEdit ; false",
                "mcp__.*__rm  ; mcp__a__rm   ; true",
                "mcp__a-b     ; mcp__a-b     ; true",
                "Task         ; Agent        ; true",
                "Agent        ; Agent        ; true",
                "bash         ; Bash         ; false",
            })
    void aMatcherIsANameAListOrAnExpression(String matcher, String tool, boolean matches) {
        assertEquals(matches, HookMatcher.of(matcher).matches(tool(tool)));
    }

    @Test
    void eventsAreMatchedByWhatTheyAreAbout() {
        assertTrue(HookMatcher.of("auto").matches(new HookEvent.PreCompact("s", "auto", null)));
        assertTrue(HookMatcher.of("resume").matches(new HookEvent.SessionStart("s", "resume")));
        assertTrue(HookMatcher.of("x").matches(new HookEvent.UserPromptSubmit("s", "hi")));
        assertTrue(HookMatcher.of("x").matches(new HookEvent.PostToolBatch("s", List.of())));
        assertTrue(
                HookMatcher.of("Explore")
                        .matches(new HookEvent.SubagentStart("s", "a", "Explore")));
        assertTrue(HookMatcher.of("r-t").matches(new HookEvent.StopFailure("s", "ur-tx", "m")));
    }

    @Test
    void anExpressionThatNeverEndsCountsAsAMatch() {
        assertTrue(HookMatcher.of("(a+a+)+\\1b").matches(tool("a".repeat(60) + "!")));
        assertFalse(HookMatcher.of("(a+)+$").matches(tool("a".repeat(60) + "!")));
        assertTrue(HookMatcher.of("(a|b|ab)*c").matches(tool("ab".repeat(50_000))));
    }

    @Test
    void aMalformedExpressionIsRefusedWithAReason() {
        var wrong = assertThrows(IllegalArgumentException.class, () -> HookMatcher.of("Edit("));
        assertTrue(wrong.getMessage().contains("Edit("));
    }
}
