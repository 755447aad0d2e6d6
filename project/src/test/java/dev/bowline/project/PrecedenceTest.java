package dev.bowline.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate.Behavior;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrecedenceTest {
    private static final String CLAUDE = "home/.claude/settings.json";
    private static final String LOCAL = "work/.claude/settings.local.json";
    private static final String PROJECT = "work/.claude/settings.json";

    @ParameterizedTest
    @CsvSource({
        "home/.claude/settings.json, home/.bowline/settings.json",
        "home/.bowline/settings.json, work/.claude/settings.json",
        "work/.claude/settings.json, work/.bowline/settings.json",
        "work/.bowline/settings.json, work/.claude/settings.local.json",
        "work/.claude/settings.local.json, work/.bowline/settings.local.json",
        "work/.bowline/settings.local.json, FLAG",
        "FLAG, HOST",
        "HOST, etc/claude-code/managed-settings.json",
        "etc/claude-code/managed-settings.json, etc/claude-code/managed-settings.d/10-a.json",
        "etc/claude-code/managed-settings.d/10-a.json, etc/claude-code/managed-settings.d/20-b.json",
        "etc/claude-code/managed-settings.d/20-b.json, etc/bowline/managed-settings.json",
        "etc/bowline/managed-settings.json, etc/bowline/managed-settings.d/x.json",
        "home/.claude/settings.json, etc/bowline/managed-settings.json"
    })
    void theStrongerSourceCounts(String weak, String strong, @TempDir Path root) {
        var desk = new Desk(root);
        var settings =
                desk.load(options -> {
                    options.trusting(Trusting.ALL);
                    put(desk, options, weak, "{'model':'weak','language':'weak'}");
                    put(desk, options, strong, "{'model':'strong'}");
                });
        assertEquals("strong", settings.text("model").orElseThrow());
        assertEquals("weak", settings.text("language").orElseThrow());
    }

    private static void put(Desk desk, LoadOptions options, String where, String text) {
        if (where.equals("FLAG") || where.equals("HOST")) {
            options.given(Source.valueOf(where), where, text.replace('\'', '"'));
        } else {
            desk.file(where, text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'x':1}} | {'a':{'y':2}} | {'a':{'x':1,'y':2}}",
                "{'a':{'x':1}} | {'a':{'x':2}} | {'a':{'x':2}}",
                "{'a':{'b':{'c':1}}} | {'a':{'b':{'d':2}}} | {'a':{'b':{'c':1,'d':2}}}",
                "{'a':[1,2]} | {'a':[2,3]} | {'a':[1,2,3]}",
                "{'a':[1,1]} | {'a':[1]} | {'a':[1]}",
                "{'a':[{'b':1}]} | {'a':[{'b':1},{'c':2}]} | {'a':[{'b':1},{'c':2}]}",
                "{'a':[1]} | {'a':2} | {'a':2}",
                "{'a':{'b':1}} | {'a':[1]} | {'a':[1]}",
                "{'a':1} | {'a':null} | {'a':1}",
                "{'a':null} | {'b':1} | {'b':1}",
                "{'a':false} | {'a':true} | {'a':true}",
                "{'fallbackModel':['a','b']} | {'fallbackModel':['c']} | {'fallbackModel':['c']}",
                "{'availableModels':['a','b']} | {'availableModels':['a']} | {'availableModels':['a']}",
                "{} | {'a':1} | {'a':1}"
            })
    void mergesObjectsDeeplyAndJoinsLists(String low, String high, String both) {
        assertEquals(tree(both), Trees.merge(tree(low), tree(high)));
    }

    private static Map<String, Object> tree(String text) {
        return dev.bowline.json.Json.parse(text.replace('\'', '"')).asMap();
    }

    @Test
    void rulesOfAllSourcesHoldAndKnowWhereTheyCameFrom(@TempDir Path root) {
        var desk =
                new Desk(root)
                        .file(CLAUDE, "{'permissions':{'allow':['Bash(ls)'],'deny':['Bash(a)']}}")
                        .file(PROJECT, "{'permissions':{'allow':['Edit(/src/**)']}}")
                        .file(LOCAL, "{'permissions':{'ask':['Bash(b)']}}");
        var settings = desk.trusted();
        assertEquals("Edit(/src/**) Bash(ls)", Desk.rules(settings, Behavior.ALLOW));
        assertEquals("Bash(a)", Desk.rules(settings, Behavior.DENY));
        var edit = settings.rules().stream().filter(r -> r.rule().tool().equals("Edit")).toList();
        assertEquals(desk.work, edit.getFirst().base());
        assertEquals(Source.PROJECT, edit.getFirst().source());
        assertEquals(".claude/settings.json", edit.getFirst().file());
        var user = settings.rules().getLast();
        assertEquals(desk.home.resolve(".claude"), user.base());
        assertEquals("userSettings", user.source().wire());
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "USER, user",
        "PROJECT, project",
        "LOCAL, local",
        "USER PROJECT, project user",
        "USER PROJECT LOCAL, local project user"
    })
    void readsOnlyTheSourcesAskedForBesideTheOperators(
            String sources, String expected, @TempDir Path root) {
        var desk =
                new Desk(root)
                        .file(CLAUDE, "{'permissions':{'deny':['user']}}")
                        .file(PROJECT, "{'permissions':{'deny':['project']}}")
                        .file(LOCAL, "{'permissions':{'deny':['local']}}")
                        .file(
                                "etc/bowline/managed-settings.json",
                                "{'permissions':{'deny':['managed']}}");
        Set<Source> some = EnumSet.noneOf(Source.class);
        for (var one : sources.split(" ", -1)) {
            if (!one.isEmpty()) {
                some.add(Source.valueOf(one));
            }
        }
        var settings = desk.load(options -> options.sources(some));
        assertEquals(("managed " + expected).strip(), Desk.rules(settings, Behavior.DENY));
    }

    @ParameterizedTest
    @CsvSource({
        "home/.claude/settings.json, plan, PLAN",
        "home/.claude/settings.json, bypassPermissions, BYPASS",
        "home/.claude/settings.json, auto, AUTO",
        "home/.claude/settings.json, manual, DEFAULT",
        "home/.claude/settings.json, nonsense, NONE",
        "work/.claude/settings.json, acceptEdits, ACCEPT_EDITS",
        "work/.claude/settings.json, dontAsk, DONT_ASK",
        "work/.claude/settings.json, bypassPermissions, NONE",
        "work/.claude/settings.json, auto, NONE",
        "work/.claude/settings.local.json, bypassPermissions, NONE",
        "work/.claude/settings.local.json, auto, NONE",
        "etc/bowline/managed-settings.json, bypassPermissions, BYPASS",
        "FLAG, bypassPermissions, NONE",
        "FLAG, acceptEdits, ACCEPT_EDITS"
    })
    void aModeCountsWhereItMayBeSaid(
            String where, String mode, String expected, @TempDir Path root) {
        var desk = new Desk(root);
        var settings =
                desk.load(options -> {
                    options.trusting(Trusting.ALL);
                    put(desk, options, where, "{'permissions':{'defaultMode':'" + mode + "'}}");
                });
        assertEquals(expected, settings.defaultMode().map(PermissionMode::name).orElse("NONE"));
        if (expected.equals("NONE")) {
            assertFalse(settings.problems().isEmpty());
        }
    }

    @Test
    void aModeThatDoesNotCountLeavesTheWeakerOne(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(CLAUDE, "{'permissions':{'defaultMode':'plan'}}")
                        .file(PROJECT, "{'permissions':{'defaultMode':'bypassPermissions'}}")
                        .trusted();
        assertEquals(PermissionMode.PLAN, settings.defaultMode().orElseThrow());
    }

    @Test
    void whereTheOperatorKeepsRulesToHimselfOthersAllowNothing(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(
                                "etc/bowline/managed-settings.json",
                                "{'allowManagedPermissionRulesOnly':true,'permissions':{'allow':['Bash(make)']}}")
                        .file(CLAUDE, "{'permissions':{'allow':['Bash'],'deny':['Read(x)']}}")
                        .load(options ->
                                options.given(
                                                Source.FLAG,
                                                "--settings",
                                                "{\"permissions\":{\"allow\":[\"Edit\"]}}")
                                        .given(
                                                Source.HOST,
                                                "host",
                                                "{\"permissions\":{\"allow\":[\"Write\"]}}"));
        assertEquals("Bash(make)", Desk.rules(settings, Behavior.ALLOW));
        assertEquals("Read(x)", Desk.rules(settings, Behavior.DENY));
        assertFalse(settings.mayAllow(Source.FLAG));
    }

    @Test
    void onlyAnOperatorMayKeepRulesToHimself(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(
                                CLAUDE,
                                "{'allowManagedPermissionRulesOnly':true,'permissions':{'allow':['Bash']}}")
                        .load();
        assertEquals("Bash", Desk.rules(settings, Behavior.ALLOW));
        assertTrue(settings.mayAllow(Source.FLAG));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | MANAGED USER",
                "{'disableAllHooks':true} | {} | NONE",
                "{'allowManagedHooksOnly':true} | {} | MANAGED",
                "{} | {'disableAllHooks':true} | MANAGED",
                "{} | {'allowManagedHooksOnly':true} | MANAGED USER"
            })
    void hooksRunAsTheOperatorLetsThem(
            String managed, String user, String expected, @TempDir Path root) {
        var hooks = "{'hooks':{'Stop':[{'hooks':[]}]},";
        var settings =
                new Desk(root)
                        .file(
                                "etc/bowline/managed-settings.json",
                                hooks + "'env':{}," + inner(managed))
                        .file(CLAUDE, hooks + "'env':{}," + inner(user))
                        .load();
        var sources = settings.hooks().stream().map(part -> part.source().name()).toList();
        assertEquals(expected, sources.isEmpty() ? "NONE" : String.join(" ", sources));
    }

    private static String inner(String object) {
        return object.equals("{}") ? "'$schema':''}" : object.substring(1);
    }

    @Test
    void variablesOfStrongerSourcesCountAndSomeCannotBeSet(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(
                                CLAUDE,
                                "{'env':{'A':'1','B':2,'C':true,'HOME':'/x','BOWLINE_TRUST':'1','':'x'}}")
                        .file(PROJECT, "{'env':{'A':'3','D':['x']}}")
                        .trusted();
        assertEquals(Map.of("A", "3", "B", "2", "C", "true"), settings.env());
        assertTrue(
                settings.problems().stream().anyMatch(p -> p.key().equals("env.HOME")),
                settings.problems().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "../other, ROOT/other",
        "~/notes, ROOT/home/notes",
        "~, ROOT/home",
        "/data, /data",
        "sub, ROOT/work/sub"
    })
    void directoriesAreAbsolute(String said, String expected, @TempDir Path root) {
        var desk =
                new Desk(root)
                        .file(
                                CLAUDE,
                                "{'permissions':{'additionalDirectories':['" + said + "',5]}}");
        assertEquals(
                List.of(Path.of(expected.replace("ROOT", desk.root.toString()))),
                desk.load().additionalDirectories());
    }

    @ParameterizedTest
    @CsvSource({
        "home/.claude/settings.json",
        "work/.claude/settings.json",
        "work/.claude/settings.local.json",
        "etc/claude-code/managed-settings.json"
    })
    void anybodyMayForbidToSwitchPermissionsOff(String where, @TempDir Path root) {
        var desk = new Desk(root);
        assertFalse(desk.load().bypassDisabled());
        desk.file(where, "{'permissions':{'disableBypassPermissionsMode':'disable'}}");
        assertTrue(desk.load().bypassDisabled());
    }

    @Test
    void inTheUsersHomeHisOwnSettingsAreNoProjects(@TempDir Path root) {
        var desk = new Desk(root).file(CLAUDE, "{'permissions':{'allow':['Bash']}}");
        var settings = Settings.load(desk.places(desk.home), options -> {});
        assertEquals("Bash", Desk.rules(settings, Behavior.ALLOW));
        assertTrue(settings.heldBack().isEmpty());
        assertEquals(1, settings.files().size());
    }

    @Test
    void theSandboxIsSaidByEachFile(@TempDir Path root) {
        var settings =
                new Desk(root)
                        .file(CLAUDE, "{'sandbox':{'enabled':true}}")
                        .file(
                                "etc/bowline/managed-settings.json",
                                "{'sandbox':{'failIfUnavailable':true}}")
                        .load();
        assertEquals(
                List.of("MANAGED", "USER"),
                settings.sandbox().stream().map(part -> part.source().name()).toList());
    }
}
