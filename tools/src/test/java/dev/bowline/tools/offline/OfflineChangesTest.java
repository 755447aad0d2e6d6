package dev.bowline.tools.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests of the offline model that change files.
class OfflineChangesTest {
    @ParameterizedTest
    @CsvSource({
        "create notes.txt with \"hello\", notes.txt, hello",
        "Create a file called a/b.md containing hello world, a/b.md, hello world",
        "write `x = 1` to config.py, config.py, x = 1",
        "make a new file named todo.txt with the content: buy milk, todo.txt, buy milk"
    })
    void filesAreCreated(String prompt, String file, String content) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "File created.");
        assertEquals(file, talk.inputs.getFirst().get("file_path"));
        assertEquals(content + "\n", talk.inputs.getFirst().get("content"));
        assertTrue(talk.text().startsWith("Wrote " + file), talk.text());
    }

    @Test
    void aFencedBlockIsTheContent() throws Exception {
        var talk =
                Talk.ask(
                        "Create Main.java with:\n```java\nclass Main {}\n// then run it\n```",
                        (tool, input) -> "ok");
        assertEquals("class Main {}\n// then run it\n", talk.inputs.getFirst().get("content"));
    }

    @Test
    void aRefusedEditIsNeverClaimed() throws Exception {
        var talk =
                Talk.ask(
                        "create x.txt with \"a\"",
                        (tool, input) ->
                                "!This call of Write needs permission (writing x.txt) and nobody can be asked here.");
        assertFalse(talk.text().contains("Wrote"), talk.text());
        assertTrue(talk.text().contains("--permission-mode acceptEdits"), talk.text());
    }

    @Test
    void aRefusedCommandNamesTheRuleThatWouldAllowIt() throws Exception {
        var talk =
                Talk.ask(
                        "run `make all`",
                        (tool, input) ->
                                "!This call of Bash needs permission (running: make all).");
        assertTrue(talk.text().contains("--allowedTools \"Bash(make all)\""), talk.text());
    }

    @Test
    void textIsAppendedAfterALastLineThatIsUnique() throws Exception {
        var talk =
                Talk.ask(
                        "append \"three\" to list.txt",
                        (tool, input) ->
                                tool.equals("Read") ? "1\tone\n2\ttwo\n3\ttwo\n4\t" : "edited");
        assertEquals(List.of("Read", "Edit"), talk.tools());
        assertEquals("two\ntwo\n", talk.inputs.get(1).get("old_string"));
        assertEquals("two\ntwo\nthree\n", talk.inputs.get(1).get("new_string"));
        assertTrue(talk.text().startsWith("Appended to list.txt"), talk.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replace foo with bar in a.txt",
                "In a.txt, replace `foo` by `bar`.",
                "change \"foo\" to \"bar\" in the file a.txt",
                "rename foo to bar in a.txt"
            })
    void textIsReplacedInAFile(String prompt) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "1\tfoo");
        assertEquals(List.of("Read", "Edit"), talk.tools());
        var edit = talk.inputs.get(1);
        assertEquals(
                List.of("a.txt", "foo", "bar", true),
                List.of(
                        edit.get("file_path"),
                        edit.get("old_string"),
                        edit.get("new_string"),
                        edit.get("replace_all")));
        assertTrue(talk.text().contains("Replaced \"foo\" with \"bar\" in a.txt"), talk.text());
    }

    @Test
    void renamingEverywhereEditsEachFileAndReportsEach() throws Exception {
        var talk =
                Talk.ask(
                        "rename method foo to bar everywhere",
                        (tool, input) ->
                                switch (tool) {
                                    case "Grep" -> "Found 2 files\na.txt\nb.txt";
                                    case "Edit" ->
                                            input.get("file_path").equals("a.txt")
                                                    ? "ok"
                                                    : "!string not found";
                                    default -> "1\tfoo";
                                });
        assertEquals(List.of("Grep", "Read", "Edit", "Read", "Edit"), talk.tools());
        assertTrue(talk.text().contains("in a.txt. ok"), talk.text());
        assertTrue(
                talk.text().contains("I could not edit b.txt. Edit said: string not found"),
                talk.text());
    }

    @ParameterizedTest
    @CsvSource({
        "delete old.txt, rm -r -- old.txt",
        "remove the file 'a b.txt', rm -r -- 'a b.txt'",
        "rename a.txt to b.txt, mv -n -- a.txt b.txt"
    })
    void filesAreRemovedAndMovedByAShell(String prompt, String command) throws Exception {
        var talk = Talk.ask(prompt.replace('\'', '"'), (tool, input) -> "");
        assertEquals(command, talk.inputs.getFirst().get("command"));
    }
}
