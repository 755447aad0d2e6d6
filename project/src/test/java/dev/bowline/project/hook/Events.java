package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// One event of each kind.
final class Events {
    private static final Json INPUT = Json.parse("{\"command\":\"ls\"}");

    private Events() {}

    static HookEvent named(String name) {
        return all().filter(event -> event.name().equals(name)).findFirst().orElseThrow();
    }

    static HookEvent.PreToolUse call(String tool) {
        return new HookEvent.PreToolUse("s", "t1", tool, INPUT);
    }

    static Stream<HookEvent> all() {
        var took = Duration.ofMillis(7);
        var called = new HookEvent.Called("t1", "Bash", INPUT, "out", null);
        return Stream.of(
                call("Bash"),
                new HookEvent.PostToolUse("s", "t1", "Bash", INPUT, "out", null, took),
                new HookEvent.PostToolUseFailure("s", "t1", "Bash", INPUT, "bad", took),
                new HookEvent.PostToolBatch("s", List.of(called)),
                new HookEvent.PermissionRequested("s", "t1", "Bash", INPUT, "why", List.of()),
                new HookEvent.PermissionDenied("s", "t1", "Bash", INPUT, "why"),
                new HookEvent.UserPromptSubmit("s", "go"),
                new HookEvent.UserPromptExpansion("s", "slash_command", "x", "", null, "go"),
                new HookEvent.SessionStart("s", "startup"),
                new HookEvent.SessionEnd("s", "closed"),
                new HookEvent.Setup("s", "init"),
                new HookEvent.Stop("s", false, "text"),
                new HookEvent.StopFailure("s", "rate_limit", "slow"),
                new HookEvent.SubagentStart("s", "a", "Explore"),
                new HookEvent.SubagentStop("s", "a", "Explore", false, "text", ""),
                new HookEvent.PreCompact("s", "manual", null),
                new HookEvent.PostCompact("s", "auto", "short"),
                new HookEvent.PreModelSwitch("s", "a", "b", "b", "user", 5),
                new HookEvent.PostModelSwitch("s", "a", "b", "b", "user", 5),
                new HookEvent.Notification("s", "waiting", null, "permission_prompt"),
                new HookEvent.ConfigChange("s", "user_settings", null),
                new HookEvent.InstructionsLoaded("s", "/m.md", "Project", "session_start"),
                new HookEvent.CwdChanged("s", "/a", "/b"),
                new HookEvent.FileChanged("s", "/a/.env", "change"),
                new HookEvent.DirectoryAdded("s", "/a", "slash_command"),
                new HookEvent.Elicitation("s", "srv", "who?", null, null, null, null),
                new HookEvent.ElicitationResult("s", "srv", null, null, "accept", null),
                new HookEvent.WorktreeCreate("s", "w"),
                new HookEvent.WorktreeRemove("s", "/w"),
                new HookEvent.TaskCreated("s", "1", "t", null),
                new HookEvent.TaskCompleted("s", "1", "t", null),
                new HookEvent.TeammateIdle("s", "ann", "crew"),
                new HookEvent.MessageDisplay("s", "1", "m", 0, true, "x"));
    }
}
