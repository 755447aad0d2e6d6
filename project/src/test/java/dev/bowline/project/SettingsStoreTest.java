package dev.bowline.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsStoreTest {
    private static final String LOCAL = "work/.claude/settings.local.json";

    private static PermissionUpdate allow(Destination to, String... rules) {
        return PermissionUpdate.allow(to, rules);
    }

    @ParameterizedTest
    @CsvSource({
        "USER_SETTINGS, home/.claude/settings.json",
        "PROJECT_SETTINGS, work/.claude/settings.json",
        "LOCAL_SETTINGS, work/.claude/settings.local.json"
    })
    void aRuleIsWrittenWhereItBelongs(Destination to, String file, @TempDir Path root) {
        var desk = new Desk(root);
        new SettingsStore(desk.places()).keep(allow(to, "Bash(npm run *)"));
        assertEquals(
                """
                {
                  "permissions": {
                    "allow": [
                      "Bash(npm run *)"
                    ]
                  }
                }
                """,
                desk.read(file));
    }

    @ParameterizedTest
    @EnumSource(
            value = Destination.class,
            names = {"SESSION", "CLI_ARG", "POLICY_SETTINGS", "FLAG_SETTINGS"})
    void otherDestinationsAreNotKept(Destination to, @TempDir Path root) {
        var store = new SettingsStore(new Desk(root).places());
        assertThrows(IllegalArgumentException.class, () -> store.keep(allow(to, "Bash")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | add allow Edit | {'permissions':{'allow':['Edit']}}",
                "`` | add deny Edit | {'permissions':{'deny':['Edit']}}",
                "{'x':[1.5,null,true],'permissions':{'y':{}}} | add ask Edit | {'x':[1.5,null,true],'permissions':{'y':{},'ask':['Edit']}}",
                "{'permissions':{'allow':['Read']}} | add allow Edit | {'permissions':{'allow':['Read','Edit']}}",
                "{'permissions':{'allow':['Edit']}} | add allow Edit | {'permissions':{'allow':['Edit']}}",
                "{'permissions':{'allow':['Read','Edit',7]}} | remove allow Edit | {'permissions':{'allow':['Read',7]}}",
                "{'permissions':{'allow':['Edit(*)']}} | remove allow Edit | {'permissions':{'allow':[]}}",
                "{'permissions':{'deny':['Edit']}} | remove allow Edit | {'permissions':{'deny':['Edit']}}",
                "{'permissions':{'allow':['Read'],'deny':['Bash']}} | replace allow Edit | {'permissions':{'allow':['Edit'],'deny':['Bash']}}",
                "{'a':1} | mode plan | {'a':1,'permissions':{'defaultMode':'plan'}}",
                "{'a':1} | folder /tmp | {'a':1,'permissions':{'additionalDirectories':['/tmp']}}",
                "{'permissions':{'additionalDirectories':['/tmp','/x']}} | nofolder /tmp | {'permissions':{'additionalDirectories':['/x']}}"
            })
    void anUpdateChangesNothingElse(String before, String what, String after, @TempDir Path root) {
        var desk = new Desk(root).file(LOCAL, before);
        new SettingsStore(desk.places()).keep(update(what.split(" ")));
        assertEquals(
                Json.parse(after.replace('\'', '"')).value(), Json.parse(desk.read(LOCAL)).value());
    }

    private static PermissionUpdate update(String[] what) {
        var to = Destination.LOCAL_SETTINGS;
        var rules = List.of(new Rule(what[what.length - 1], null));
        var behavior =
                what.length > 2
                        ? Behavior.valueOf(what[1].toUpperCase(java.util.Locale.ROOT))
                        : Behavior.ALLOW;
        return switch (what[0]) {
            case "add" -> new PermissionUpdate.AddRules(rules, behavior, to);
            case "remove" -> new PermissionUpdate.RemoveRules(rules, behavior, to);
            case "replace" -> new PermissionUpdate.ReplaceRules(rules, behavior, to);
            case "mode" -> new PermissionUpdate.SetMode(PermissionMode.of(what[1]), to);
            case "folder" -> new PermissionUpdate.AddDirectories(List.of(Path.of(what[1])), to);
            default -> new PermissionUpdate.RemoveDirectories(List.of(Path.of(what[1])), to);
        };
    }

    @Test
    void whatIsTakenAwayIsTakenFromBothFolders(@TempDir Path root) {
        var desk =
                new Desk(root)
                        .file(
                                "work/.bowline/settings.local.json",
                                "{'permissions':{'allow':['Edit']}}");
        new SettingsStore(desk.places()).keep(update(new String[] {"remove", "allow", "Edit"}));
        assertFalse(desk.read("work/.bowline/settings.local.json").contains("Edit"));
        assertFalse(Files.exists(desk.root.resolve(LOCAL)));
    }

    @Test
    void switchingPermissionsOffIsNotKept(@TempDir Path root) {
        var store = new SettingsStore(new Desk(root).places());
        var update = new PermissionUpdate.SetMode(PermissionMode.BYPASS, Destination.USER_SETTINGS);
        assertThrows(BowlineException.class, () -> store.keep(update));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "{'a':1", "{'permissions':{}} x"})
    void aFileThatCannotBeReadIsLeftAlone(String text, @TempDir Path root) {
        var desk = new Desk(root).file(LOCAL, text);
        var store = new SettingsStore(desk.places());
        assertThrows(
                BowlineException.class,
                () -> store.keep(allow(Destination.LOCAL_SETTINGS, "Bash")));
        assertEquals(text.replace('\'', '"'), desk.read(LOCAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "folder outside",
                "folder in .git",
                "file outside",
                "file inside",
                "folder is a file"
            })
    void noLinkIsFollowedOutOfTheFolder(String what, @TempDir Path root) throws IOException {
        var desk =
                new Desk(root)
                        .folder("other")
                        .file("other/settings.local.json", "{}")
                        .folder("work/.git");
        var settings = desk.work.resolve(".claude");
        switch (what) {
            case "folder outside" -> Files.createSymbolicLink(settings, desk.root.resolve("other"));
            case "folder in .git" -> Files.createSymbolicLink(settings, desk.work.resolve(".git"));
            case "folder is a file" -> Files.writeString(settings, "x");
            default -> {
                Files.createDirectory(settings);
                Files.createSymbolicLink(
                        settings.resolve("settings.local.json"),
                        what.endsWith("outside")
                                ? desk.root.resolve("other/settings.local.json")
                                : desk.work.resolve(".git/config"));
            }
        }
        var store = new SettingsStore(desk.places());
        assertThrows(
                BowlineException.class,
                () -> store.keep(allow(Destination.LOCAL_SETTINGS, "Bash")));
        assertEquals("{}", desk.read("other/settings.local.json"));
        assertFalse(Files.exists(desk.work.resolve(".git/settings.local.json")));
    }

    @Test
    void aLinkWithinTheFolderAndTheUsersOwnLinkAreFollowed(@TempDir Path root) throws IOException {
        var desk =
                new Desk(root)
                        .folder("work/shared")
                        .folder("home/.claude")
                        .file("dots/settings.json", "{}");
        Files.createSymbolicLink(desk.work.resolve(".claude"), Path.of("shared"));
        Files.createSymbolicLink(
                desk.home.resolve(".claude/settings.json"),
                desk.root.resolve("dots/settings.json"));
        var store = new SettingsStore(desk.places());
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash"));
        store.keep(allow(Destination.USER_SETTINGS, "Bash"));
        assertTrue(desk.read("work/shared/settings.local.json").contains("Bash"));
        assertTrue(desk.read("dots/settings.json").contains("Bash"));
        assertTrue(Files.isSymbolicLink(desk.home.resolve(".claude/settings.json")));
    }

    @Test
    void rightsOfAFileStayAndNewOnesAreTheUsers(@TempDir Path root) throws IOException {
        var desk = new Desk(root).file("home/.claude/settings.json", "{}");
        var user = desk.home.resolve(".claude/settings.json");
        Files.setPosixFilePermissions(user, PosixFilePermissions.fromString("rw-r-----"));
        var store = new SettingsStore(desk.places());
        store.keep(allow(Destination.USER_SETTINGS, "Bash"));
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash"));
        assertEquals("rw-r-----", rights(user));
        assertEquals("rw-------", rights(desk.root.resolve(LOCAL)));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void noneOfManyWritersIsLost(@TempDir Path root) throws InterruptedException {
        var desk = new Desk(root);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            var rule = "Bash(make " + i + ")";
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    new SettingsStore(desk.places())
                                            .keep(allow(Destination.LOCAL_SETTINGS, rule))));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(16, Desk.rules(desk.load(), Behavior.ALLOW).split("\\) ").length);
        assertEquals(1, desk.work.resolve(".claude").toFile().list().length);
    }

    @Test
    void whatTheUserAllowedHereIsTrustedHere(@TempDir Path root) {
        var desk = new Desk(root);
        var store = new SettingsStore(desk.places());
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash(make)"));
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash(test)"));
        assertEquals("Bash(make) Bash(test)", Desk.rules(desk.load(), Behavior.ALLOW));
    }

    @Test
    void trustedSettingsStayTrustedAndOthersDoNotBecomeSo(@TempDir Path root) {
        var desk = new Desk(root).file(LOCAL, "{'permissions':{'allow':['Edit']}}");
        var store = new SettingsStore(desk.places());
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash(make)"));
        assertEquals("", Desk.rules(desk.load(), Behavior.ALLOW));
        desk.load().trust(Instant.EPOCH);
        store.keep(allow(Destination.LOCAL_SETTINGS, "Bash(test)"));
        assertEquals("Edit Bash(make) Bash(test)", Desk.rules(desk.load(), Behavior.ALLOW));
    }
}
