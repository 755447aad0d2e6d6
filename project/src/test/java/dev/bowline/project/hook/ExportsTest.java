package dev.bowline.project.hook;

import static dev.bowline.project.hook.HookedSession.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.transcript.Event;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Variables that programs of hooks export.
final class ExportsTest {
    @TempDir Path folder;
    private HookedSession session;

    @BeforeEach
    void begin() {
        session = new HookedSession(folder);
    }

    private void start(String script) throws Exception {
        session.ask(command("SessionStart", script, ""));
    }

    @Test
    void whatTheStartExportsLaterCommandsFind() throws Exception {
        start(
                "echo 'export STAGE=test' >> \"$CLAUDE_ENV_FILE\"; echo 'export PATH=\"/opt/x:$PATH\" NOTE=\"two words\"' >> \"$CLAUDE_ENV_FILE\"");

        assertEquals("test", session.seen.get("STAGE"));
        assertEquals("two words", session.seen.get("NOTE"));
        assertTrue(session.seen.get("PATH").startsWith("/opt/x:"), session.seen.get("PATH"));
    }

    @Test
    void onlyExportsCountAndNothingThatSteersTheShellOrHoldsACredential() throws Exception {
        start(
                "echo 'HERE=1; f() { :; }; export BASH_ENV=/tmp/x HOME=/tmp SOME_API_KEY=sk-123456789 KEPT=1' > $CLAUDE_ENV_FILE");

        assertEquals("1", session.seen.get("KEPT"));
        for (var name : new String[] {"HERE", "BASH_ENV", "SOME_API_KEY", "CLAUDE_ENV_FILE"}) {
            assertNull(session.seen.get(name), name);
        }
        assertFalse("/tmp".equals(session.seen.get("HOME")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'if [' > $CLAUDE_ENV_FILE",
                "echo 'exit 3' > $CLAUDE_ENV_FILE",
                "rm $CLAUDE_ENV_FILE",
                "true"
            })
    void whatIsNoScriptChangesNothing(String script) throws Exception {
        start(script);

        assertEquals(1, session.ran.size());
        assertNull(session.seen.get("CLAUDE_ENV_FILE"));
    }

    @Test
    void aScriptThatDoesNotEndIsEndedAndTheFailureIsOnRecord() throws Exception {
        start("echo 'while :; do :; done' > $CLAUDE_ENV_FILE");

        assertEquals(1, session.ran.size());
        assertTrue(
                session.events.stream()
                        .anyMatch(event ->
                                event instanceof Event.HookRan ran
                                        && String.valueOf(ran.reason())
                                                .contains("runs longer than 5 s")),
                session.events::toString);
    }

    @Test
    void hooksOfCallsHaveNoFileToExportTo() throws Exception {
        session.ask(command("PreToolUse", "echo \"<$CLAUDE_ENV_FILE>\" > told", ""));

        assertEquals("<>", session.file("told"));
    }
}
