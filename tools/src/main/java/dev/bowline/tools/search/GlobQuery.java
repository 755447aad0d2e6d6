package dev.bowline.tools.search;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolContext;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a call of Glob asks for: a folder to start from and a pattern below it. The leading names
/// of a pattern that hold no wildcard choose the folder, so that nothing beside it is looked at.
///
/// @param folder what was given as the place to look in
/// @param start the folder to start from, as it is named
/// @param root the same with links resolved
/// @param pattern below the root
record GlobQuery(Path folder, Path start, Path root, String pattern) {

    private static final Pattern UPWARDS = Pattern.compile("(^|[/{,])\\.\\.([/,}]|$)");

    /// @throws IllegalArgumentException for a pattern or path that is not well formed
    static GlobQuery of(Json input, ToolContext context) {
        var in = input.asMap();
        var pattern = String.valueOf(in.get("pattern"));
        var path = in.get("path") instanceof String text ? text : "";
        Places.checkNoNul(pattern);
        int split = split(pattern);
        var names = pattern.substring(0, split);
        var below = pattern.substring(split);
        if (UPWARDS.matcher(below).find()) {
            throw new IllegalArgumentException(
                    "the pattern \"" + pattern + "\" has \"..\" behind a wildcard; put it before");
        }
        var base = names.startsWith("/") || names.startsWith("~/") ? names : join(path, names);
        var tied = split > 0 ? "/" + below : below;
        return new GlobQuery(
                Places.resolve(path, context),
                Places.absolute(base, context),
                Places.resolve(base, context),
                tied.endsWith("/") ? tied + "**" : tied);
    }

    /// Where the part with wildcards begins; after a slash, or 0.
    private static int split(String pattern) {
        int wild = 0;
        while (wild < pattern.length() && "*?[{\\".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        return pattern.lastIndexOf('/', wild == pattern.length() ? wild : wild - 1) + 1;
    }

    private static String join(String path, String names) {
        return path.isEmpty() ? names : names.isEmpty() ? path : path + "/" + names;
    }

    /// The pattern as rules whose "ignored" is a hit.
    IgnoreRules rules() {
        boolean special = pattern.startsWith("!") || pattern.startsWith("#");
        return IgnoreRules.ofGlob(special ? "\\" + pattern : pattern);
    }
}
