package dev.bowline.tools.search;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Files;

/// Cuts a text to what a model is given, and keeps the whole beside the session.
final class Shortened {
    /// Longer results are cut to this many characters.
    static final int MAX_CHARS = 30_000;

    private Shortened() {}

    static String of(String text, ToolContext context) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = text.lastIndexOf('\n', MAX_CHARS);
        end = end <= 0 ? MAX_CHARS : end;
        return text.substring(0, end)
                + "\n\n[Shown are "
                + end
                + " of "
                + text.length()
                + " characters. "
                + kept(text, context)
                + " Narrow the search to see less.]";
    }

    private static String kept(String text, ToolContext context) {
        var id = context.toolUseId().replaceAll("[^A-Za-z0-9_-]", "_");
        var file = context.resultsDirectory().resolve(id + ".txt");
        try {
            Files.createDirectories(context.resultsDirectory());
            Files.writeString(file, text);
            return "The full result is in " + file + ".";
        } catch (IOException e) {
            return "The full result could not be kept: " + e.getMessage() + ".";
        }
    }
}
