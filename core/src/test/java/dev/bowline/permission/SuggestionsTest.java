package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of());
    private static final Policy POLICY =
            new Policy(PermissionMode.DEFAULT, List.of(), List.of(), List.of(), PLACE);

    private static Grounds grounds(String tool, Access access) {
        return POLICY.grounds(tool, Effect.WRITE, List.of(access), false);
    }

    private static String text(Grounds grounds) {
        return grounds.suggestions().stream()
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
                "npm run build --foo | allow [Bash(npm run *)] localSettings | other |",
                "node x.js | allow [Bash(node x.js)] localSettings | other |",
                "FOO=1 make | allow [Bash(FOO=1 make)] localSettings | other |",
                "make | allow [Bash(make)] localSettings | other |",
                "python3 -c \"print(1)\" | allow [Bash(python3 -c \"print(1)\")] localSettings | other |",
                "npm test && make all; curl http://x | allow [Bash(npm test *), Bash(make all *), Bash(curl http://x)] localSettings | subcommandResults |",
                "a1 b; a2 b; a3 b; a4 b; a5 b; a6 b | allow [Bash(a1 b *), Bash(a2 b *), Bash(a3 b *), Bash(a4 b *), Bash(a5 b *)] localSettings | subcommandResults |",
                "touch done.txt | allow [Bash(touch done.txt)] localSettings, [/srv/app] session, acceptEdits session | - | /srv/app/done.txt",
                "rm -rf /data/x/f | allow [Bash(rm -rf /data/x/f)] localSettings, [/data/x] session, acceptEdits session | - | /data/x/f",
                "echo $(make x) | - | other |",
                "echo `make x` | - | other |",
            })
    void aCommandIsAllowedByTheNarrowestRuleThatAPersonWouldMean(
            String command, String suggestions, String type, String blocked) {
        var grounds = grounds("Bash", new Access.Runs(command, List.of(), Access.Nature.PLAIN));
        assertEquals(suggestions.equals("-") ? "" : suggestions, text(grounds));
        assertEquals(type.equals("-") ? "" : type, grounds.type().wire());
        assertEquals(blocked == null ? null : Path.of(blocked), grounds.blockedPath());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm run build --foo",
                "node x.js",
                "FOO=1 make",
                "npm test && make all; curl http://x",
                "touch done.txt",
                "ls > z.txt",
                "python3 -c \"print(1)\"",
            })
    void whoeverAcceptsTheRulesIsNotAskedAgain(String command) {
        var access = List.<Access>of(new Access.Runs(command, List.of(), Access.Nature.PLAIN));
        var book = new RuleBook(List.of(), List.of());
        for (var update : POLICY.grounds("Bash", Effect.WRITE, access, false).suggestions()) {
            if (update instanceof PermissionUpdate.AddRules rules) {
                book = book.plus(rules);
            }
        }
        var policy = book.policy(PermissionMode.DEFAULT, PLACE.project(), PLACE.home());
        assertEquals(Decision.Allow.class, policy.decide("Bash", Effect.WRITE, access).getClass());
        assertEquals(
                Decision.Ask.class,
                policy.decide(
                                "Bash",
                                Effect.WRITE,
                                List.of(new Access.Runs(command + "; rm -rf x", List.of(), Access.Nature.PLAIN)))
                        .getClass());
    }

    @Test
    void filesAndAddressesHaveTheirOwn() {
        assertEquals(
                "acceptEdits session",
                text(grounds("Write", new Access.Writes(Path.of("/srv/app/a.txt")))));
        assertEquals(
                "acceptEdits session, [/data] session",
                text(grounds("Write", new Access.Writes(Path.of("/data/a.txt")))));
        assertEquals(
                "allow [Read(//data/**)] session",
                text(grounds("Grep", new Access.Reads(Path.of("/data/a.txt")))));
        assertEquals(
                "allow [WebFetch(domain:sub.example.org)] localSettings",
                text(grounds("WebFetch", new Access.Contacts("https://Sub.example.org/x"))));
        assertEquals(
                "allow [mcp__b__noop] localSettings",
                text(POLICY.grounds("mcp__b__noop", Effect.WRITE, List.of(), false)));
    }

    @Test
    void theReasonIsAWordForPrograms() {
        assertEquals(
                ReasonType.SAFETY_CHECK,
                grounds("Write", new Access.Writes(Path.of("/srv/app/.git/config"))).type());
        assertEquals(
                ReasonType.WORKING_DIR,
                grounds("Read", new Access.Reads(Path.of("/etc/hosts"))).type());
        assertEquals(
                ReasonType.NONE,
                grounds("Write", new Access.Writes(Path.of("/srv/app/a.txt"))).type());
    }
}
