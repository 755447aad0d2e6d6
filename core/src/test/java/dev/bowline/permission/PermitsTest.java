package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is free, what a mode permits, and what is said when somebody has to be asked.
class PermitsTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());

    private static Verdict decide(PermissionMode mode, String allow, ToolCall call) {
        var book = RuleBook.of(Facts.rules(allow), List.of(), List.of(), List.of());
        return new Policy(mode, book, PLACE).decide(call);
    }

    private static ToolCall call(String tool, Effect effect, String accesses) {
        return new ToolCall(
                tool, effect, Arrays.stream(accesses.split(", ")).map(Facts::access).toList());
    }

    private static String summary(Verdict verdict) {
        return String.join(
                "; ",
                Facts.word(verdict),
                verdict.decision().reason(),
                verdict.type().name(),
                String.valueOf(verdict.blockedPath()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reads /srv/app/x   | allow; reads only; OTHER; null",
                "scans /srv/app     | allow; reads only; OTHER; null",
                "session            | allow; reads only; OTHER; null",
                "reads /etc/x       | ask; reading /etc/x outside the working directories; WORKING_DIR; /etc/x",
                "scans /etc         | ask; reading /etc outside the working directories; WORKING_DIR; /etc",
                "writes /srv/app/x  | ask; writing /srv/app/x; NONE; /srv/app/x",
                "writes /etc/x      | ask; writing /etc/x outside the working directories; WORKING_DIR; /etc/x",
                "removes /srv/app/x | ask; removing /srv/app/x; NONE; /srv/app/x",
                "removes /etc/x/y   | ask; removing /etc/x/y outside the working directories; WORKING_DIR; /etc/x/y",
                "removes /etc       | ask; removing /etc; SAFETY_CHECK; /etc",
                "writes /srv/app/.git/x | ask; writing /srv/app/.git/x, which steers tools or agents; SAFETY_CHECK; /srv/app/.git/x",
                "removes /srv/app/.git  | ask; removing /srv/app/.git, which steers tools or agents; SAFETY_CHECK; /srv/app/.git",
                "contacts https://example.org/ | ask; contacting https://example.org/; NONE; null",
                "contacts https://docs.python.org/ | ask; contacting https://docs.python.org/; NONE; null",
                "reads /srv/app/x, writes /srv/app/y | ask; writing /srv/app/y; NONE; /srv/app/y",
                "sealed, writes /etc/x | allow; confined by the sandbox; OTHER; null",
                "sealed, writes /srv/app/.git/x | ask; writing /srv/app/.git/x, which steers tools or agents; SAFETY_CHECK; /srv/app/.git/x",
            })
    void whoeverIsAskedIsToldWhatItIsAbout(String accesses, String said) {
        assertEquals(
                said,
                summary(decide(PermissionMode.DEFAULT, "", call("Tidy", Effect.WRITE, accesses))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READS  | reads /srv/app/x | allow; reads only; OTHER; null",
                "READS  | reads /etc/x   | ask; reading /etc/x outside the working directories; WORKING_DIR; /etc/x",
                "READS  | scans /        | ask; reading / outside the working directories; WORKING_DIR; /",
                "PLAIN  | reads /srv/app/x | ask; running: tool x; OTHER; null",
                "PLAIN  | reads /etc/x   | ask; running: tool x; NONE; /etc/x",
                "EDITS  | writes /srv/app/x | ask; running: tool x; NONE; /srv/app/x",
                "EDITS  | writes /       | ask; running: tool x; OTHER; null",
                "EDITS  | writes /srv/app/.npmrc | ask; writing /srv/app/.npmrc, which steers tools or agents; SAFETY_CHECK; /srv/app/.npmrc",
                "UNREADABLE | session    | ask; not understood: tool x; OTHER; null",
            })
    void ofAProgramItIsSaidWhatItWouldTouch(Nature nature, String file, String said) {
        var call = Facts.program("tool x", nature, Facts.access(file));
        assertEquals(said, summary(decide(PermissionMode.DEFAULT, "", call)));
    }

    @Test
    void ofTwoFilesTheLastOneIsNamed() {
        var call =
                Facts.program(
                        "cp a b",
                        Nature.EDITS,
                        Facts.access("reads /srv/app/a"),
                        Facts.access("writes /srv/app/b"),
                        Facts.access("writes /srv/app/c"));
        assertEquals(Path.of("/srv/app/c"), decide(PermissionMode.DEFAULT, "", call).blockedPath());
    }

    @Test
    void ofALineWithSeveralProgramsTheFirstOneThatNeedsPermissionIsNamed() {
        var call = Facts.bash("make a; make b");
        assertEquals(
                "ask; running: make a; SUBCOMMAND_RESULTS; null",
                summary(decide(PermissionMode.DEFAULT, "", call)));
        assertEquals(
                "ask; running: make b; SUBCOMMAND_RESULTS; null",
                summary(decide(PermissionMode.DEFAULT, "Bash(make a)", call)));
        assertEquals(
                "allow; allow rule Bash(make *); RULE; null",
                summary(decide(PermissionMode.DEFAULT, "Bash(make *)", call)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default     | READ  | allow; reads only; OTHER; null",
                "default     | WRITE | ask; post is not allowed by any rule; OTHER; null",
                "acceptEdits | WRITE | ask; post is not allowed by any rule; OTHER; null",
                "plan        | READ  | allow; reads only; OTHER; null",
                "plan        | WRITE | ask; the session is planning and post would change something; MODE; null",
                "bypassPermissions | WRITE | allow; mode bypassPermissions; MODE; null",
                "dontAsk     | WRITE | deny; mode dontAsk; OTHER; null",
            })
    void aToolThatTouchesNothingGoesByItsEffect(String mode, Effect effect, String said) {
        var call = new ToolCall("post", effect, List.of());
        assertEquals(said, summary(decide(PermissionMode.of(mode), "", call)));
    }

    @Test
    void aReadingToolMayStillAskWhilePlanning() {
        var call = call("Look", Effect.READ, "reads /etc/x");
        assertEquals(
                "ask; reading /etc/x outside the working directories; WORKING_DIR; /etc/x",
                summary(decide(PermissionMode.PLAN, "", call)));
        assertEquals("allow", Facts.word(decide(PermissionMode.PLAN, "Read(//etc/**)", call)));
    }

    @Test
    void aRuleForAToolThatTouchesNothingIsNamed() {
        var call = new ToolCall("post", Effect.WRITE, List.of());
        var verdict = decide(PermissionMode.DEFAULT, "send;post", call);
        assertEquals("allow; allow rule post; RULE; null", summary(verdict));
        assertEquals(Rule.parse("post"), verdict.rule().rule());
        assertEquals("ask", Facts.word(decide(PermissionMode.DEFAULT, "send;p*", call)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EDITS | writes /srv/app/x                  | allow",
                "EDITS | removes /srv/app/x                 | allow",
                "EDITS | reads /srv/app/a, writes /srv/app/x | allow",
                "EDITS | reads /etc/a, writes /srv/app/x    | ask",
                "EDITS | scans /etc, writes /srv/app/x      | ask",
                "EDITS | writes /etc/x                      | ask",
                "EDITS | removes /etc/x                     | ask",
                "EDITS | writes /srv/app/x, writes /etc/x   | ask",
                "EDITS | contacts x                         | ask",
                "PLAIN | writes /srv/app/x                  | ask",
                "READS | reads /srv/app/x                   | allow",
            })
    void acceptEditsIsAboutEditsInTheWorkingDirectories(
            Nature nature, String files, String expected) {
        var accesses = Arrays.stream(files.split(", ")).map(Facts::access).toArray(Access[]::new);
        var verdict =
                decide(PermissionMode.ACCEPT_EDITS, "", Facts.program("tool x", nature, accesses));
        assertEquals(expected, Facts.word(verdict));
        if (expected.equals("allow") && nature == Nature.EDITS) {
            assertEquals("allow; mode acceptEdits; MODE; null", summary(verdict));
        }
        assertEquals(
                nature == Nature.READS ? "allow" : "ask",
                Facts.word(
                        decide(
                                PermissionMode.AUTO,
                                "",
                                Facts.program("tool x", nature, accesses))));
    }

    @Test
    void acceptEditsHoldsForToolsAndRedirectionsToo() {
        for (var accesses : List.of("writes /srv/app/x", "removes /srv/app/x")) {
            assertEquals(
                    "allow",
                    Facts.word(
                            decide(
                                    PermissionMode.ACCEPT_EDITS,
                                    "",
                                    call("Tidy", Effect.WRITE, accesses))));
        }
        assertEquals(
                "ask",
                Facts.word(
                        decide(
                                PermissionMode.ACCEPT_EDITS,
                                "",
                                call("Tidy", Effect.WRITE, "contacts x, writes /srv/app/x"))));
        var line = Facts.bash("make", Nature.PLAIN, Facts.access("writes /srv/app/x"));
        assertEquals("ask", Facts.word(decide(PermissionMode.ACCEPT_EDITS, "", line)));
        var verdict = decide(PermissionMode.ACCEPT_EDITS, "Bash(make)", line);
        assertEquals("allow; allow rule Bash(make); RULE; null", summary(verdict));
        assertEquals(Rule.parse("Bash(make)"), verdict.rule().rule());
    }

    @Test
    void aProgramThatOnlyReadsRunsWhereItsFilesAreAllowed() {
        var call =
                Facts.program(
                        "cat x y",
                        Nature.READS,
                        Facts.access("reads /data/x"),
                        Facts.access("reads /etc/y"));
        assertEquals("ask", Facts.word(decide(PermissionMode.DEFAULT, "Read(//data/**)", call)));
        assertEquals(
                "allow; allow rule Read(//etc/**); RULE; null",
                summary(decide(PermissionMode.DEFAULT, "Read(//data/**);Read(//etc/**)", call)));
        var plain = Facts.program("tool x", Nature.PLAIN, Facts.access("reads /data/x"));
        assertEquals("ask", Facts.word(decide(PermissionMode.DEFAULT, "Read(//data/**)", plain)));
    }

    private static ToolCall line(String line, Access... accesses) {
        var input = Json.of(Map.of("command", line));
        return new ToolCall("Bash", input, Effect.WRITE, List.of(accesses), false);
    }

    @Test
    void aRuleMayBeTheVeryTextOfALine() {
        var program = new Access.Runs("a", Facts.words("? b"), Nature.UNKNOWN);
        var call = line(" $(which a) b ", program);
        assertEquals(
                "allow; allow rule Bash($(which a) b); RULE; null",
                summary(decide(PermissionMode.DEFAULT, "Bash($(which a) b)", call)));
        assertEquals(
                Rule.parse("Bash($(which a) b)"),
                decide(PermissionMode.DEFAULT, "Bash($(which a) b)", call).rule().rule());
        assertEquals("ask", Facts.word(decide(PermissionMode.DEFAULT, "Bash($(which a) c)", call)));
        assertEquals(
                "ask", Facts.word(decide(PermissionMode.DEFAULT, "Other($(which a) b)", call)));
        var unread = line("$(which a) b", program, Access.Runs.unreadable("x"));
        assertEquals(
                "ask; not understood: x; OTHER; null",
                summary(decide(PermissionMode.DEFAULT, "Bash($(which a) b);Bash", unread))
                        .replace("SUBCOMMAND_RESULTS", "OTHER"));
    }

    @Test
    void onlyWebFetchReadsDocumentationFreely() {
        var url = "https://docs.python.org/3/";
        assertEquals("allow", Facts.word(decide(PermissionMode.DEFAULT, "", Facts.fetch(url))));
        var other = call("Http", Effect.READ, "contacts " + url);
        assertEquals("ask", Facts.word(decide(PermissionMode.DEFAULT, "", other)));
    }

    @Test
    void whatIsReadOrNotIsToldFileByFile() {
        var book =
                RuleBook.of(
                        Facts.rules("Read(//data/**)"),
                        List.of(),
                        Facts.rules("Read(.env)"),
                        List.of());
        var policy = new Policy(PermissionMode.DEFAULT, book, PLACE);
        for (var row :
                List.of(
                        List.of("/srv/app/x", true, false),
                        List.of("/srv/app/.env", false, true),
                        List.of("/data/x", true, false),
                        List.of("/etc/x", false, false))) {
            var file = Path.of(row.get(0).toString());
            assertEquals(row.get(1), policy.mayRead(file), file::toString);
            assertEquals(row.get(2), !policy.mayFind(file, file), file::toString);
        }
    }

    @Test
    void everyDecisionSaysWhatWasLookedAt() {
        var verdict = decide(PermissionMode.DEFAULT, "", Facts.read("/srv/app/x"));
        assertEquals("addresses: nothing", verdict.chain().getFirst());
        assertEquals("what is free, mode and allow rules: reads only", verdict.chain().getLast());
        assertNull(verdict.rule());
    }
}
