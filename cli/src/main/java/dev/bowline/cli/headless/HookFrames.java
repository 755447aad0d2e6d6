package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Frames;
import dev.bowline.hook.HookEvent;
import dev.bowline.project.hook.HookWatch;
import dev.bowline.project.hook.HookWatch.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells a host of hooks at work: of those of settings that begin a session always, of all others
/// if it wants to know. What happens before the session is there waits for it. Safe for any thread.
final class HookFrames implements HookWatch {
    private final boolean wanted;
    private final Supplier<Optional<Frames>> frames;
    private final List<Consumer<Frames>> waiting = new ArrayList<>();

    HookFrames(boolean wanted, Supplier<Optional<Frames>> frames) {
        this.wanted = wanted;
        this.frames = frames;
    }

    /// A callback of the host's begins.
    Running begins(HookEvent event) {
        return wanted && told(event) ? running(event) : (outcome, said) -> {};
    }

    @Override
    public Running begins(HookEvent event, @Nullable String status) {
        return starts(event) ? running(event) : begins(event);
    }

    private static boolean starts(HookEvent event) {
        return event instanceof HookEvent.SessionStart || event instanceof HookEvent.Setup;
    }

    private static boolean told(HookEvent event) {
        return !(event instanceof HookEvent.Notification
                || event instanceof HookEvent.SessionEnd
                || event instanceof HookEvent.PreCompact
                || event instanceof HookEvent.PostCompact);
    }

    private Running running(HookEvent event) {
        var id = UUID.randomUUID().toString();
        tell(to ->
                to.system(
                        "hook_started",
                        frame ->
                                frame.field("hook_id", id)
                                        .field("hook_name", hookName(event))
                                        .field("hook_event", event.name())));
        return (outcome, said) -> tell(to -> ended(to, id, event, outcome, said));
    }

    private static void ended(Frames to, String id, HookEvent event, String outcome, Heard said) {
        to.system(
                "hook_response",
                frame -> {
                    frame.field("hook_id", id)
                            .field("hook_name", hookName(event))
                            .field("hook_event", event.name())
                            .field("output", said.stdout() + said.stderr())
                            .field("stdout", said.stdout())
                            .field("stderr", said.stderr());
                    if (said.exitCode() != null) {
                        frame.field("exit_code", said.exitCode());
                    }
                    frame.field("outcome", outcome);
                });
    }

    private void tell(Consumer<Frames> what) {
        synchronized (waiting) {
            var to = frames.get();
            if (to.isEmpty()) {
                waiting.add(what);
                return;
            }
        }
        frames.get().ifPresent(what);
    }

    /// The session is there.
    void begun(Frames to) {
        List<Consumer<Frames>> told;
        synchronized (waiting) {
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(what -> what.accept(to));
    }

    private static String hookName(HookEvent event) {
        return event.subject() == null ? event.name() : event.name() + ":" + event.subject();
    }
}
