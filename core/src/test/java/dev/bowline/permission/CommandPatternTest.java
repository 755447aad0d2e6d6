package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Access.Word;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the text of a Bash rule is compared with the words of a program.
class CommandPatternTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());

    private static String decide(PermissionMode mode, String allow, String deny, Access.Runs runs) {
        var book = RuleBook.of(rules(allow), List.of(), rules(deny), List.of());
        var call = new ToolCall("Bash", dev.bowline.tool.Effect.WRITE, List.of(runs));
        return Facts.word(new Policy(mode, book, PLACE).decide(call));
    }

    private static List<Rule> rules(String inner) {
        return inner.isEmpty() ? List.of() : List.of(new Rule("Bash", inner));
    }

    private static Access.Runs runs(Nature nature, String source, String words) {
        return new Access.Runs(
                source,
                Arrays.stream(words.split(",")).map(CommandPatternTest::word).toList(),
                nature);
    }

    private static Word word(String text) {
        return switch (text.strip()) {
            case "?" -> Word.UNKNOWN;
            case "EMPTY" -> new Word("");
            default -> new Word(text.strip());
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "git push            | git,push          | allow",
                "git  push           | git,push          | allow",
                " git push           | git,push          | allow",
                "git push            | git push          | ask",
                "'git push'          | git push          | allow",
                "\"git push\"        | git push          | allow",
                "git\\ push          | git push          | allow",
                "'git' push          | git,push          | allow",
                "g'i't push          | git,push          | allow",
                "git 'a\"b'          | git,a\"b          | allow",
                "git \"a'b\"         | git,a'b           | allow",
                "git 'a\\b'          | git,a\\b          | allow",
                "git \"a\\\"b\"      | git,a\"b          | allow",
                "git a\\             | git,a\\           | allow",
                "git 'a              | git,'a            | allow",
                "git \"a             | git,\"a           | allow",
                "git \"a             | git,a             | ask",
                "git *               | git               | allow",
                "git *               | git,push          | allow",
                "git *               | gitx              | ask",
                "git:*               | git,push          | allow",
                "git *               | git,EMPTY         | allow",
                "git                 | git,EMPTY         | ask",
                "git*                | gitx              | allow",
                "git * origin        | git,push,origin   | allow",
                "git * origin        | git,origin        | ask",
                "git *               | git,?             | ask",
                "git *               | ?,push            | ask",
            })
    void anAllowRuleIsComparedWordByWord(String rule, String words, String expected) {
        assertEquals(
                expected, decide(PermissionMode.DEFAULT, rule, "", runs(Nature.PLAIN, "§", words)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "PLAIN   | make \"$X\"   | make \"$X\" | allow",
                "GUARDED | make \"$X\"   | make \"$X\" | allow",
                "GUARDED |  make \"$X\"  | make \"$X\" | allow",
                "GUARDED | make \"$X\"   | make *      | ask",
                "GUARDED | make \"$X\"   | make x      | ask",
                "UNKNOWN | make \"$X\"   | make \"$X\" | ask",
                "UNREADABLE | make \"$X\" | make \"$X\" | ask",
            })
    void aGuardedProgramNeedsARuleOfTheSameText(
            Nature nature, String source, String rule, String expected) {
        assertEquals(
                expected, decide(PermissionMode.DEFAULT, rule, "", runs(nature, source, "make,x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "PLAIN   | git push     | git,push     | deny",
                "PLAIN   | git push     | git push     | deny",
                "PLAIN   | git push     | git,EMPTY    | allow",
                "PLAIN   | git push *   | git,push     | deny",
                "PLAIN   | git push *   | git,push,x   | deny",
                "PLAIN   | git push *   | git,pushx    | allow",
                "PLAIN   | git push:*   | git,?        | ask",
                "PLAIN   | git push *   | npm,?        | allow",
                "PLAIN   | git *        | git,?        | deny",
                "PLAIN   | git push     | ?            | ask",
                "PLAIN   | git push     | gi,?         | allow",
                "UNKNOWN | git push     | npm,x        | ask",
                "GUARDED | git push     | npm,x        | allow",
                "UNREADABLE | git push  | npm,x        | ask",
            })
    void aDenyRuleIsComparedAsOneWouldReadItAloud(
            Nature nature, String rule, String words, String expected) {
        assertEquals(expected, decide(PermissionMode.BYPASS, "", rule, runs(nature, "§", words)));
    }

    @Test
    void aDenyRuleKnowsAProgramByItsTextAndByEveryGuise() {
        var guised =
                new Access.Runs(
                        "sudo /bin/rm x",
                        Facts.words("/bin/rm x"),
                        List.of(Facts.words("/bin/rm x"), Facts.words("rm x")),
                        Nature.PLAIN,
                        List.of());
        assertEquals("deny", decide(PermissionMode.BYPASS, "", "rm *", guised));
        assertEquals("deny", decide(PermissionMode.BYPASS, "", "sudo *", guised));
        assertEquals("deny", decide(PermissionMode.BYPASS, "", "/bin/rm *", guised));
        assertEquals("allow", decide(PermissionMode.BYPASS, "", "cp *", guised));
        assertEquals("ask", decide(PermissionMode.DEFAULT, "rm *", "", guised));
        assertEquals("allow", decide(PermissionMode.DEFAULT, "/bin/rm *", "", guised));
    }

    @Test
    void ofAVeryLongCommandOnlyTheBeginningIsComparedBeforeItCountsAsPerhapsMeant() {
        for (var length : List.of(900, 1100)) {
            var runs = runs(Nature.PLAIN, "§", "x".repeat(length) + ",?");
            assertEquals(
                    length == 900 ? "allow" : "ask",
                    decide(PermissionMode.BYPASS, "", "git push", runs));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, npm run build, npm run *",
        "PLAIN, npm run, npm run *",
        "PLAIN, npm, npm",
        "PLAIN, npm -v, npm -v",
        "PLAIN, NPM run x, NPM run x",
        "PLAIN, npm Run x, npm Run x",
        "PLAIN, rm dir, rm dir",
        "PLAIN, ./x run, ./x run",
        "GUARDED, npm run build, npm run build",
        "PLAIN, npm ? x, npm ? x",
    })
    void theRuleThatAPersonWouldMeanNamesTheSubcommand(Nature nature, String line, String rule) {
        var runs = new Access.Runs(" " + line + " ", Facts.words(line), nature);
        assertEquals(rule, CommandPattern.general(runs));
        assertEquals(!line.contains("?"), CommandPattern.isNameable(runs));
    }
}
