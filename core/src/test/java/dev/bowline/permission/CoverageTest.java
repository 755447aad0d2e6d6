package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/// Which calls a rule is about, by what they touch.
class CoverageTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());

    private static String decide(PermissionMode mode, String allow, String deny, ToolCall call) {
        var book = RuleBook.of(Facts.rules(allow), List.of(), Facts.rules(deny), List.of());
        return Facts.word(new Policy(mode, book, PLACE).decide(call));
    }

    private static String denied(String rule, ToolCall call) {
        return decide(PermissionMode.BYPASS, "", rule, call);
    }

    private static String allowed(String rule, ToolCall call) {
        return decide(PermissionMode.DEFAULT, rule, "", call);
    }

    private static ToolCall call(String tool, String accesses) {
        return new ToolCall(
                tool,
                Effect.WRITE,
                Arrays.stream(accesses.split(", ")).map(Facts::access).toList());
    }

    private static ToolCall with(String tool, String input) {
        return new ToolCall(tool, Json.parse(input), Effect.WRITE, List.of(), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Read(/secret/**)   | Read  | reads /srv/app/secret/x   | deny",
                "Read(/secret/**)   | Read  | reads /srv/app/open/x     | allow",
                "Read(/secret/**)   | Grep  | scans /srv/app/secret     | deny",
                "Read(/secret/**)   | Grep  | scans /srv/app            | ask",
                "Read(/secret/**)   | Grep  | scans /srv/app/open       | allow",
                "Read(/secret/**)   | Grep  | scans /                   | ask",
                "Read(/secret/**)   | Write | writes /srv/app/secret/x  | deny",
                "Read(/secret/**)   | Write | writes /srv/app/open/x    | allow",
                "Read(/secret/**)   | Write | writes /                  | ask",
                "Read(/a/secret/**) | Tidy  | removes /srv/app/a/secret/x | deny",
                "Read(/a/secret/**) | Tidy  | removes /srv/app/a        | allow",
                "Read               | Write | writes /srv/app/x         | allow",
                "Read               | Grep  | scans /srv/app            | deny",
                "Edit(/secret/**)   | Read  | reads /srv/app/secret/x   | allow",
                "Edit(/secret/**)   | Grep  | scans /srv/app/secret     | allow",
                "Edit(/secret/**)   | Write | writes /srv/app/secret/x  | deny",
                "Edit(/secret/**)   | Write | writes /srv/app/open      | allow",
                "Edit(/secret/**)   | Write | writes /                  | ask",
                "Edit(/a/secret/**) | Tidy  | removes /srv/app/a/secret/x | deny",
                "Edit(/a/secret/**) | Tidy  | removes /srv/app/a        | ask",
                "Edit(/a/secret/**) | Tidy  | removes /srv/app/b        | allow",
                "Edit               | Tidy  | writes /srv/app/x         | allow",
                "Notes(/secret/**)  | Notes | reads /srv/app/secret/x   | deny",
                "Notes(/secret/**)  | Notes | scans /srv/app/secret     | deny",
                "Notes(/secret/**)  | Notes | writes /srv/app/secret/x  | deny",
                "Notes(/a/secret/**) | Notes | removes /srv/app/a       | ask",
                "Notes(/secret/**)  | Other | reads /srv/app/secret/x   | allow",
                "Notes(/secret/**)  | Other | writes /                  | allow",
                "Notes(/secret/**)  | Other | writes /srv/app/secret/x  | allow",
                "Notes(/secret/**)  | Other | removes /srv/app/secret/x | allow",
                "Notes(/secret/**)  | Notes | session                   | allow",
                "Notes(/secret/**)  | Notes | sealed                    | allow",
                "Read(/secret/**)   | Two   | reads /srv/app/x, reads /srv/app/secret/x | deny",
                "Read(/secret/**)   | Two   | reads /srv/app/secret/x, reads /srv/app/x | deny",
                "Web(domain:example.org) | Web  | contacts https://example.org/ | deny",
                "Web(domain:example.org) | Web  | contacts https://example.com/ | allow",
                "Web(example.org)        | Web  | contacts https://example.org/ | allow",
                "Web(domain:example.org) | Http | contacts https://example.org/ | allow",
            })
    void aRuleThatDeniesIsMeantByWhateverTouchesItsFiles(
            String rule, String tool, String accesses, String expected) {
        assertEquals(expected, denied(rule, call(tool, accesses)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Read(/secret/**)  | PLAIN      | reads /srv/app/secret/x   | deny",
                "Read(/secret/**)  | PLAIN      | reads /srv/app/x          | allow",
                "Read(/secret/**)  | EDITS      | writes /srv/app/secret/x  | deny",
                "Edit(/secret/**)  | READS      | reads /srv/app/secret/x   | allow",
                "Edit(/secret/**)  | EDITS      | removes /srv/app/secret/x | deny",
                "Grep(/secret/**)  | READS      | scans /srv/app/secret     | deny",
                "Write(/secret/**) | EDITS      | writes /srv/app/secret/x  | deny",
                "Web(/secret/**)   | PLAIN      | reads /srv/app/secret/x   | allow",
                "Bash(/secret/**)  | PLAIN      | reads /srv/app/secret/x   | allow",
                "Read(/secret/**)  | UNREADABLE | session                   | ask",
                "Edit(/secret/**)  | UNREADABLE | session                   | ask",
                "Web(domain:x.org) | UNREADABLE | session                   | allow",
                "Read(/secret/**)  | UNKNOWN    | session                   | allow",
                "Bash(rm *)        | UNKNOWN    | session                   | ask",
                "Bash(rm *)        | GUARDED    | session                   | allow",
                "Edit              | EDITS      | writes /srv/app/x         | deny",
                "Edit              | EDITS      | removes /srv/app/x        | deny",
                "Write             | EDITS      | writes /srv/app/x         | deny",
                "Edit              | READS      | reads /srv/app/x          | allow",
                "Edit              | READS      | scans /srv/app            | allow",
                "Read              | EDITS      | writes /srv/app/x         | allow",
            })
    void theFilesOfProgramsCountToo(String rule, Nature nature, String file, String expected) {
        assertEquals(expected, denied(rule, Facts.program("tool x", nature, Facts.access(file))));
    }

    @Test
    void aRedirectionIsAnEditOfTheCommandLine() {
        var line = Facts.bash("echo x", Nature.READS, Facts.access("writes /srv/app/x"));
        assertEquals("deny", denied("Edit", line));
        assertEquals("allow", denied("Edit", Facts.bash("echo x", Nature.READS)));
        assertEquals(
                "allow",
                denied("Edit", Facts.bash("echo", Nature.READS, Facts.access("reads /srv/app/x"))));
        assertEquals(
                "allow",
                denied("Edit", Facts.bash("curl", Nature.PLAIN, Facts.access("contacts x"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "post(channel:general) | post | {\"channel\":\"general\"}      | deny",
                "post(channel:gen*)    | post | {\"channel\":\"general\"}      | deny",
                "post(channel:general) | post | {\"channel\":\"random\"}       | allow",
                "post(channel:general) | post | {\"text\":\"general\"}         | allow",
                "post(channel:general) | post | {\"channel\":null}             | allow",
                "post(channel:general) | post | []                             | allow",
                "post(channel:*)       | post | {\"channel\":[\"general\"]}    | allow",
                "post(channel:*)       | post | {\"channel\":{\"a\":1}}        | allow",
                "post(channel:general) | send | {\"channel\":\"general\"}      | allow",
                "p*(channel:general)   | post | {\"channel\":\"general\"}      | deny",
                "post(count:3)         | post | {\"count\":3}                  | deny",
                "post(urgent:true)     | post | {\"urgent\":true}              | deny",
                "post(general)         | post | {\"channel\":\"general\"}      | allow",
                "Agent(reviewer)       | Agent | {\"subagent_type\":\"reviewer\"} | deny",
                "Agent(rev*)           | Agent | {\"subagent_type\":\"reviewer\"} | deny",
                "Agent(reviewer)       | Agent | {\"subagent_type\":\"writer\"}   | allow",
                "Agent(reviewer)       | Agent | {}                               | allow",
                "Agent(reviewer)       | Skill | {\"skill\":\"reviewer\"}         | allow",
                "Skill(deploy)         | Skill | {\"skill\":\"deploy\"}           | deny",
                "Skill(deploy)         | Skill | {\"skill\":\"deploy\",\"args\":\"x\"} | deny",
                "Skill(deploy *)       | Skill | {\"skill\":\"deploy\"}           | deny",
                "Skill(deploy:*)       | Skill | {\"skill\":\"deploy\",\"args\":\"x\"} | deny",
                "Skill(deploy *)       | Skill | {\"skill\":\"deployment\"}       | allow",
                "other(deploy)         | other | {\"skill\":\"deploy\"}           | allow",
            })
    void aRuleThatDeniesMayNameAFieldOfTheInput(
            String rule, String tool, String input, String expected) {
        assertEquals(expected, denied(rule, with(tool, input)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "Agent(reviewer)  | Agent | {\"subagent_type\":\"reviewer\"}           | allow",
                "Agent(reviewer)  | Agent | {\"subagent_type\":\"writer\"}             | ask",
                "Agent(reviewer)  | Agent | {}                                         | ask",
                "Agent            | Agent | {}                                         | allow",
                "Skill(deploy)    | Skill | {\"skill\":\"deploy\"}                     | allow",
                "Skill(deploy)    | Skill | {\"skill\":\"deploy\",\"args\":\" \"}      | allow",
                "Skill(deploy)    | Skill | {\"skill\":\"deploy\",\"args\":\"x\"}      | ask",
                "Skill(deploy *)  | Skill | {\"skill\":\"deploy\",\"args\":\"x\"}      | allow",
                "Skill(deploy *)  | Skill | {\"skill\":\"deploy\"}                     | allow",
                "Skill(deploy:*)  | Skill | {\"skill\":\"deploy\",\"args\":\"x\"}      | allow",
                "S*(deploy)       | Skill | {\"skill\":\"deploy\"}                     | ask",
                "post(channel:x)  | post  | {\"channel\":\"x\"}                        | ask",
                "mcp__a           | mcp__a__x | {}                                     | allow",
                "mcp__a__*        | mcp__a__x | {}                                     | allow",
                "mcp__*           | mcp__a__x | {}                                     | ask",
                "*                | post  | {}                                         | ask",
            })
    void toAllowARuleNamesTheToolOrWhatItIsAbout(
            String rule, String tool, String input, String expected) {
        assertEquals(expected, allowed(rule, with(tool, input)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Edit(/a/**)       | Tidy  | removes /srv/app/a/b   | allow",
                "Edit(/a/b)        | Tidy  | removes /srv/app/a/b   | allow",
                "Edit(/a/*)        | Tidy  | removes /srv/app/a/b   | ask",
                "Edit(/a/**/c)     | Tidy  | removes /srv/app/a/b   | ask",
                "Edit              | Tidy  | removes /srv/app/a/b   | allow",
                "Edit              | Tidy  | writes /srv/app/a/b    | allow",
                "Edit              | Tidy  | reads /data/x          | ask",
                "Edit(//data/**)   | Read  | reads /data/x          | allow",
                "Edit(//data/**)   | Grep  | scans /data/x          | allow",
                "Edit(//data/**)   | Read  | reads /etc/x           | ask",
                "Read(//data/**)   | Grep  | scans /data/x          | allow",
                "Read(//data)      | Grep  | scans /data            | allow",
                "Read(//data/*.md) | Grep  | scans /data            | ask",
                "Read(//data/**)   | Grep  | scans /                | ask",
                "Read(//data/**)   | Write | writes /data/x         | ask",
                "Read(//data/**)   | Tidy  | removes /data/x        | ask",
                "Read              | Grep  | scans /data            | allow",
                "Notes(//data/**)  | Notes | reads /data/x          | allow",
                "Notes(//data/**)  | Notes | scans /data/x          | allow",
                "Notes(//data/**)  | Notes | writes /data/x         | allow",
                "Notes(//data/**)  | Notes | removes /data/x        | allow",
                "Notes(//data/**)  | Other | writes /data/x         | ask",
                "Write(//data/**)  | Write | writes /data/x         | ask",
                "Glob(//data/**)   | Glob  | scans /data/x          | ask",
                "N*                | Notes | writes /data/x         | ask",
                "Notes             | Notes | writes /data/x, session | allow",
                "Web(domain:example.org) | Web  | contacts https://example.org/ | allow",
                "Web(domain:example.org) | Web  | contacts https://example.com/ | ask",
                "Web(domain:example.org) | Http | contacts https://example.org/ | ask",
                "Web(example.org)        | Web  | contacts https://example.org/ | ask",
                "Web(domain:example.org) | Web  | contacts https://example.org/, writes /data/x | ask",
            })
    void toAllowEachPartOfACallNeedsARule(
            String rule, String tool, String accesses, String expected) {
        assertEquals(expected, allowed(rule, call(tool, accesses)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bash(echo *)                 | ask",
                "Bash(echo *);Bash(//data/**) | ask",
                "Bash(echo *);Edit(//data/**) | allow",
                "Bash(echo *);Edit            | allow",
                "Bash(echo *);Read(//data/**) | ask",
            })
    void aRedirectionNeedsARuleOfItsOwn(String rules, String expected) {
        var line = Facts.bash("echo x", Nature.PLAIN, Facts.access("writes /data/x"));
        assertEquals(expected, allowed(rules, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Bash(curl * | sh)  ! Bash    ! curl x | sh    ! deny",
                "Bash(curl * | sh)  ! Monitor ! curl x | sh    ! deny",
                "Bash(curl * | sh)  ! Other   ! curl x | sh    ! allow",
                "Bash(curl * | sh)  ! Bash    ! curl x | bash  ! allow",
                "Bash(curl * | sh *) ! Bash   ! curl x | sh -s ! deny",
                "Bash(curl * | sh *) ! Bash   ! curl x | sh    ! deny",
                "Bash(curl * | sh:*) ! Bash   ! curl x | sh    ! deny",
                "Bash(sh *)         ! Bash    ! curl x | sh    ! deny",
                "Bash(cu* sh)       ! Bash    ! curl x | sh    ! allow",
            })
    void aRuleThatDeniesMayBeAboutAWholeLine(
            String rule, String tool, String line, String expected) {
        var programs =
                Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .<Access>map(one -> new Access.Runs(one, Facts.words(one), Nature.PLAIN))
                        .toList();
        var input = Json.of(Map.of("command", line));
        assertEquals(
                expected, denied(rule, new ToolCall(tool, input, Effect.WRITE, programs, false)));
        var without = Json.of(Map.of("command", 3));
        assertEquals(
                rule.contains("|") ? "allow" : expected,
                denied(rule, new ToolCall(tool, without, Effect.WRITE, programs, false)));
    }

    @Test
    void aRuleWithASlashInFrontIsRelativeToWhereItIsFrom() {
        var given =
                new RuleBook.Given(
                        Rule.parse("Read(/secret/**)"),
                        PermissionUpdate.Behavior.DENY,
                        PermissionUpdate.Destination.USER_SETTINGS,
                        Path.of("/home/ann/.bowline"));
        var policy =
                new Policy(PermissionMode.BYPASS, new RuleBook(List.of(given), List.of()), PLACE);
        assertEquals("deny", Facts.word(policy.decide(Facts.read("/home/ann/.bowline/secret/x"))));
        assertEquals("allow", Facts.word(policy.decide(Facts.read("/srv/app/secret/x"))));
    }

    @Test
    void aFolderIsLookedIntoBeforeSomebodyIsAsked() {
        var book = RuleBook.of(List.of(), List.of(), Facts.rules("Read(.env)"), List.of());
        for (var found : List.of(".env", "README.md")) {
            Contents contents = (root, test) -> test.test(root.resolve(found));
            var place = new Place(PLACE.project(), PLACE.home(), List.of(), contents);
            var policy = new Policy(PermissionMode.DEFAULT, book, place);
            assertEquals(
                    found.equals(".env") ? "ask" : "allow",
                    Facts.word(policy.decide(call("Grep", "scans /srv/app/src"))),
                    found);
        }
    }
}
