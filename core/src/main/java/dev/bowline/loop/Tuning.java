package dev.bowline.loop;

import dev.bowline.json.Json;
import dev.bowline.model.Thinking;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the model is asked in this process, beyond what the transcript says. Changing it is safe
/// from any thread and holds from the next model call on.
public final class Tuning {
    private volatile Thinking thinking;
    private volatile Map<String, Json> extra;

    Tuning(Thinking thinking, Map<String, Json> extra) {
        this.thinking = thinking;
        this.extra = Map.copyOf(extra);
    }

    public Thinking thinking() {
        return thinking;
    }

    public void thinking(Thinking how) {
        thinking = how;
    }

    /// Further members of each request, by name.
    public Map<String, Json> extra() {
        return extra;
    }

    /// Sets one of them; null takes it away.
    public synchronized void extra(String name, @Nullable Json value) {
        var next = new TreeMap<>(extra);
        if (value == null) {
            next.remove(name);
        } else {
            next.put(name, value);
        }
        extra = Map.copyOf(next);
    }
}
