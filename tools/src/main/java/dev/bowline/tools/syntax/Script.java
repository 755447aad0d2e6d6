package dev.bowline.tools.syntax;

import java.util.List;

/// Commands that run one after the other; may be empty.
public record Script(List<Node> nodes) {
    public Script {
        nodes = List.copyOf(nodes);
    }
}
