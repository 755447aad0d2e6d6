package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of(Path.of("/data")));

    private static Policy policy(PermissionMode mode, String allow, String ask, String deny) {
        var book =
                RuleBook.of(
                        Facts.rules(allow),
                        Facts.rules(ask),
                        Facts.rules(deny),
                        PLACE.directories());
        return new Policy(mode, book, PLACE);
    }

    private static String bash(Policy policy, String command) {
        return Facts.word(policy.decide(Facts.bash(command)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "Bash(npm run *)      | npm run build          | allow",
                "Bash(npm run *)      | npm run                | allow",
                "Bash(npm run:*)      | npm run test --watch   | allow",
                "Bash(npm run *)      | npm runx               | ask",
                "Bash(npm*)           | npmx                   | allow",
                "Bash(git status)     | git status             | allow",
                "Bash(git status)     | git status -s          | ask",
                "Bash(git *)          | git log; rm x          | ask",
                "Bash(git *);Bash(rm *) | git log; rm x        | allow",
                "Bash(npm run *)      | npm run ?              | ask",
                "Bash(npm run *)      | ? run x                | ask",
                "Bash(npm run x)      | npm  run x             | allow",
                "Bash(npm *)          | NPM run                | ask",
                "Bash                 | ? run x                | allow",
                "Bash                 | rm -rf x ; true        | allow",
                "Bash(*)              | anything > at > all    | allow",
            })
    void anAllowRuleCoversAPlainCommandAndNothingThatTheShellWouldExpand(
            String rule, String command, String expected) {
        assertEquals(expected, bash(policy(PermissionMode.DEFAULT, rule, "", ""), command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bash(rm *)   | rm -rf x                | deny",
                "Bash(rm *)   | ls; rm -rf x            | deny",
                "Bash(rm *)   | ? -rf x                | ask",
                "Bash(rm *)   | rm ?                   | deny",
                "Bash(rm -rf *) | rm ? x               | ask",
                "Bash(git push *) | git ? x            | ask",
                "Bash(git push *) | npm ? x            | allow",
                "Bash(rm *)   | echo rmdir              | allow",
            })
    void aDenyRuleHoldsWhereverTheCommandStandsAndInEveryMode(
            String rule, String command, String expected) {
        assertEquals(expected, bash(policy(PermissionMode.BYPASS, "Bash", "", rule), command));
    }

    @Test
    void aSearchLeavesOutWhatRulesDenyAndWhatTheyAskAboutUnlessTheyAskedBefore() {
        var policy = policy(PermissionMode.DEFAULT, "", "Read(secrets/**)", "Read(.env)");
        var root = Path.of("/srv/app");
        var secrets = root.resolve("secrets");
        assertTrue(policy.mayFind(root.resolve("a.txt"), root));
        assertFalse(policy.mayFind(root.resolve(".env"), root));
        assertFalse(policy.mayFind(secrets.resolve(".env"), secrets));
        assertFalse(policy.mayFind(secrets.resolve("a"), root));
        assertTrue(policy.mayFind(secrets.resolve("a"), secrets));
        assertTrue(policy.mayFind(secrets.resolve("a"), secrets.resolve("a")));
    }

    @Test
    void aRuleForOneToolOfAServerAllowsNoOther() {
        var policy = policy(PermissionMode.DEFAULT, "mcp__a__b", "", "");
        var call = new ToolCall("mcp__a__b__c", Effect.WRITE, List.of());
        assertEquals("ask", Facts.word(policy.decide(call)));
    }

    @Test
    void denyComesBeforeAskAndAskBeforeEverythingElse() {
        assertEquals(
                "deny",
                bash(
                        policy(
                                PermissionMode.DEFAULT,
                                "Bash(git *)",
                                "Bash(git *)",
                                "Bash(git push *)"),
                        "git push origin"));
        assertEquals(
                "ask",
                bash(
                        policy(PermissionMode.BYPASS, "Bash(git *)", "Bash(git push *)", ""),
                        "git push origin"));
        assertEquals(
                "deny",
                bash(
                        policy(PermissionMode.DONT_ASK, "", "Bash(git push *)", ""),
                        "git push origin"));
        assertEquals("deny", bash(policy(PermissionMode.DONT_ASK, "", "", ""), "make"));
    }

    private static String file(Policy policy, String tool, String path) {
        return Facts.word(
                policy.decide(tool.equals("Read") ? Facts.read(path) : Facts.edit(tool, path)));
    }

    @ParameterizedTest
    @CsvSource({
        "default, Read, /srv/app/a.txt, allow",
        "default, Read, /data/a.txt, allow",
        "default, Read, /srv/application/a.txt, ask",
        "default, Read, /etc/passwd, ask",
        "default, Edit, /srv/app/a.txt, ask",
        "acceptEdits, Edit, /srv/app/a.txt, allow",
        "acceptEdits, Write, /data/new.txt, allow",
        "acceptEdits, Edit, /srv/app/.git/config, ask",
        "acceptEdits, Edit, /etc/passwd, ask",
        "plan, Read, /srv/app/a.txt, allow",
        "plan, Edit, /srv/app/a.txt, ask",
        "dontAsk, Edit, /srv/app/a.txt, deny",
        "bypassPermissions, Edit, /etc/passwd, allow",
    })
    void theModeDecidesAboutFilesByWhereTheyAre(
            String mode, String tool, String path, String expected) {
        assertEquals(expected, file(policy(PermissionMode.of(mode), "", "", ""), tool, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Edit(src/**)        | Edit  | /srv/app/src/a/B.java   | allow",
                "Edit(src/**)        | Write | /srv/app/src/a/B.java   | allow",
                "Edit(src/**)        | Edit  | /srv/app/other/src/x    | ask",
                "Edit(/docs/*.md)    | Edit  | /srv/app/docs/a.md      | allow",
                "Edit(/docs/*.md)    | Edit  | /srv/app/docs/x/a.md    | ask",
                "Edit(//tmp/x/**)    | Edit  | /tmp/x/y                 | allow",
                "Edit(~/notes/**)    | Edit  | /home/ann/notes/today    | allow",
                "Edit(*.txt)         | Edit  | /srv/app/deep/a.txt     | allow",
                "Edit(*.txt)         | Edit  | /etc/a.txt               | ask",
            })
    void pathRulesAreGitignoreLike(String rule, String tool, String path, String expected) {
        assertEquals(expected, file(policy(PermissionMode.DEFAULT, rule, "", ""), tool, path));
    }

    @Test
    void aDenyRuleForAFileNameHoldsAtAnyDepth() {
        var policy = policy(PermissionMode.BYPASS, "", "", "Read(.env);Edit(secrets/**)");
        assertEquals("deny", file(policy, "Read", "/srv/app/deep/.env"));
        assertEquals("deny", file(policy, "Read", "/elsewhere/.env"));
        assertEquals("deny", file(policy, "Write", "/srv/app/x/secrets/key"));
        assertEquals("allow", file(policy, "Read", "/srv/app/env"));
    }

    @ParameterizedTest
    @CsvSource({
        "domain:example.org, https://example.org/x, allow",
        "domain:example.org, https://EXAMPLE.org/x, allow",
        "domain:example.org, https://example.org.evil.com/, ask",
        "domain:example.org, https://notexample.org/, ask",
        "domain:*.example.org, https://a.b.example.org/, allow",
        "domain:*.example.org, https://example.org/, ask",
        "domain:example.org, not a url, ask",
    })
    void domainRulesMatchWholeLabels(String specifier, String url, String expected) {
        var policy = policy(PermissionMode.DEFAULT, "WebFetch(" + specifier + ")", "", "");
        assertEquals(expected, Facts.word(policy.decide(Facts.fetch(url))));
    }

    @Test
    void aBareDenyRuleHidesTheTool() {
        var policy = policy(PermissionMode.BYPASS, "", "", "Bash;mcp__files__*");
        assertTrue(
                policy.hides("Bash") && policy.hides("mcp__files__read") && !policy.hides("Read"));
    }

    @Test
    void aToolThatTouchesNothingRunsIfItOnlyReads() {
        var policy = policy(PermissionMode.DEFAULT, "", "", "");
        assertEquals(
                "allow",
                Facts.word(policy.decide(new ToolCall("weather", Effect.READ, List.of()))));
        assertEquals(
                "ask", Facts.word(policy.decide(new ToolCall("pay", Effect.WRITE, List.of()))));
        assertEquals(
                "allow",
                Facts.word(
                        policy.decide(
                                new ToolCall(
                                        "todo", Effect.WRITE, List.of(new Access.Session())))));
    }

    @Test
    void malformedRulesAndModesAreRefusedByName() {
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> Rule.parse("Bash(git"))
                        .getMessage()
                        .contains("Bash(git"));
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> PermissionMode.of("yolo"))
                        .getMessage()
                        .contains("yolo"));
        assertEquals(PermissionMode.DEFAULT, PermissionMode.of("manual"));
        assertEquals("Agent", Rule.parse("Task").tool());
    }

    @Test
    void blanksDoNotHideACommandFromADenyRule() {
        var policy = policy(PermissionMode.BYPASS, "", "", "Bash(rm:*)");
        assertEquals("deny", bash(policy, "rm\tx"));
        assertEquals("deny", bash(policy, "ls;  rm \t -rf x"));
        assertEquals("allow", bash(policy, "rmdir x"));
    }
}
