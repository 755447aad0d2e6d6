package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Frames;
import dev.bowline.hook.HookEvent;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Tells a host that wants to know of hooks at work. Safe for any thread.
record HookFrames(boolean wanted, Supplier<Optional<Frames>> frames) {
    /// A hook at work; say [#ended] when it is over.
    final class Running {
        private final String id = UUID.randomUUID().toString();
        private final HookEvent event;

        private Running(HookEvent event) {
            this.event = event;
        }

        /// `outcome`: `success`, `error` or `cancelled`; `output` is what it said.
        void ended(String outcome, String output) {
            if (told(event)) {
                frames.get()
                        .ifPresent(to ->
                                to.system(
                                        "hook_response",
                                        frame ->
                                                frame.field("hook_id", id)
                                                        .field("hook_name", hookName(event))
                                                        .field("hook_event", event.name())
                                                        .field("output", output)
                                                        .field("stdout", output)
                                                        .field("stderr", "")
                                                        .field("outcome", outcome)));
            }
        }
    }

    Running begins(HookEvent event) {
        var running = new Running(event);
        if (told(event)) {
            frames.get()
                    .ifPresent(to ->
                            to.system(
                                    "hook_started",
                                    frame ->
                                            frame.field("hook_id", running.id)
                                                    .field("hook_name", hookName(event))
                                                    .field("hook_event", event.name())));
        }
        return running;
    }

    private boolean told(HookEvent event) {
        return wanted
                && !(event instanceof HookEvent.Notification
                        || event instanceof HookEvent.SessionEnd
                        || event instanceof HookEvent.PreCompact
                        || event instanceof HookEvent.PostCompact);
    }

    private static String hookName(HookEvent event) {
        return event.subject() == null ? event.name() : event.name() + ":" + event.subject();
    }
}
