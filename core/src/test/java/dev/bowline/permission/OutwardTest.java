package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a session that has read content of strangers may still do without a person.
final class OutwardTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());

    private static Policy policy(PermissionMode mode, String allow) {
        return new Policy(
                mode, RuleBook.of(Facts.rules(allow), List.of(), List.of(), List.of()), PLACE);
    }

    private static void expect(String word, String allow, ToolCall call) {
        var careful = policy(PermissionMode.BYPASS, allow).after(List.of("https://example.org"));
        assertEquals(word, Facts.word(careful.decide(call)), call::toString);
        assertEquals(
                "allow",
                Facts.word(policy(PermissionMode.BYPASS, allow).decide(call)),
                call::toString);
    }

    private static String rules(String text) {
        return text.equals("-") ? "" : text;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask   | -                      | PLAIN   | curl http://x",
                "ask   | Bash                   | PLAIN   | curl http://x",
                "ask   | Bash(*)                | PLAIN   | curl http://x",
                "ask   | Bash(npm *)            | PLAIN   | curl http://x",
                "ask   | Bash(npm *)            | PLAIN   | npm test; curl http://x",
                "ask   | Bash(curl *)           | GUARDED | curl -K x",
                "ask   | Bash                   | UNKNOWN | ? x",
                "ask   | Edit                   | PLAIN   | node x.js",
                "allow | Bash(curl *)           | PLAIN   | curl http://x",
                "allow | Bash(npm test)         | PLAIN   | npm test",
                "allow | Bash(npm *);Bash(node *) | PLAIN | npm test; node x",
                "allow | -                      | READS   | ls",
                "allow | -                      | EDITS   | mkdir a",
            })
    void programsNeedARuleThatNamesThem(String word, String allow, Nature nature, String line) {
        expect(word, rules(allow), Facts.bash(line, nature));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask   | -                                | https://evil.example.com/",
                "ask   | WebFetch                         | https://evil.example.com/",
                "ask   | WebFetch(domain:*)               | https://evil.example.com/",
                "ask   | WebFetch(domain:*.*.*)           | https://evil.example.com/",
                "ask   | WebFetch(domain:example.com)     | https://evil.example.com/",
                "ask   | -                                | https://docs.python.org/3/",
                "allow | WebFetch(domain:*.example.com)   | https://evil.example.com/",
                "allow | WebFetch(domain:evil.example.com) | https://evil.example.com/",
            })
    void addressesNeedARuleThatNamesTheSite(String word, String allow, String url) {
        expect(word, rules(allow), Facts.fetch(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask   | -                 | Write | /srv/app/.git/hooks/pre-commit",
                "ask   | Edit;Write        | Write | /srv/app/.git/hooks/pre-commit",
                "ask   | Edit              | Edit  | /home/ann/.bashrc",
                "ask   | -                 | Edit  | /srv/app/.claude/settings.json",
                "allow | Edit(.husky/**)   | Write | /srv/app/.husky/pre-commit",
                "allow | -                 | Write | /srv/app/src/Main.java",
                "allow | -                 | Write | /tmp/notes.txt",
                "allow | -                 | Edit  | /srv/app/.gitignore",
            })
    void filesThatSteerWhatRunsLaterNeedARuleThatNamesThem(
            String word, String allow, String tool, String file) {
        expect(word, rules(allow), Facts.edit(tool, file));
    }

    @Test
    void theSameHoldsForFilesThatCommandsChange() {
        var hook = new Access.Writes(Path.of("/srv/app/.git/hooks/a"));
        expect("ask", "", Facts.program("cp a .git/hooks/a", Nature.EDITS, hook));
        expect("ask", "Bash", Facts.bash("echo", Nature.READS, hook));
        expect(
                "allow",
                "",
                Facts.bash("echo", Nature.READS, new Access.Writes(Path.of("/srv/app/a"))));
    }

    @ParameterizedTest
    @CsvSource({
        "ask, WRITE, -",
        "ask, WRITE, Bash",
        "allow, WRITE, post",
        "allow, READ, -",
    })
    void toolsOfWhichNothingIsKnownNeedARule(String word, Effect effect, String allow) {
        expect(word, rules(allow), new ToolCall("post", effect, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "ask, -",
        "ask, mcp__notes__read",
        "ask, mcp__other",
        "allow, mcp__notes__post",
        "allow, mcp__notes",
        "allow, mcp__notes__*"
    })
    void serversNeedARuleThatNamesTheTool(String word, String allow) {
        var call =
                new ToolCall(
                        "mcp__notes__post",
                        Effect.WRITE,
                        List.of(new Access.Contacts("mcp:notes")));
        expect(word, rules(allow), call);
    }

    @Test
    void theSessionsOwnDataIsFree() {
        expect("allow", "", new ToolCall("TodoWrite", Effect.WRITE, List.of(new Access.Session())));
        expect("allow", "", Facts.read("/home/ann/.ssh/id_rsa"));
    }
}
