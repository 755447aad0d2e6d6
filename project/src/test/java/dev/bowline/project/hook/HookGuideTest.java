package dev.bowline.project.hook;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.AddDirectories;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.project.Settings;
import dev.bowline.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of the guide do what it says.
@Timeout(60)
class HookGuideTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\n([^`]*)^```");

    @TempDir Path folder;

    private static List<String> blocks(String language) throws IOException {
        var guide = Files.readString(Path.of("..", "docs", "hooks.md"));
        var all = new ArrayList<String>();
        for (var found = BLOCK.matcher(guide); found.find(); ) {
            if (found.group(1).equals(language)) {
                all.add(found.group(2));
            }
        }
        return all;
    }

    static Stream<String> settings() throws IOException {
        return blocks("json").stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachExampleIsWithoutFault(String example) throws IOException {
        var file = Files.writeString(folder.resolve("settings.json"), example);
        assertEquals(List.of(), Settings.alone(file, "settings.json").problems());
        var config = HookConfig.parse(hooks(example), "settings.json");
        assertEquals(List.of(), config.problems());
        assertEquals(1, config.entries().size());
    }

    private static Json hooks(String settings) {
        return Json.of(Json.parse(settings).asMap().get("hooks"));
    }

    @ParameterizedTest
    @CsvSource({"git push,true", "git push --force,false", "git status --force,true"})
    void theFirstHookRefusesForcePushesOnly(String command, boolean runs) throws Exception {
        var script = folder.resolve("no-force-push.sh");
        Files.writeString(script, blocks("sh").getFirst());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        var it = new HookedSession(folder);
        it.model =
                ScriptedModel.saying(
                        call("Bash", "{\"command\":\"" + command + "\"}"), text("done"));
        it.ask(hooks(blocks("json").getFirst()).text());
        assertEquals(runs ? List.of(command) : List.of(), List.copyOf(it.ran));
        if (!runs) {
            assertEquals(
                    "PreToolUse:Bash hook error: [./no-force-push.sh]: Force pushes are not allowed here; open a pull request.",
                    it.result());
        }
    }

    @Test
    void theModelIsToldWhichDayItIs() throws Exception {
        var it = new HookedSession(folder);
        var example =
                blocks("json").stream()
                        .filter(text -> text.contains("UserPromptSubmit"))
                        .findFirst()
                        .orElseThrow();
        it.ask(hooks(example).text());
        assertTrue(it.told(0).contains("hook additional context: Today is "), it.told(0));
    }

    @Test
    void aServiceThatCannotBeReachedRefusesWhereTheExampleSaysSo() throws Exception {
        var it = new HookedSession(folder);
        var example =
                blocks("json").stream()
                        .filter(text -> text.contains("\"http\""))
                        .findFirst()
                        .orElseThrow();
        it.ask(hooks(example).text().replace("https://policy.example.org", "http://127.0.0.1:1"));
        assertEquals(List.of(), List.copyOf(it.ran));
    }

    @Test
    void anAnswerThatAddsADirectoryIsToldToHooks() throws Exception {
        var it = new HookedSession(folder);
        var more = Files.createDirectories(folder.resolve("more")).toRealPath();
        it.options =
                a ->
                        a.approver(request ->
                                new Decision.Allow(
                                        "yes",
                                        null,
                                        List.<PermissionUpdate>of(
                                                new AddDirectories(
                                                        List.of(more), Destination.SESSION))));
        it.ask(HookedSession.command("DirectoryAdded", "cat > told.json", ""));
        assertEquals(more.toString(), Json.parse(it.file("told.json")).asMap().get("directory"));
        assertEquals(List.of("git status"), List.copyOf(it.ran));
    }
}
