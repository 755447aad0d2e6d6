package dev.bowline.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user meets who trusts an ordinary folder, and what nobody else gets by it.
class TrustedFolderTest {
    private static final String ORDINARY =
            """
            {'$schema':'https://example.org/settings.json',
             'permissions':{'allow':['Bash(npm run *)','Bash(mvn test)','Bash(git diff *)'],'deny':['Read(.env)'],'ask':['Bash(git push *)']},
             'env':{'NODE_ENV':'test','API_TOKEN':'abcdefgh12345678'},
             'hooks':{'PostToolUse':[{'matcher':'Edit|Write','hooks':[{'type':'command','command':'npm run format'}]}],
                      'Stop':[{'hooks':[{'type':'command','command':'npm test','timeout':300}]}]}}
            """;

    @TempDir Path root;
    private Desk desk;

    @BeforeEach
    void trust() {
        desk = new Desk(root).folder("work/.git").file("work/.claude/settings.json", ORDINARY);
        desk.load().trust(Instant.now());
    }

    private boolean asks() {
        return asks(desk.work);
    }

    private boolean asks(Path folder) {
        return !Settings.load(desk.places(folder), options -> {}).heldBack().isEmpty();
    }

    @Test
    void onceTrustedNothingAsksTwice() {
        for (int i = 0; i < 3; i++) {
            var settings = desk.load();
            assertEquals(List.of(), settings.heldBack());
            assertEquals(List.of(), settings.problems());
            assertEquals(
                    "Bash(npm run *) Bash(mvn test) Bash(git diff *)",
                    Desk.rules(settings, Behavior.ALLOW));
            assertEquals("test", settings.env().get("NODE_ENV"));
            assertEquals(1, settings.hooks().size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "npm test | npm test; curl -s example.org/x",
                "Bash(mvn test) | Bash(mvn *)",
                "'timeout':300 | 'timeout':3000",
                "`Edit|Write` | *",
                "'NODE_ENV':'test' | 'NODE_ENV':'test','NODE_OPTIONS':'-r ./x.js'",
                "'$schema' | 'model':'big','$schema'",
                "'$schema' | 'apiKeyHelper':'./key.sh','$schema'"
            })
    void aChangeAsksExactlyOnce(String before, String after) {
        var text = ORDINARY.replace(before.strip(), after.strip());
        assertFalse(text.equals(ORDINARY));
        desk.file("work/.claude/settings.json", text);
        assertTrue(asks());
        assertTrue(asks());
        desk.load().trust(Instant.now());
        assertFalse(asks());
        desk.file("work/.claude/settings.json", ORDINARY);
        assertTrue(asks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Read(.env)' | 'Read(.env)','Read(secrets/**)'",
                "'Bash(git push *)' | 'Bash(git push *)','Bash(npm publish *)'",
                "'ask': | 'disableBypassPermissionsMode':'disable','ask':",
                "settings.json | other.json",
                "{'$schema' | {  '$schema'"
            })
    void whatTightensOrSaysTheSameDoesNotAsk(String before, String after) {
        var text = ORDINARY.replace(before.strip(), after.strip());
        assertFalse(text.equals(ORDINARY));
        desk.file("work/.claude/settings.json", text);
        assertFalse(asks());
    }

    @Test
    void whatIsAllowedForeverHereStaysTrustedOftenEnough() {
        for (var rule : List.of("Bash(make)", "Bash(make test)", "WebFetch(domain:example.org)")) {
            new SettingsStore(desk.places())
                    .keep(PermissionUpdate.allow(Destination.LOCAL_SETTINGS, rule));
            assertFalse(asks());
        }
        assertTrue(Desk.rules(desk.load(), Behavior.ALLOW).startsWith("Bash(make) "));
    }

    @Test
    void aFolderReachedByALinkIsTheSame() throws IOException {
        var link = Files.createSymbolicLink(desk.root.resolve("link"), desk.work);
        assertFalse(asks(link));
        assertFalse(asks(desk.work.resolve("../work/.")));
    }

    @Test
    void aFolderThatMovedAsksAndWhatComesInItsPlaceAsksUnlessItIsTheSame() throws IOException {
        var moved = Files.move(desk.work, desk.root.resolve("moved"));
        assertTrue(asks(moved));
        desk.file("work/.claude/settings.json", "{'hooks':{'Stop':[{'hooks':[]}]}}");
        assertTrue(asks());
    }

    @Test
    void aFolderThatSaysItBelongsToATrustedRepositoryAsks() {
        desk.file("strange/.git", "gitdir: " + desk.work + "/.git/worktrees/strange")
                .file("strange/.claude/settings.json", ORDINARY);
        assertTrue(asks(desk.root.resolve("strange")));
        desk.folder("work/inner/.git").file("work/inner/.claude/settings.json", ORDINARY);
        assertTrue(asks(desk.work.resolve("inner")));
        desk.file("work/sub/.claude/settings.json", ORDINARY);
        assertTrue(asks(desk.work.resolve("sub")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'version':1,'folders':{'WORK':{'files':{'.claude/settings.json':'sha256:0'}}}}",
                "{'version':1,'folders':{'WORK':{'files':{'.claude/settings.json':true}}}}",
                "{'version':1,'folders':{'WORK':{'files':{}}}}",
                "{'version':1,'folders':{'WORK':{'refused':true}}}",
                "{'version':1,'folders':{'WORK/':{}}}",
                "{'version':1,'folders':{'WORK':true}}",
                "{'version':1,'folders':['WORK']}",
                "{'version':1,'folders':{'/':{'files':{'WORK/.claude/settings.json':'x'}}}}",
                "{}",
                "[]",
                "{'folders':",
                ""
            })
    void aRecordThatSaysLessThanItShouldTrustsNothing(String record) {
        desk.file("home/.bowline/trust.json", record.replace("WORK", desk.work.toString()));
        assertTrue(asks());
        assertEquals("Read(.env)", Desk.rules(desk.load(), Behavior.DENY));
    }

    @Test
    void aHomeThatIsARepositoryAndTrustedElsewhereVouchesForItselfOnly() {
        desk.folder("home/.git")
                .file(
                        "home/.claude.json",
                        "{'projects':{'"
                                + desk.home
                                + "':{'hasTrustDialogAccepted':true},'"
                                + desk.home
                                + "/known':{'hasTrustDialogAccepted':true}}}")
                .file("home/downloads/.claude/settings.json", ORDINARY)
                .file("home/known/.claude/settings.json", ORDINARY);
        assertTrue(asks(desk.home.resolve("downloads")));
        assertFalse(asks(desk.home.resolve("known")));
        desk.file("home/.claude/settings.local.json", ORDINARY);
        assertFalse(asks(desk.home));
    }

    @Test
    void whatIsShownBeforeTrustHidesNothing() {
        var long1 = "echo " + "x".repeat(5_000) + "; curl -s example.org/x";
        desk.file(
                "work/.claude/settings.json",
                "{'env':{'A':'1','MY_API_TOKEN':'abcdefgh12345678','B':'\\u001b[2J'},'model':'m','permissions':{'allow':['Bash']},'hooks':{'Stop':'"
                        + long1
                        + "'}}");
        // a hook of the wrong type is shown all the same
        var held =
                Settings.load(desk.places(), options -> {}).heldBack().stream()
                        .map(one -> one.key() + "=" + one.what())
                        .toList();
        assertEquals(6, held.size(), held.toString());
        assertTrue(held.get(0).startsWith("hooks.Stop="), held.toString());
        assertTrue(held.get(0).contains(" more characters; look into the file)"));
        assertEquals("permissions.allow=[\"Bash\"]", held.get(1));
        assertTrue(held.contains("env.MY_API_TOKEN=***"));
        assertTrue(held.contains("env.B=\\u001b[2J"));
    }

    @Test
    void modesOfAFolderCountOnlyWithTrustAndNeverSwitchPermissionsOff() {
        for (var mode : List.of("bypassPermissions", "auto")) {
            desk.file(
                    "work/.claude/settings.json", "{'permissions':{'defaultMode':'" + mode + "'}}");
            assertTrue(desk.trusted().defaultMode().isEmpty());
        }
        desk.file("work/.claude/settings.json", "{'permissions':{'defaultMode':'acceptEdits'}}");
        assertTrue(desk.load().defaultMode().isEmpty());
        assertEquals(PermissionMode.ACCEPT_EDITS, desk.trusted().defaultMode().orElseThrow());
    }
}
