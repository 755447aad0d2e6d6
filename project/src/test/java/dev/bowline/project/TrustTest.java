package dev.bowline.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.permission.PermissionUpdate.Behavior;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String PROJECT = "work/.claude/settings.json";
    private static final String LOCAL = "work/.claude/settings.local.json";
    private static final String ALLOWS = "{'permissions':{'allow':['Bash']}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'permissions':{'allow':['Bash']}} | permissions.allow",
                "{'permissions':{'additionalDirectories':['/']}} | permissions.additionalDirectories",
                "{'permissions':{'defaultMode':'acceptEdits'}} | permissions.defaultMode",
                "{'env':{'PATH':'.'}} | env.PATH",
                "{'hooks':{'Stop':[{'hooks':[{'type':'command','command':'x'}]}]}} | hooks.Stop",
                "{'apiKeyHelper':'x'} | apiKeyHelper",
                "{'awsAuthRefresh':'x'} | awsAuthRefresh",
                "{'statusLine':{'command':'x'}} | statusLine",
                "{'model':'opus'} | model",
                "{'sandbox':{'enabled':false}} | sandbox",
                "{'disableAllHooks':true} | disableAllHooks",
                "{'enableAllProjectMcpServers':true} | enableAllProjectMcpServers",
                "{'outputStyle':'x'} | outputStyle",
                "{'whatever':'x'} | whatever"
            })
    void nothingCountsBeforeTheFolderIsTrusted(String text, String key, @TempDir Path root) {
        for (var file :
                new String[] {
                    PROJECT,
                    LOCAL,
                    "work/.bowline/settings.json",
                    "work/.bowline/settings.local.json"
                }) {
            var desk = new Desk(root, "desk" + file.length()).file(file, text);
            var settings = desk.load();
            assertEquals(key, settings.heldBack().getFirst().key());
            assertEquals("", Desk.rules(settings, Behavior.ALLOW));
            assertTrue(settings.env().isEmpty());
            assertTrue(settings.hooks().isEmpty());
            assertTrue(settings.sandbox().isEmpty());
            assertTrue(settings.defaultMode().isEmpty());
            assertTrue(settings.additionalDirectories().isEmpty());
            assertTrue(
                    settings.parts(key.replaceAll("\\..*", "")).stream()
                            .allMatch(part -> part.json().text().equals("{}")));

            settings.trust(NOW);
            assertTrue(desk.load().heldBack().isEmpty(), key);
            assertFalse(desk.load().parts(key.replaceAll("\\..*", "")).isEmpty(), key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'permissions':{'deny':['Bash'],'ask':['Edit']}}",
                "{'permissions':{'deny':['Bash'],'ask':['Edit'],'disableBypassPermissionsMode':'disable'}}",
                "{'permissions':{'deny':['Bash'],'ask':['Edit'],'allow':['Read']},'env':{'A':'1'}}",
                "{'permissions':{'deny':['Bash'],'ask':['Edit'],'allow':[]},'hooks':{}}"
            })
    void whatOnlyTightensAlwaysCounts(String text, @TempDir Path root) {
        for (var trusting : new Trusting[] {Trusting.RECORDED, Trusting.NAMED, Trusting.ALL}) {
            var settings = new Desk(root).file(PROJECT, text).load(o -> o.trusting(trusting));
            assertEquals("Bash", Desk.rules(settings, Behavior.DENY));
            assertEquals("Edit", Desk.rules(settings, Behavior.ASK));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "{'$schema':'x'}",
                "{'permissions':{'deny':['Bash']}}",
                "{'permissions':{'allow':[],'ask':['Edit']}}",
                "{'hooks':{},'env':{},'permissions':{}}"
            })
    void whatOnlyTightensAsksForNoTrust(String text, @TempDir Path root) {
        assertTrue(new Desk(root).file(PROJECT, text).load().heldBack().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'permissions':{'allow':['Bash','Edit']}} | asks",
                "{'permissions':{'allow':['Bash']},'hooks':{'Stop':[{}]}} | asks",
                "{'permissions':{'allow':['Bash']},'env':{'A':'1'}} | asks",
                "{'permissions':{'allow':['Bash']},'unknown':1} | asks",
                "{'env':{'A':'1'}} | asks",
                "{'permissions':{'allow':['Bash'],'deny':['Read(.env)']}} | stays",
                "{'permissions':{'ask':['Edit'],'allow':['Bash']}} | stays",
                "{ 'permissions' :¶ { 'allow' : [ 'Bash' ] } }¶ | stays",
                "{'$schema':'x','permissions':{'allow':['Bash']}} | stays",
                "{'hooks':{},'permissions':{'allow':['Bash']}} | stays",
                "{} | stays"
            })
    void aChangeOfWhatWasTrustedAsksAgain(String text, String expected, @TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        desk.load().trust(NOW);
        assertEquals("Bash", Desk.rules(desk.load(), Behavior.ALLOW));
        desk.file(PROJECT, text);
        assertEquals(expected.equals("asks"), !desk.load().heldBack().isEmpty());
    }

    @Test
    void aFileThatComesLaterAsks(@TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        desk.load().trust(NOW);
        desk.file(LOCAL, "{'permissions':{'allow':['Edit']}}");
        var settings = desk.load();
        assertEquals("Bash", Desk.rules(settings, Behavior.ALLOW));
        assertEquals(".claude/settings.local.json", settings.heldBack().getFirst().file());
    }

    @Test
    void theFoldersAboveAndBelowAreNotTrustedWithIt(@TempDir Path root) {
        var desk =
                new Desk(root)
                        .folder("work/.git")
                        .file(PROJECT, ALLOWS)
                        .file("work/sub/.claude/settings.json", ALLOWS)
                        .folder("work/lib/.git")
                        .file("work/lib/.claude/settings.json", ALLOWS);
        desk.load().trust(NOW);
        for (var other : new String[] {"sub", "lib"}) {
            var settings = Settings.load(desk.places(desk.work.resolve(other)), o -> {});
            assertEquals(1, settings.heldBack().size(), other);
        }
    }

    @Test
    void theRecordNamesTheRepositoryAndSaysWhen(@TempDir Path root) {
        var desk =
                new Desk(root).folder("work/.git").file("work/sub/.claude/settings.json", ALLOWS);
        var places = desk.places(desk.work.resolve("sub"));
        Settings.load(places, o -> {}).trust(NOW);
        var entry = new TrustBook(places).entries().getFirst();
        assertEquals(desk.work, entry.folder());
        assertEquals("2026-11-21T12:00:00Z", entry.since());
        assertEquals("[sub/.claude/settings.json]", entry.files().keySet().toString());
        assertTrue(desk.read("home/.bowline/trust.json").contains("\"version\": 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'projects':{'WORK':{'hasTrustDialogAccepted':true}}} | true",
                "{'projects':{'WORK':{'hasTrustDialogAccepted':false}}} | false",
                "{'projects':{'WORK':{'hasTrustDialogAccepted':'true'}}} | false",
                "{'projects':{'WORK/sub':{'hasTrustDialogAccepted':true}}} | false",
                "{'projects':{'ROOT':{'hasTrustDialogAccepted':true}}} | false",
                "{'a':[{'projects':{'WORK':{'hasTrustDialogAccepted':true}}}]} | false",
                "{'projects':[],'x':1} | false",
                "{'projects':{'x':{},'WORK':{'a':[1],'hasTrustDialogAccepted':true}},'z':2} | true",
                "nonsense | false",
                "`` | false"
            })
    void theRecordOfAnotherProgramCounts(String record, boolean trusted, @TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        desk.file(
                "home/.claude.json",
                record.replace("WORK", desk.work.toString()).replace("ROOT", desk.root.toString()));
        assertEquals(trusted, desk.load().heldBack().isEmpty());
        desk.file(PROJECT, "{'permissions':{'allow':['Edit']}}");
        assertFalse(desk.load().heldBack().isEmpty(), "a change asks again");
    }

    @Test
    void trustThatIsTakenBackIsGoneWhoeverGaveIt(@TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        desk.file(
                "home/.claude.json",
                "{'projects':{'" + desk.work + "':{'hasTrustDialogAccepted':true}}}");
        assertTrue(desk.load().heldBack().isEmpty());
        var book = new TrustBook(desk.places());
        assertTrue(book.distrust(desk.work, NOW));
        assertFalse(desk.load().heldBack().isEmpty());
        desk.load().trust(NOW);
        assertTrue(desk.load().heldBack().isEmpty());
        assertFalse(book.distrust(desk.home, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{'folders':5}",
                "{'folders':{'WORK':5}}",
                "{'folders':{'WORK':{'files':[]}}}"
            })
    void aRecordThatCannotBeReadTrustsNothing(String text, @TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        desk.file("home/.bowline/trust.json", text.replace("WORK", desk.work.toString()));
        assertEquals("", Desk.rules(desk.load(), Behavior.ALLOW));
    }

    @Test
    void aBrokenRecordIsNotOverwritten(@TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS).file("home/.bowline/trust.json", "mine");
        assertThrows(BowlineException.class, () -> desk.load().trust(NOW));
        assertEquals("mine", desk.read("home/.bowline/trust.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'hooks':{'Stop':[{}]}} | ``",
                "{'env':{'A':'1'}} | ``",
                "{'model':'m'} | ``",
                "{'permissions':{'allow':['Bash']}} | permissions.allow",
                "{'permissions':{'additionalDirectories':['/']},'env':{'A':'1'}} | permissions.additionalDirectories",
                "{'permissions':{'defaultMode':'acceptEdits'}} | permissions.defaultMode",
                "{'sandbox':{'enabled':false}} | sandbox",
                "{'disableAllHooks':true} | disableAllHooks",
                "{'enabledMcpjsonServers':['x']} | enabledMcpjsonServers"
            })
    void sourcesThatAHostNamesRunButDoNotLoosen(String text, String held, @TempDir Path root) {
        var settings = new Desk(root).file(PROJECT, text).load(o -> o.trusting(Trusting.NAMED));
        assertEquals(
                held, String.join(" ", settings.heldBack().stream().map(HeldBack::key).toList()));
    }

    @Test
    void aSourceThatIsNotReadHoldsNothingBack(@TempDir Path root) {
        var settings =
                new Desk(root).file(PROJECT, ALLOWS).load(o -> o.sources(java.util.Set.of()));
        assertTrue(settings.heldBack().isEmpty());
    }

    @Test
    void whatIsTrustedIsWhatWasRead(@TempDir Path root) {
        var desk = new Desk(root).file(PROJECT, ALLOWS);
        var seen = desk.load();
        desk.file(PROJECT, "{'permissions':{'allow':['Edit']}}");
        seen.trust(NOW);
        assertFalse(desk.load().heldBack().isEmpty());
    }
}
