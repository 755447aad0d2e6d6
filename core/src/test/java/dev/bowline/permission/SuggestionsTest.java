package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());
    private static final Policy POLICY =
            new Policy(PermissionMode.DEFAULT, new RuleBook(List.of(), List.of()), PLACE);

    private static String text(ToolCall call) {
        return POLICY.suggestions(call, POLICY.decide(call)).stream()
                .map(SuggestionsTest::text)
                .collect(Collectors.joining(", "));
    }

    private static String text(PermissionUpdate update) {
        return switch (update) {
            case PermissionUpdate.AddRules(var rules, var behavior, var to) ->
                    behavior.wire() + " " + rules + " " + to.wire();
            case PermissionUpdate.SetMode(var mode, var to) -> mode.wire() + " " + to.wire();
            case PermissionUpdate.AddDirectories(var paths, var to) -> paths + " " + to.wire();
            default -> update.toString();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "PLAIN | npm run build --foo | allow [Bash(npm run *)] localSettings | other |",
                "PLAIN | node x.js | allow [Bash(node x.js)] localSettings | other |",
                "GUARDED | FOO=1 make all | allow [Bash(FOO=1 make all)] localSettings | other |",
                "PLAIN | make | allow [Bash(make)] localSettings | other |",
                "PLAIN | npm test; make all; curl http://x | allow [Bash(npm test *), Bash(make all *), Bash(curl http://x)] localSettings | subcommandResults |",
                "PLAIN | a1 b; a2 b; a3 b; a4 b; a5 b; a6 b | allow [Bash(a1 b *), Bash(a2 b *), Bash(a3 b *), Bash(a4 b *), Bash(a5 b *)] localSettings | subcommandResults |",
                "PLAIN | echo ? | - | other |",
                "UNKNOWN | ? x | - | other |",
            })
    void aCommandIsAllowedByTheNarrowestRuleThatAPersonWouldMean(
            Nature nature, String command, String suggestions, String type, String blocked) {
        var call = Facts.bash(command, nature);
        assertEquals(suggestions.equals("-") ? "" : suggestions, text(call));
        var verdict = POLICY.decide(call);
        assertEquals(type.equals("-") ? "" : type, verdict.type().wire());
        assertEquals(blocked == null ? null : Path.of(blocked), verdict.blockedPath());
    }

    @Test
    void aCommandThatChangesFilesAsksForTheFolderAndTheMode() {
        var here =
                Facts.program(
                        "touch done.txt",
                        Nature.EDITS,
                        new Access.Writes(Path.of("/srv/app/done.txt")));
        assertEquals(
                "allow [Bash(touch done.txt)] localSettings, [/srv/app] session, acceptEdits session",
                text(here));
        assertEquals(ReasonType.NONE, POLICY.decide(here).type());
        assertEquals(Path.of("/srv/app/done.txt"), POLICY.decide(here).blockedPath());
        assertEquals(
                "allow [Bash(rm -rf /data/x/f)] localSettings, [/data/x] session, acceptEdits session",
                text(
                        Facts.program(
                                "rm -rf /data/x/f",
                                Nature.EDITS,
                                new Access.Removes(Path.of("/data/x/f")))));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "PLAIN, npm run build --foo",
                "PLAIN, node x.js",
                "GUARDED, FOO=1 make",
                "PLAIN, npm test; make all; curl http://x",
                "EDITS, touch done.txt",
            })
    void whoeverAcceptsTheRulesIsNotAskedAgain(Nature nature, String command) {
        var call = Facts.bash(command, nature);
        var book = new RuleBook(List.of(), List.of());
        for (var update : POLICY.suggestions(call, POLICY.decide(call))) {
            if (update instanceof PermissionUpdate.AddRules rules) {
                book = book.plus(rules);
            }
        }
        var policy = book.policy(PermissionMode.DEFAULT, PLACE.project(), PLACE.home());
        assertEquals("allow", Facts.word(policy.decide(call)));
        assertEquals("ask", Facts.word(policy.decide(Facts.bash(command + "; rm -rf x", nature))));
    }

    @Test
    void filesAndAddressesHaveTheirOwn() {
        assertEquals("acceptEdits session", text(Facts.edit("Write", "/srv/app/a.txt")));
        assertEquals(
                "acceptEdits session, [/data] session", text(Facts.edit("Write", "/data/a.txt")));
        assertEquals("allow [Read(//data/**)] session", text(Facts.read("/data/a.txt")));
        assertEquals(
                "allow [WebFetch(domain:sub.example.org)] localSettings",
                text(Facts.fetch("https://Sub.example.org/x")));
        assertEquals(
                "allow [mcp__b__noop] localSettings",
                text(new ToolCall("mcp__b__noop", Effect.WRITE, List.of())));
    }

    @Test
    void theReasonIsAWordForPrograms() {
        assertEquals(
                ReasonType.SAFETY_CHECK,
                POLICY.decide(Facts.edit("Write", "/srv/app/.git/config")).type());
        assertEquals(ReasonType.WORKING_DIR, POLICY.decide(Facts.read("/etc/hosts")).type());
        assertEquals(ReasonType.NONE, POLICY.decide(Facts.edit("Write", "/srv/app/a.txt")).type());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "reads /srv/app/x       | §§",
                "scans /srv/app/x       | §§",
                "scans /data/x          | allow [Read(//data/**)] session",
                "scans /                | §§",
                "writes /               | §§",
                "writes /data           | acceptEdits session, [/] session",
                "removes /srv/app/x     | acceptEdits session",
                "removes /data/x        | acceptEdits session, [/data] session",
                "contacts nowhere       | §§",
                "contacts http://10.0.0.1:80/x | allow [Tidy(domain:10.0.0.1)] localSettings",
                "session                | §§",
                "sealed                 | §§",
                "reads /data/x, reads /data/y | allow [Read(//data/**)] session",
                "reads /data/x, writes /srv/app/y | allow [Read(//data/**)] session, acceptEdits session",
            })
    void everyPartOfACallHasItsOwn(String accesses, String suggestions) {
        var all = Arrays.stream(accesses.split(", ")).map(Facts::access).toList();
        var call = new ToolCall("Tidy", Effect.WRITE, all);
        assertEquals(
                suggestions,
                Suggestions.of(call, PLACE).stream()
                        .map(SuggestionsTest::text)
                        .collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "READS | reads /data/x   | §§",
                "PLAIN | writes /data/x  | allow [Bash(tool x *)] localSettings",
                "EDITS | reads /data/x   | allow [Bash(tool x *)] localSettings",
                "EDITS | scans /data/x/y | allow [Bash(tool x *)] localSettings, [/data/x] session, acceptEdits session",
                "EDITS | contacts x      | allow [Bash(tool x *)] localSettings",
            })
    void ofACommandThatOnlyEditsTheFoldersAreSuggestedToo(
            Nature nature, String file, String suggestions) {
        var call = Facts.program("tool x", nature, Facts.access(file));
        assertEquals(
                suggestions,
                Suggestions.of(call, PLACE).stream()
                        .map(SuggestionsTest::text)
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void aReadingProgramBesideOthersNeedsNoRule() {
        var reading = new Access.Runs("ls", Facts.words("ls"), Nature.READS);
        var making = new Access.Runs("make", Facts.words("make"), Nature.PLAIN);
        var call = new ToolCall("Bash", Effect.WRITE, List.of(reading, making));
        assertEquals("allow [Bash(make)] localSettings", text(call));
    }

    @Test
    void nothingIsSuggestedWhereAPersonHasToSaySoEachTime() {
        var planning =
                new Policy(PermissionMode.PLAN, new RuleBook(List.of(), List.of()), PLACE);
        var call = Facts.bash("make");
        assertEquals(List.of(), planning.suggestions(call, planning.decide(call)));
        var root = Facts.program("rm -r /etc", Nature.EDITS, Facts.access("removes /etc"));
        assertEquals("", text(root));
    }
}
