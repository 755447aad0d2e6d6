package dev.bowline.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.permission.PermissionUpdate.Behavior;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidationTest {
    private static final String CLAUDE = "home/.claude/settings.json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "{}",
                "{'permissions':{}}",
                "{'permissions':{'allow':[]}}",
                "{'permissions':null}",
                "{'permissions':{'deny':null}}",
                "{'$schema':'https://example.org/settings.json'}",
                "{'model':'opus','effortLevel':'high','cleanupPeriodDays':20}",
                "{'env':{'A':'1','B':2,'C':false}}",
                "{'statusLine':{'type':'command','command':'x'}}",
                "{'hooks':{'PreToolUse':[{'matcher':'Bash','hooks':[]}]}}",
                "{'sandbox':{'enabled':true,'network':{'allowedDomains':['example.org']}}}",
                "{'fallbackModel':'a'}",
                "{'fallbackModel':['a','b']}",
                "{'permissions':{'deny':['Read(./.env)','Bash(rm *)','WebFetch(domain:example.org)','mcp__x__*','*']}}",
                "{'permissions':{'allow':['mcp__server__get*','mcp__server','Edit(//tmp/**)']}}"
            })
    void ordinarySettingsHaveNoProblem(String text, @TempDir Path root) {
        var settings = new Desk(root).file(CLAUDE, text).load();
        assertEquals("[]", settings.problems().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not valid JSON",
                "{'model':'x'} {} | more than one",
                "{'model':'x',} | not valid JSON",
                "// note¶{} | not valid JSON",
                "[] | not a JSON object",
                "'x' | not a JSON object",
                "5 | not a JSON object",
                "null | not a JSON object",
                "{'model':5} | model: it must be a text",
                "{'permissions':[]} | permissions: it must be an object",
                "{'permissions':{'allow':'Bash'}} | permissions.allow: it must be a list",
                "{'permissions':{'deny':{}}} | permissions.deny: it must be a list",
                "{'env':[]} | env: it must be an object",
                "{'hooks':'x'} | hooks: it must be an object",
                "{'sandbox':{'enabled':'yes'}} | sandbox.enabled: it must be true or false",
                "{'sandbox':{'network':{'allowedDomains':'x'}}} | sandbox.network.allowedDomains: it must be a list of texts",
                "{'disableAllHooks':1} | disableAllHooks: it must be true or false"
            })
    void aFileOfNoUseIsSkippedAndNamed(String text, String message, @TempDir Path root) {
        var desk =
                new Desk(root)
                        .file(CLAUDE, text.replaceFirst("^\\{'", "{'language':'en','"))
                        .file("work/.claude/settings.json", "{'permissions':{'deny':['Bash']}}");
        var settings = desk.load();
        assertTrue(settings.text("language").isEmpty());
        assertEquals("Bash", Desk.rules(settings, Behavior.DENY));
        var first = settings.problems().getFirst();
        assertTrue(first.grave());
        assertTrue(first.toString().startsWith("~/.claude/settings.json: "), first.toString());
        assertTrue(first.toString().contains(message), first.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Bash(' | allow",
                "'' | deny",
                "'Bash(a' | ask",
                "5 | deny",
                "null | allow",
                "['x'] | deny",
                "'9tool' | deny",
                "'rm -rf /' | deny",
                "'*' | allow",
                "'mcp__*' | allow",
                "'Ba*' | allow",
                "'mcp__a*' | allow"
            })
    void aBadRuleIsReportedAndItsNeighboursStay(String rule, String kind, @TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(
                                CLAUDE,
                                "{'permissions':{'%s':['Read','%s','Edit']},'model':'m'}"
                                        .formatted(kind, "X")
                                        .replace("'X'", rule))
                        .load();
        var behavior = Behavior.valueOf(kind.toUpperCase(java.util.Locale.ROOT));
        assertEquals("Read Edit", Desk.rules(settings, behavior));
        assertEquals("m", settings.text("model").orElseThrow());
        assertEquals("permissions." + kind + "[1]", settings.problems().getFirst().key());
        assertTrue(settings.problems().getFirst().grave());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':5,'permissions':{'deny':['Bash'],'ask':['Edit'],'allow':['Read']}} | Bash | Edit",
                "{'permissions':{'deny':'Bash','allow':5}} | Bash | ``",
                "{'permissions':{'deny':['Bash',7,'Read(']},'env':5} | Bash | ``"
            })
    void denyAndAskRulesOfASkippedFileHold(
            String text, String deny, String ask, @TempDir Path root) {
        var settings = new Desk(root).file(CLAUDE, text).load();
        assertEquals(deny, Desk.rules(settings, Behavior.DENY));
        assertEquals(ask, Desk.rules(settings, Behavior.ASK));
        assertEquals("", Desk.rules(settings, Behavior.ALLOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'permissions':{'deny':['Bash']},'permissions':{}}",
                "{'permissions':{'deny':['Bash']},'permissions':{'allow':['Read']}}",
                "{'permissions':{'deny':['Bash'],'deny':[]}}",
                "{'permissions':{'deny':['Bash'],'deny':null}}",
                "{'permissions':null,'permissions':{'deny':['Bash']}}",
                "{'permissions':{'deny':['Bash']},'permissions':null}"
            })
    void aKeyThatIsThereTwiceLosesNoRule(String text, @TempDir Path root) {
        var settings = new Desk(root).file(CLAUDE, text).load();
        assertEquals("Bash", Desk.rules(settings, Behavior.DENY));
        assertTrue(settings.problems().toString().contains("twice"));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EF BB BF", "UTF-16LE, FF FE", "UTF-16BE, FE FF"})
    void aByteOrderMarkDoesNoHarm(String charset, String mark, @TempDir Path root) {
        var text = "{\"model\":\"é\"}".getBytes(java.nio.charset.Charset.forName(charset));
        var prefix = java.util.HexFormat.of().parseHex(mark.replace(" ", ""));
        var bytes = new byte[prefix.length + text.length];
        System.arraycopy(prefix, 0, bytes, 0, prefix.length);
        System.arraycopy(text, 0, bytes, prefix.length, text.length);
        assertEquals("é", new Desk(root).bytes(CLAUDE, bytes).load().text("model").orElseThrow());
    }

    @Test
    void textThatIsNoUnicodeIsNoSettings(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .bytes(CLAUDE, "{\"model\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))
                        .load();
        assertTrue(settings.problems().getFirst().message().contains("not UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "deep", "folder", "link to nothing", "pipe"})
    void whatIsNoSettingsFileIsRefusedAtOnce(String what, @TempDir Path root) {
        var desk = new Desk(root).folder("home/.claude");
        var file = desk.home.resolve(".claude/settings.json");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    make(what, file, desk);
                    var settings = desk.load();
                    assertEquals(1, settings.problems().size(), what);
                    assertTrue(settings.problems().getFirst().grave());
                });
    }

    private static void make(String what, Path file, Desk desk)
            throws IOException, InterruptedException {
        switch (what) {
            case "large" -> desk.file(CLAUDE, "{'model':'" + "x".repeat(1 << 20) + "'}");
            case "deep" -> desk.file(CLAUDE, "{'a':".repeat(400) + "1" + "}".repeat(400));
            case "folder" -> Files.createDirectory(file);
            case "link to nothing" -> Files.createSymbolicLink(file, Path.of("nowhere"));
            default -> new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        }
    }

    @Test
    void aHundredThousandElementsTakeNoTime(@TempDir Path root) {
        var list = "'x',".repeat(60_000) + "'y'";
        var desk =
                new Desk(root)
                        .file(CLAUDE, "{'claudeMdExcludes':[" + list + "]}")
                        .file("home/.bowline/settings.json", "{'claudeMdExcludes':[" + list + "]}");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertEquals(2, desk.load().texts("claudeMdExcludes").size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{'permissions':{'deny':'Bash'}}",
                "{'permissions':{'deny':['Bash(']}}",
                "{'permissions':{'ask':[5]}}",
                "{'permissions':{'disableBypassPermissionsMode':true}}",
                "{'permissions':{'disableBypassPermissionsMode':'yes'}}",
                "{'allowManagedPermissionRulesOnly':'true'}"
            })
    void withoutTheOperatorsSettingsNothingBegins(String text, @TempDir Path root) {
        for (var file : new String[] {"managed-settings.json", "managed-settings.d/a.json"}) {
            var desk = new Desk(root, "desk" + file.length());
            desk.file("etc/bowline/" + file, text);
            var failure = assertThrows(BowlineException.class, desk::load);
            assertEquals(ErrorCode.CONFIG_INVALID, failure.code());
            assertTrue(String.valueOf(failure.getMessage()).contains(file));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'permissions':{'allow':['Bash(']}}",
                "{'nonsense':1}",
                "{'permissions':{'defaultMode':'fast'}}",
                "{'env':{'A':[]}}"
            })
    void theOperatorsSettingsMayHaveHarmlessFaults(String text, @TempDir Path root) {
        var desk =
                new Desk(root)
                        .file("etc/bowline/managed-settings.json", text)
                        .file("etc/bowline/managed-settings.d/notes.txt", "no settings")
                        .file("etc/bowline/managed-settings.d/.a.json", "no settings");
        assertFalse(desk.load().problems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{'permissions':{'deny':'Bash'}}", "{'model':5}"})
    void settingsThatAreHandedOverMustBeUnderstood(String text, @TempDir Path root) {
        var desk = new Desk(root);
        assertThrows(
                RuntimeException.class,
                () ->
                        desk.load(options ->
                                options.given(Source.FLAG, "--settings", text.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'modell':'x'} | modell",
                "{'permissions':{'denny':[]}} | permissions.denny",
                "{'sandbox':{'network':{'x':1}}} | sandbox.network.x"
            })
    void unknownSettingsAreOddButKeepTheRest(String text, String key, @TempDir Path root) {
        var settings = new Desk(root).file(CLAUDE, "{'language':'en'," + text.substring(1)).load();
        assertEquals(key, settings.problems().getFirst().key());
        assertFalse(settings.problems().getFirst().grave());
        assertEquals("en", settings.text("language").orElseThrow());
    }

    @Test
    void aMessageNeverHoldsControlCharacters(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(
                                "work/.claude/settings.json",
                                "{'\\u001b[2Jx':1,'permissions':{'deny':['\\u202eBash(\\n']}}")
                        .load();
        var all = settings.problems().toString() + settings.heldBack();
        assertTrue(all.chars().noneMatch(c -> c < ' ' || c == 0x202e), all);
        assertTrue(all.contains("\\u001b"), all);
    }

    @Test
    void ourOwnListOfSettingsNamesWhatNothingComesOf(@TempDir Path root) {
        var settings = new Desk(root).file(CLAUDE, "{'statusLine':{},'model':'m','zzz':1}").load();
        assertEquals("[statusLine, zzz]", settings.unused().toString());
    }
}
