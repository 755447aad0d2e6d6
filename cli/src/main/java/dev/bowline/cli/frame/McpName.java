package dev.bowline.cli.frame;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

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

    /// What a person reads when the server has no title for it: `add_all` is "Add All".
    public String displayName() {
        var words = new StringJoiner(" ");
        for (var word : tool.replace('-', '_').split("_", -1)) {
            if (!word.isEmpty()) {
                words.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
        }
        return words.length() == 0 ? tool : words.toString();
    }
}
