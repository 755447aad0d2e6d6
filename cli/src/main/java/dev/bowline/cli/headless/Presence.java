package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Frames;

/// Whether the session works, waits for somebody, or has nothing to do; tells a host that wants to
/// know of each change. Safe for any thread.
final class Presence {
    private final boolean wanted;
    private String state = "idle";
    private int asked;

    Presence(boolean wanted) {
        this.wanted = wanted;
    }

    synchronized String state() {
        return state;
    }

    synchronized void running(Frames frames) {
        change(frames, asked > 0 ? "requires_action" : "running");
    }

    synchronized void idle(Frames frames) {
        change(frames, "idle");
    }

    /// One more or one less is being asked.
    synchronized void asks(Frames frames, boolean begins) {
        asked += begins ? 1 : -1;
        change(frames, asked > 0 ? "requires_action" : "running");
    }

    private void change(Frames frames, String next) {
        if (!next.equals(state)) {
            state = next;
            if (wanted) {
                frames.system(
                        "session_state_changed",
                        frame -> frame.field("state", next).field("sdk_host_only", true));
            }
        }
    }
}
