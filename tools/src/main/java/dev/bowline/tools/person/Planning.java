package dev.bowline.tools.person;

import dev.bowline.tool.ToolContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a session knows of its planning: the mode before it, and plans that were handed in and wait
/// for approval, by call.
final class Planning {
    static final String PLAN = "plan";

    private final Map<String, String> handedIn = new HashMap<>();
    private String before = "default";

    static Planning of(ToolContext context) {
        return context.state(Planning.class, folder -> new Planning());
    }

    synchronized void enter(String mode) {
        if (!mode.equals(PLAN)) {
            before = mode;
        }
    }

    /// The mode that planning is left for.
    synchronized String leave() {
        var mode = before;
        before = "default";
        return mode;
    }

    /// Notes the plan of a call as the model handed it in; false if it is known already.
    synchronized boolean handIn(String call, String plan) {
        return handedIn.putIfAbsent(call, plan) == null;
    }

    synchronized boolean isKnown(String call) {
        return handedIn.containsKey(call);
    }

    /// What the model had handed in, which is forgotten then.
    synchronized Optional<String> take(String call) {
        return Optional.ofNullable(handedIn.remove(call));
    }
}
