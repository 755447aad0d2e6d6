package dev.bowline.cli.frame;

import java.util.Locale;
import java.util.Optional;

/// The parts of a tool's name `mcp__SERVER__TOOL`.
public record McpName(String server, String tool) {
    private static final String PREFIX = "mcp__";

    /// The parts, if it is the name of a server's tool.
    public static Optional<McpName> of(String name) {
        int end = name.indexOf("__", PREFIX.length());
        return name.startsWith(PREFIX) && end > PREFIX.length() && end + 2 < name.length()
                ? Optional.of(
                        new McpName(name.substring(PREFIX.length(), end), name.substring(end + 2)))
                : Optional.empty();
    }

    /// What a person reads: `add_all` is "Add all".
    public String displayName() {
        var words = tool.replace('_', ' ').replace('-', ' ').strip();
        return words.isEmpty()
                ? tool
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
