package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What settings do to a session that a program drives.
@Timeout(60)
class HostSettingsTest {
    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private static FakeMessagesApi touching(int times) {
        return FakeMessagesApi.start(a -> {
            for (int i = 0; i < times; i++) {
                a.reply(toolUse("Bash", "{\"command\":\"touch made\"}"), text("Done."));
            }
        });
    }

    private static void write(HostProgram host, String name, String text) {
        try {
            var file = host.directory().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace('\'', '"'));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean made(HostProgram host) {
        return Files.exists(host.directory().resolve("made"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../home/.claude/settings.json | {'permissions':{'allow':['Bash(touch *)']}} | true",
                "../home/.claude/settings.json | {'permissions':{'allow':['Bash(touch *)'],'deny':['Bash(touch made)']}} | false",
                ".claude/settings.json | {'permissions':{'allow':['Bash(touch *)']}} | false",
                ".claude/settings.local.json | {'permissions':{'allow':['Bash(touch *)']}} | false",
                ".claude/settings.json | {'permissions':{'defaultMode':'acceptEdits'}} | false"
            })
    void filesCountAsFarAsTheyAreTrusted(String file, String settings, boolean runs) {
        try (var api = touching(1);
                var host = host(api)) {
            write(host, file, settings);
            host.start().say("go").result();
            assertEquals(runs, made(host));
            assertEquals(file.startsWith(".claude"), host.errors().contains("bowline trust "));
        }
    }

    @Test
    void theFolderMayForbidAToolToTheModel() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hi.")));
                var host = host(api).flags("--setting-sources=project", "--tools", "Read,Bash")) {
            write(host, ".claude/settings.json", "{'permissions':{'deny':['Bash']}}");
            host.start().say("go").result();
            var begin = host.await(frame -> "init".equals(frame.get("subtype")));
            assertEquals(List.of("Read"), begin.get("tools"));
        }
    }

    @Test
    void aChangeOfTheSettingsHoldsFromTheNextCallOn() {
        try (var api = touching(3);
                var host = host(api).start()) {
            host.say("go").result();
            assertFalse(made(host));
            host.request(
                    "apply_flag_settings",
                    Map.of(
                            "settings",
                            Map.of("permissions", Map.of("allow", List.of("Bash(touch:*)")))));
            host.say("go").result(2);
            assertTrue(made(host));
            var none = new HashMap<String, Object>();
            none.put("permissions", null);
            host.request("apply_flag_settings", Map.of("settings", none));
            try {
                Files.delete(host.directory().resolve("made"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            host.say("go").result(3);
            assertFalse(made(host));
        }
    }

    @Test
    void aChangeBeforeTheFirstPromptHoldsAsWell() {
        try (var api = touching(1);
                var host = host(api).start()) {
            host.request(
                    "apply_flag_settings",
                    Map.of(
                            "settings",
                            Map.of("permissions", Map.of("allow", List.of("Bash(touch:*)")))));
            host.say("go").result();
            assertTrue(made(host));
        }
    }

    private static void change(HostProgram host, String name, Object value) {
        var settings = new HashMap<String, Object>();
        settings.put(name, value);
        host.request("apply_flag_settings", Map.of("settings", settings));
    }

    @Test
    void variablesReachTheCommandsOfAnOpenSessionAndGoAgain() {
        var asked = toolUse("Bash", "{\"command\":\"echo =$ROPE=\"}");
        try (var api =
                        FakeMessagesApi.start(a -> {
                            for (int i = 0; i < 4; i++) {
                                a.reply(asked, text("Done."));
                            }
                        });
                var host = host(api).start()) {
            host.say("go").result();
            change(host, "env", Map.of("ROPE", "knot"));
            host.say("go").result(2);
            host.say("/clear").result(3);
            host.say("go").result(4);
            change(host, "env", null);
            host.say("go").result(5);
            var said =
                    host.frames().stream()
                            .filter(frame -> frame.get("tool_use_result") instanceof Map)
                            .map(frame -> ((Map<?, ?>) frame.get("tool_use_result")).get("stdout"))
                            .toList();
            assertEquals(List.of("==", "=knot=", "=knot=", "=="), said);
        }
    }

    @Test
    void rulesOfTheHostOutliveANewConversation() {
        try (var api = touching(1);
                var host = host(api).start()) {
            host.say("/clear").result();
            change(host, "permissions", Map.of("allow", List.of("Bash(touch:*)")));
            host.say("/clear").result(2);
            host.say("go").result(3);
            assertTrue(made(host));
        }
    }

    @Test
    void aWrongLevelKeepsTheOtherSettingsOfTheCallOut() {
        try (var api = touching(1);
                var host = host(api).start()) {
            var answer =
                    host.request(
                            "apply_flag_settings",
                            Map.of(
                                    "settings",
                                    Map.of(
                                            "effortLevel",
                                            "wrong",
                                            "permissions",
                                            Map.of("allow", List.of("Bash(touch:*)")))));
            assertEquals("error", answer.get("subtype"));
            host.say("go").result();
            assertFalse(made(host));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings", "managedSettings"})
    void settingsThatCannotBeUnderstoodAreAnError(String member) {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).start()) {
            var answer =
                    host.request(
                            "initialize",
                            Map.of(member, Map.of("permissions", Map.of("deny", "Bash"))));
            assertEquals("error", answer.get("subtype"));
            assertTrue(answer.toString().contains("permissions.deny"), answer.toString());
        }
    }

    @Test
    void theHostsManagedSettingsForbidToSwitchPermissionsOff() {
        try (var api = touching(1);
                var host = host(api).flags("--dangerously-skip-permissions").start()) {
            host.request(
                    "initialize",
                    Map.of(
                            "managedSettings",
                            Map.of(
                                    "permissions",
                                    Map.of("disableBypassPermissionsMode", "disable"))));
            host.say("go").result();
            assertFalse(made(host));
            var answer = host.request("set_permission_mode", Map.of("mode", "bypassPermissions"));
            assertEquals("error", answer.get("subtype"));
        }
    }

    @Test
    void aRuleThatComesWithTheConsentIsWrittenAndCountsNextTime() throws IOException {
        try (var api = touching(2);
                var host =
                        host(api)
                                .flags("--permission-prompt-tool", "stdio")
                                .flags("--setting-sources=local")
                                .answer("can_use_tool", request -> consent(request))
                                .start()) {
            host.say("go").result();
            var file = host.directory().resolve(".claude/settings.local.json");
            assertTrue(Files.readString(file).contains("Bash(touch:*)"));
            Files.delete(host.directory().resolve("made"));
        }
        try (var api = touching(1);
                var host = host(api).start()) {
            host.say("go").result();
            assertTrue(made(host));
        }
    }

    private static Map<String, Object> consent(Map<String, Object> request) {
        return Map.of(
                "behavior",
                "allow",
                "updatedInput",
                request.get("input"),
                "updatedPermissions",
                List.of(
                        Map.of(
                                "type",
                                "addRules",
                                "rules",
                                List.of(Map.of("toolName", "Bash", "ruleContent", "touch:*")),
                                "behavior",
                                "allow",
                                "destination",
                                "localSettings")));
    }

    @Test
    void tellsWhatEachSourceSays() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).flags("--settings", "{\"language\":\"flag\"}")) {
            write(host, "../home/.claude/settings.json", "{'language':'user'}");
            var answer = host.start().request("get_settings", Map.of());
            var text = answer.toString();
            assertTrue(text.contains("source=userSettings"), text);
            assertTrue(text.contains("source=flagSettings"), text);
            assertTrue(text.contains("language=flag"), text);
        }
    }

    @Test
    void settingsInAnInitializeGiveVariablesAndAModel() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"printenv HARBOUR\"}"),
                                        text("Done.")));
                var host = host(api).start()) {
            host.request(
                    "initialize",
                    Map.of(
                            "settings",
                            Map.of(
                                    "model",
                                    "claude-opus-4-5",
                                    "env",
                                    Map.of("HARBOUR", "open"),
                                    "permissions",
                                    Map.of("allow", List.of("Bash")))));
            host.say("go").result();
            assertTrue(host.frames().toString().contains("stdout=open"), host.frames().toString());
            var begin = host.await(frame -> "init".equals(frame.get("subtype")));
            assertEquals("claude-opus-4-5", begin.get("model"));
        }
    }

    @Test
    void aHostHearsWhyNothingBeginsBecauseOfSettings() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host =
                        host(api)
                                .flags("--settings", "{\"permissions\":{\"deny\":\"Bash\"}}")
                                .start()) {
            var result = host.result();
            assertEquals("config_file_invalid", result.get("startup_failure_reason"));
            assertTrue(String.valueOf(result.get("errors")).contains("permissions.deny"));
            assertEquals(1, host.endOfInput().exitCode());
        }
    }

    @Test
    void managedSettingsOfAFlagCountMoreThanThoseOfOthers() {
        try (var api = touching(1);
                var host =
                        host(api)
                                .flags("--allowedTools", "Bash")
                                .flags(
                                        "--managed-settings",
                                        "{\"allowManagedPermissionRulesOnly\":true}")
                                .start()) {
            host.say("go").result();
            assertFalse(made(host));
        }
    }
}
