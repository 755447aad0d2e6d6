package dev.bowline.tool;

import dev.bowline.message.ToolDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tools of a session by name, always listed in the order of their names so that the request's
/// prefix stays stable. Changing it is safe from any thread and takes effect at the next model
/// call.
public final class ToolRegistry {
    private volatile Map<String, Tool> tools;

    public ToolRegistry(Collection<? extends Tool> tools) {
        this.tools = Map.of();
        tools.forEach(this::register);
    }

    /// @throws IllegalArgumentException if the name is taken
    public synchronized void register(Tool tool) {
        var next = new TreeMap<>(tools);
        if (next.putIfAbsent(tool.name(), tool) != null) {
            throw new IllegalArgumentException(
                    "there is already a tool named "
                            + tool.name()
                            + "; unregister it first or rename one of them");
        }
        tools = next;
    }

    /// Whether there was such a tool.
    public synchronized boolean unregister(String name) {
        var next = new TreeMap<>(tools);
        var gone = next.remove(name) != null;
        tools = next;
        return gone;
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public List<Tool> all() {
        return List.copyOf(tools.values());
    }

    public List<ToolDefinition> definitions() {
        return tools.values().stream().map(Tool::definition).toList();
    }

    /// A registry of its own with the same tools.
    public ToolRegistry copy() {
        return new ToolRegistry(tools.values());
    }
}
