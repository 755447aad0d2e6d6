package dev.bowline.permission;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Gitignore-like patterns of path rules.
final class PathPattern {
    private PathPattern() {}

    static boolean mayMatchBelow(String pattern, Path root, Place place, Path base) {
        return false;
    }

    static boolean matches(
            String pattern, Path path, Place place, Path base, boolean toAllow) {
        if (pattern.startsWith("//")) {
            return under("", pattern.substring(1), path);
        }
        if (pattern.startsWith("~/")) {
            return under(place.home().toString(), pattern.substring(1), path);
        }
        if (pattern.startsWith("/")) {
            return under(place.project().toString(), pattern, path);
        }
        var plain = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        boolean anywhere = !plain.contains("/") || !toAllow && !pattern.startsWith("./");
        if (anywhere && (toAllow ? place.holds(path) : true)) {
            return under("", "/**/" + plain, path);
        }
        return under(place.project().toString(), "/" + plain, path);
    }

    private static boolean under(String base, String pattern, Path path) {
        return Pattern.compile(Pattern.quote(base) + regex(pattern) + "(/.*)?", Pattern.DOTALL)
                .matcher(path.toString())
                .matches();
    }

    private static String regex(String pattern) {
        var regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            if (pattern.startsWith("/**/", i)) {
                regex.append("/(.*/)?");
                i += 4;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else {
                char c = pattern.charAt(i++);
                regex.append(
                        c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
