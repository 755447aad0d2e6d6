package dev.bowline.tools.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.permission.PermissionMode;
import dev.bowline.tools.BuiltinTools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The offline model in the real loop with the real tools.
class OfflineAgentTest {
    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void makeProject() throws Exception {
        folder = temp.toRealPath();
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(
                folder.resolve("src/Foo.java"),
                "/** A foo. */\nfinal class Foo {\n    int size = 1;\n}\n");
        Files.writeString(folder.resolve("README.md"), "# Foo\nfirst\n");
    }

    private String ask(PermissionMode mode, String prompt, String... allowed) throws Exception {
        try (var agent =
                Agent.of(
                        new OfflineModel(),
                        a ->
                                a.tools(BuiltinTools.all())
                                        .directory(folder)
                                        .permissionMode(mode)
                                        .allow(allowed))) {
            return agent.ask(prompt).text();
        }
    }

    @Test
    void itListsTheFiles() throws Exception {
        var text = ask(PermissionMode.DEFAULT, "What files are in the working directory?");
        assertTrue(text.contains("- src/ (1 file)\n- README.md"), text);
    }

    @Test
    void itQuotesThePlaces() throws Exception {
        var text = ask(PermissionMode.DEFAULT, "Where is class Foo defined?");
        assertTrue(text.contains("src/Foo.java:2: final class Foo {"), text);
        assertTrue(text.contains("3\t    int size = 1;"), text);
    }

    @Test
    void itEditsAndRuns() throws Exception {
        var text =
                ask(
                        PermissionMode.ACCEPT_EDITS,
                        "replace `size` with `length` in src/Foo.java, then append \"last\" to README.md, then create notes/a.txt with \"hello\" and then run `cat notes/a.txt`");
        assertTrue(
                Files.readString(folder.resolve("src/Foo.java")).contains("int length = 1;"), text);
        assertEquals("# Foo\nfirst\nlast\n", Files.readString(folder.resolve("README.md")), text);
        assertEquals("hello\n", Files.readString(folder.resolve("notes/a.txt")), text);
        assertTrue(text.contains("`cat notes/a.txt` printed:\n\n```\nhello\n```"), text);
    }

    @Test
    void itOverwritesAfterReading() throws Exception {
        var text = ask(PermissionMode.ACCEPT_EDITS, "write \"new\" to README.md");
        assertEquals("new\n", Files.readString(folder.resolve("README.md")), text);
    }

    @Test
    void itAppendsToAFileThatIsNotThere() throws Exception {
        var text = ask(PermissionMode.ACCEPT_EDITS, "append \"one\" to log.txt");
        assertEquals("one\n", Files.readString(folder.resolve("log.txt")), text);
    }

    @Test
    void aRefusedEditIsReportedWithTheWayOut() throws Exception {
        var text = ask(PermissionMode.DEFAULT, "create x.txt with \"a\"");
        assertFalse(Files.exists(folder.resolve("x.txt")));
        assertFalse(text.contains("Wrote"), text);
        assertTrue(text.contains("--permission-mode acceptEdits"), text);
    }

    @Test
    void anAllowedCommandRemoves() throws Exception {
        var text = ask(PermissionMode.DEFAULT, "delete README.md", "Bash(rm *)");
        assertFalse(Files.exists(folder.resolve("README.md")), text);
    }

    @Test
    void aMissingFileIsSaidToBeMissing() throws Exception {
        var text = ask(PermissionMode.DEFAULT, "read nothing.txt");
        assertTrue(text.startsWith("I could not read nothing.txt."), text);
    }
}
