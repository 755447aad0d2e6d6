package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCheckTest {
    @TempDir Path root;

    @ParameterizedTest
    @CsvSource({
        "--permission-mode, piracy, piracy",
        "--max-turns, many, --max-turns",
        "--max-budget-usd, lots, --max-budget-usd",
        "--settings, '{oops', --settings",
        "--settings, [], --settings",
        "--settings, none.json, none.json",
        "--add-dir, nowhere, nowhere"
    })
    void failsAtOnceWithASentenceThatNamesTheFlag(String flag, String value, String named) {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = HostProgram.in(root, api.baseUrl()).flags(flag, value).start()) {
            assertEquals(1, host.exitCode());
            assertTrue(host.errors().contains(named), host.errors());
            assertEquals(List.of(), api.requests());
        }
    }

    @Test
    void passesOverNamesOfToolsItDoesNotHave() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Aye.")));
                var host =
                        HostProgram.in(root, api.baseUrl())
                                .flags("--tools", "Read,Teleport")
                                .start()) {
            assertEquals("Aye.", host.say("hi").result().get("result"));
            assertEquals(List.of("Read"), api.lastRequest().toolNames());
        }
    }

    @Test
    void takesSettingsThatAreAnObject() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Aye.")));
                var host = HostProgram.in(root, api.baseUrl()).flags("--settings", "{}").start()) {
            assertEquals("Aye.", host.say("hi").result().get("result"));
        }
    }

    @Test
    void saysThatItAsksTheModelToHostsThatWantPieces() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Aye.")));
                var host =
                        HostProgram.in(root, api.baseUrl())
                                .flags("--include-partial-messages")
                                .start()) {
            host.say("hi").result();
            assertEquals("system/status", host.kinds().get(1));
        }
    }
}
