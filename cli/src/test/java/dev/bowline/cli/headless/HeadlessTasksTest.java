package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadlessTasksTest {
    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl())
                .flags("--allowedTools", "Bash", "--permission-prompt-tool", "stdio");
    }

    private static String background(String command) {
        return "{\"command\":\""
                + command
                + "\",\"run_in_background\":true,\"description\":\"The job\"}";
    }

    private static boolean is(Map<String, Object> frame, String subtype) {
        return subtype.equals(frame.get("subtype"));
    }

    private static Map<String, Object> frame(HostProgram host, String subtype) {
        return host.await(frame -> is(frame, subtype));
    }

    @Test
    void theEndOfATaskBeginsATurnOfItsOwn() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse(
                                                "Bash",
                                                background(
                                                        "until test -e go; do :; done; echo out; exit 4")),
                                        text("Started."),
                                        text("I see.")));
                var host = host(api).start()) {
            host.say("hi").result();
            Files.createFile(host.directory().resolve("go"));

            var second = host.result(2);

            assertEquals("I see.", second.get("result"));
            assertEquals("task-notification", ((Map<?, ?>) second.get("origin")).get("kind"));
            assertFalse(second.containsKey("user_message_uuid"));
            var kinds = host.kinds();
            assertEquals(
                    List.of(
                            "system/init",
                            "assistant",
                            "system/background_tasks_changed",
                            "system/task_started",
                            "user",
                            "assistant",
                            "result/success",
                            "system/task_updated",
                            "system/task_notification",
                            "system/background_tasks_changed",
                            "system/init",
                            "assistant",
                            "result/success"),
                    kinds);
            var told = frame(host, "task_notification");
            assertEquals("failed", told.get("status"));
            assertTrue(String.valueOf(told.get("summary")).contains("exit code 4"));
            assertEquals("out\n", Files.readString(Path.of((String) told.get("output_file"))));
            assertTrue(api.lastRequest().text().contains("<status>failed</status>"));
        }
    }

    @Test
    void aTurnThatRunsIsToldOfTheEndBeforeItsNextCall() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", background("true")),
                                        toolUse(
                                                "Bash",
                                                "{\"command\":\"until test -e go; do :; done\"}"),
                                        text("Done.")));
                var host = host(api).start()) {
            host.say("hi");
            frame(host, "task_notification");
            Files.createFile(host.directory().resolve("go"));

            assertEquals("Done.", host.result().get("result"));
            assertTrue(api.lastRequest().text().contains("<status>completed</status>"));
            assertEquals(0, host.endOfInput().exitCode());
            assertEquals(3, api.requests().size());
        }
    }

    @Test
    void theHostReadsAndStopsATask() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse(
                                                "Bash",
                                                background("echo one; touch up; exec sleep 4901")),
                                        text("Started.")));
                var host = host(api).start()) {
            host.say("hi").result();
            var id = (String) frame(host, "task_started").get("task_id");

            while (!Files.exists(host.directory().resolve("up"))) {
                Thread.onSpinWait();
            }
            var output = host.request("get_task_output", Map.of("task_id", id));
            var stopped = host.request("stop_task", Map.of("task_id", id));
            var unknown = host.request("get_task_output", Map.of("task_id", "none"));

            assertEquals(
                    Map.of("output", "one\n", "total_bytes", 4L, "truncated", false),
                    output.get("response"));
            assertEquals("success", stopped.get("subtype"));
            assertEquals("error", unknown.get("subtype"));
            assertEquals("stopped", frame(host, "task_notification").get("status"));
            assertEquals(
                    List.of(),
                    host.await(frame ->
                                    is(frame, "background_tasks_changed")
                                            && ((List<?>) frame.get("tasks")).isEmpty())
                            .get("tasks"));
        }
    }

    @Test
    void aTaskIsEndedFiveSecondsAfterTheEndOfInput() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", background("exec sleep 4902")),
                                        text("Started.")));
                var host = host(api).start()) {
            host.say("hi").endOfInput();

            assertEquals(0, host.exitCode());
            assertEquals("stopped", frame(host, "task_notification").get("status"));
            assertTrue(
                    ProcessHandle.allProcesses()
                            .noneMatch(process ->
                                    process.info()
                                            .commandLine()
                                            .orElse("")
                                            .endsWith("sleep 4902")));
        }
    }

    @Test
    void toolsForPeopleAreThereOnlyWhenSomebodyCanBeAsked() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello.")));
                var host = host(api).start()) {
            host.say("hi").result();
            assertTrue(((List<?>) frame(host, "init").get("tools")).contains("AskUserQuestion"));
        }
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello.")));
                var host = HostProgram.in(root, api.baseUrl()).start()) {
            host.say("hi").result();
            assertFalse(((List<?>) frame(host, "init").get("tools")).contains("AskUserQuestion"));
        }
    }

    @Test
    void aFailureOfAToolIsAnErrorTextForTheHost() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("TaskStop", "{\"task_id\":\"none\"}"),
                                        toolUse("Bash", "{\"command\":\"echo hi\"}"),
                                        text("Done.")));
                var host = host(api).start()) {
            host.say("hi").result();
            var results = host.await(frame -> "user".equals(frame.get("type")), 2);
            assertTrue(
                    String.valueOf(results.getFirst().get("tool_use_result"))
                            .startsWith("Error: There is no task"));
            var message = (Map<?, ?>) results.getLast().get("message");
            var block = (Map<?, ?>) ((List<?>) message.get("content")).getFirst();
            assertEquals(false, block.get("is_error"));
            assertEquals("hi", block.get("content"));
        }
    }
}
