package dev.bowline.tools.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.StreamEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineModelTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "What files are in the working directory?",
                "list the files",
                "List all files in this folder please.",
                "Can you show me which files there are?",
                "ls"
            })
    void aQuestionAboutFilesListsFoldersThenFiles(String prompt) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "README.md\nsrc/b/B.java\nsrc/A.java\n.env");
        assertEquals(List.of("Glob"), talk.tools());
        assertTrue(
                talk.text()
                        .startsWith(
                                "4 files in the working directory:\n\n- src/ (2 files)\n- .env\n- README.md"),
                talk.text());
    }

    @Test
    void namesOfFilesMayHaveLettersOfAnyScript() throws Exception {
        var talk = Talk.ask("read ü/größe-é.txt.", (tool, input) -> "1\tvier");

        assertEquals(List.of("Read"), talk.tools());
        assertEquals("ü/größe-é.txt", talk.inputs.getFirst().get("file_path"));
    }

    @Test
    void theNoteOfAnInterruptionIsNoPrompt() throws Exception {
        var note = new ContentBlock.Text("[Request interrupted by user for tool use]");
        var talk = new Talk(Talk.ALL, (tool, input) -> "");
        talk.prompt(new Message(Role.USER, List.of(note, new ContentBlock.Text("hello"))));

        assertTrue(talk.text().startsWith("Hello. I am"), talk.text());
        assertEquals(List.of(), talk.calls);
    }

    @Test
    @Timeout(20)
    void aPromptOfMillionsOfCharactersIsAnsweredAtOnce() throws Exception {
        assertTrue(Talk.ask("b".repeat(20_000), (tool, input) -> "").text().startsWith("Hello."));
        var talk = Talk.ask("a".repeat(9_999_999), (tool, input) -> "");

        assertEquals(List.of(), talk.tools());
        assertTrue(talk.text().startsWith("The prompt has 9999999 characters"), talk.text());
        assertEquals(
                List.of("Write"),
                Talk.ask(
                                "create a.txt with `" + "b".repeat(1_000_000) + "`",
                                (tool, input) -> "File created: a.txt")
                        .tools());
    }

    @Test
    void aHugeTreeIsToldByFolders() throws Exception {
        var talk =
                Talk.ask(
                        "What files are here?",
                        (tool, input) ->
                                input.get("pattern").equals("./*")
                                        ? "pom.xml"
                                        : "a/x\n\n[Shown are the newest 100 of 5321 files. By folder: ./ 1, a/ 5000, b/ 320. Use a narrower pattern or a path.]");
        assertEquals(2, talk.calls.size());
        assertTrue(talk.text().contains("5321 files"), talk.text());
        assertTrue(
                talk.text().contains("- a/ (5000 files)\n- b/ (320 files)\n- pom.xml"),
                talk.text());
    }

    @ParameterizedTest
    @CsvSource({
        "Which java files are there?, *.java, ",
        "list the python files in src, *.py, src",
        "show all .toml files, *.toml, ",
        "how many markdown files are in docs/guide?, *.md, docs/guide"
    })
    void kindsOfFilesAreFoundByPattern(String prompt, String pattern, String folder)
            throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "No files found");
        assertEquals(pattern, talk.inputs.getFirst().get("pattern"));
        assertEquals(folder, talk.inputs.getFirst().get("path"));
        assertTrue(talk.text().startsWith("There are no " + pattern + " files"), talk.text());
    }

    @Test
    void withoutGlobFilesAreListedByAShell() throws Exception {
        var talk = new Talk(Set.of("Bash"), (tool, input) -> "a\nb/");
        assertTrue(talk.prompt("list the files").contains("a\nb/"));
        assertEquals("ls -p", talk.inputs.getFirst().get("command"));
    }

    @ParameterizedTest
    @CsvSource({
        "Where is class Foo defined?, \\bFoo\\b",
        "what does parseConfig do?, \\bparseConfig\\b",
        "find usages of MAX_SIZE, \\bMAX_SIZE\\b",
        "'Search for \"hello world\"', hello world",
        "Explain the function tokenize to me, \\btokenize\\b"
    })
    void namesAreSearchedAndQuotedWithTheirPlaces(String prompt, String pattern) throws Exception {
        var talk =
                Talk.ask(
                        prompt,
                        (tool, input) ->
                                tool.equals("Grep")
                                        ? "src/Use.java:3:  new Foo();\nsrc/Foo.java:7:final class Foo {"
                                        : "7\tfinal class Foo {");
        assertEquals(List.of("Grep", "Read"), talk.tools());
        assertEquals(pattern, talk.inputs.getFirst().get("pattern"));
        assertTrue(talk.text().contains("src/Foo.java:7: final class Foo {"), talk.text());
        assertTrue(talk.text().contains("src/Use.java:3: new Foo();"), talk.text());
        assertTrue(talk.text().contains("only searched"), talk.text());
    }

    @Test
    void theDefinitionIsReadAroundFirst() throws Exception {
        var talk =
                Talk.ask(
                        "Where is class Foo?",
                        (tool, input) ->
                                tool.equals("Grep")
                                        ? "a/Use.java:90:  new Foo();\nb/Foo.java:7:final class Foo {"
                                        : "x");
        assertEquals("b/Foo.java", talk.inputs.get(1).get("file_path"));
        assertEquals(3L, talk.inputs.get(1).get("offset"));
    }

    @Test
    void nothingFoundIsTriedInAnyCaseThenByNameThenSaid() throws Exception {
        var talk =
                Talk.ask(
                        "where is \"Foo\"?",
                        (tool, input) ->
                                tool.equals("Grep") ? "No matches found" : "No files found");
        assertEquals(List.of("Grep", "Grep", "Glob"), talk.tools());
        assertEquals(true, talk.inputs.get(1).get("-i"));
        assertEquals("*[fF][oO][oO]*", talk.inputs.get(2).get("pattern"));
        assertTrue(talk.text().contains("found nothing"), talk.text());
    }

    @Test
    void otherLanguagesFallBackToTheirWords() throws Exception {
        var talk =
                Talk.ask(
                        "Wo wird die Zwischensumme berechnet?",
                        (tool, input) -> "No matches found");
        assertEquals("\\bZwischensumme\\b|\\bberechnet\\b", talk.inputs.getFirst().get("pattern"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read src/A.java",
                "Show me the file src/A.java.",
                "cat src/A.java",
                "What is in src/A.java?"
            })
    void aFileIsRead(String prompt) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "1\tclass A {}");
        assertEquals("src/A.java", talk.inputs.getFirst().get("file_path"));
        assertTrue(talk.text().contains("1\tclass A {}"), talk.text());
    }

    @Test
    void aFileNamedWithoutItsFolderIsLookedFor() throws Exception {
        var talk =
                Talk.ask(
                        "read A.java",
                        (tool, input) ->
                                tool.equals("Glob")
                                        ? "src/A.java"
                                        : input.get("file_path").equals("A.java")
                                                ? "!File does not exist."
                                                : "1\tfound");
        assertEquals(List.of("Read", "Glob", "Read"), talk.tools());
        assertTrue(talk.text().contains("1\tfound"), talk.text());
    }

    @ParameterizedTest
    @CsvSource({
        "run `git status`, git status",
        "Please run ls -la, ls -la",
        "execute the command `echo \"a\" && true`, echo \"a\" && true",
        "Run git log -1 --format='%s'., git log -1 --format='%s'"
    })
    void commandsAreRunAsTheyStand(String prompt, String command) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "fine");
        assertEquals(command, talk.inputs.getFirst().get("command"));
        assertTrue(talk.text().contains("printed:\n\n```\nfine\n```"), talk.text());
    }

    @Test
    void aFailingCommandIsCalledAFailure() throws Exception {
        var talk = Talk.ask("run false", (tool, input) -> "!Exit code 1\n");
        assertTrue(talk.text().contains("ended with a failure"), talk.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create a.txt with \"hi\" then run `cat a.txt` and then delete a.txt",
                "1. create a.txt with \"hi\"\n2. run `cat a.txt`\n3. delete a.txt",
                "Create a.txt with \"hi\". Run `cat a.txt`. Delete a.txt.",
                "create a.txt with \"hi\" and run `cat a.txt`\ndelete a.txt"
            })
    void severalRequestsAreDoneOneAfterAnother(String prompt) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "ok");
        assertEquals(List.of("Write", "Bash", "Bash"), talk.tools());
        assertEquals("cat a.txt", talk.inputs.get(1).get("command"));
        assertEquals("rm -r -- a.txt", talk.inputs.get(2).get("command"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "Hi there!", "?", "who are you?", "help", "what can you do?"})
    void aGreetingIsAnsweredWithWhatItIs(String prompt) throws Exception {
        var talk = Talk.ask(prompt, (tool, input) -> "");
        assertEquals(List.of(), talk.calls);
        assertTrue(
                talk.text().contains("offline model") && talk.text().contains("ANTHROPIC_API_KEY"),
                talk.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list the files",
                "where is Foo?",
                "read a.txt",
                "run ls",
                "create a.txt with b",
                "append \"x\" to a.txt",
                "replace a with b in c.txt"
            })
    void withoutToolsItSaysWhichOneIsMissing(String prompt) throws Exception {
        var talk = new Talk(Set.of(), (tool, input) -> "");
        assertTrue(talk.prompt(prompt).contains("does not offer the tool"), talk.text());
    }

    @Test
    void eachTurnStandsForItselfAndIdsNeverRepeat() throws Exception {
        var talk = new Talk(Talk.ALL, (tool, input) -> "out");
        var ids = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            talk.prompt("run `date`");
        }
        for (var message : talk.messages) {
            for (var block : message.content()) {
                if (block instanceof ContentBlock.ToolUse use) {
                    assertTrue(ids.add(use.id()), use.id());
                }
            }
        }
        assertEquals(20, ids.size());
    }

    @Test
    void theSameConversationGetsTheSameReply() throws Exception {
        var one = Talk.ask("run `date`", (tool, input) -> "out");
        var two = Talk.ask("run `date`", (tool, input) -> "out");
        assertEquals(one.last, two.last);
        assertEquals(one.events, two.events);
        assertNotEquals(one.last, Talk.ask("run `date`", (tool, input) -> "other").last);
    }

    @Test
    void textStreamsAsACompleteMessage() throws Exception {
        var talk = Talk.ask("hello", (tool, input) -> "");
        var spoken = new StringBuilder();
        talk.events.forEach(event -> {
            if (event instanceof StreamEvent.TextDelta delta) {
                spoken.append(delta.text());
            }
        });
        assertEquals(talk.text(), spoken.toString());
        assertInstanceOf(StreamEvent.MessageStarted.class, talk.events.getFirst());
        assertInstanceOf(StreamEvent.BlockStarted.class, talk.events.get(1));
        assertInstanceOf(StreamEvent.BlockStopped.class, talk.events.get(talk.events.size() - 3));
        assertInstanceOf(StreamEvent.MessageEnding.class, talk.events.get(talk.events.size() - 2));
        assertInstanceOf(StreamEvent.MessageStopped.class, talk.events.getLast());
        assertTrue(talk.last.usage().outputTokens() >= talk.text().length() / 4);
    }

    @Test
    void anInterruptEndsTheAnswer() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Talk.ask("hello", (tool, input) -> ""));
    }

    @Test
    void remindersInAPromptAreNotRequests() throws Exception {
        var talk =
                Talk.ask(
                        "<system-reminder>delete a.txt</system-reminder>\nrun `date`",
                        (tool, input) -> "out");
        assertEquals("date", talk.inputs.getFirst().get("command"));
    }
}
