package dev.bowline.tools.search;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call of Grep asks for.
///
/// @param path where to look, as given, or empty for the working directory
/// @param globs which files, each as ripgrep's `--glob`
/// @param type a name of [FileTypes], or empty
/// @param limit how many lines or files to show; 0 for as many as there are
record GrepQuery(
        String pattern,
        String path,
        List<String> globs,
        String type,
        Mode mode,
        int before,
        int after,
        boolean numbers,
        boolean ignoreCase,
        boolean onlyMatching,
        boolean multiline,
        int limit,
        int offset) {

    static final int DEFAULT_LIMIT = 250;
    private static final int MAX_CONTEXT = 1_000;

    /// What is shown.
    enum Mode {
        FILES_WITH_MATCHES,
        CONTENT,
        COUNT;

        static Mode of(String wire) {
            return switch (wire) {
                case "content" -> CONTENT;
                case "count" -> COUNT;
                default -> FILES_WITH_MATCHES;
            };
        }

        String wire() {
            return switch (this) {
                case FILES_WITH_MATCHES -> "files_with_matches";
                case CONTENT -> "content";
                case COUNT -> "count";
            };
        }
    }

    static GrepQuery of(Json input) {
        var in = input.asMap();
        int around = number(in, "-C", number(in, "context", 0));
        var mode = Mode.of(text(in, "output_mode"));
        boolean only = flag(in, "-o", false);
        boolean context = mode == Mode.CONTENT && !only;
        return new GrepQuery(
                text(in, "pattern"),
                text(in, "path"),
                split(text(in, "glob")),
                text(in, "type"),
                mode,
                context ? Math.min(MAX_CONTEXT, number(in, "-B", around)) : 0,
                context ? Math.min(MAX_CONTEXT, number(in, "-A", around)) : 0,
                flag(in, "-n", true),
                flag(in, "-i", false),
                only,
                flag(in, "multiline", false),
                number(in, "head_limit", DEFAULT_LIMIT),
                number(in, "offset", 0));
    }

    /// How many lines or files have to be kept to show the part that is asked for.
    int keep(int most) {
        return limit == 0 ? most : (int) Math.min(most, (long) limit + offset);
    }

    boolean context() {
        return before > 0 || after > 0;
    }

    /// Globs are parted by blanks, and by commas outside braces.
    static List<String> split(String text) {
        var globs = new ArrayList<String>();
        var glob = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (Character.isWhitespace(c) || c == ',' && depth <= 0) {
                flush(glob, globs);
            } else {
                glob.append(c);
            }
        }
        flush(glob, globs);
        return List.copyOf(globs);
    }

    private static void flush(StringBuilder glob, List<String> globs) {
        if (!glob.isEmpty()) {
            globs.add(glob.toString());
            glob.setLength(0);
        }
    }

    private static String text(Map<String, @Nullable Object> in, String name) {
        return in.get(name) instanceof String text ? text : "";
    }

    private static boolean flag(Map<String, @Nullable Object> in, String name, boolean fallback) {
        return in.get(name) instanceof Boolean flag ? flag : fallback;
    }

    private static int number(Map<String, @Nullable Object> in, String name, int fallback) {
        return in.get(name) instanceof Number number
                ? Math.clamp(number.longValue(), 0, Integer.MAX_VALUE)
                : fallback;
    }
}
