package dev.bowline.permission;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A gitignore-like pattern of a path rule.
///
/// - `//x` is absolute, `~/x` in the home directory, `/x` in the folder of the rule's source, `./x`
///   in the working directory
/// - a plain name fits at any depth; a plain path such as `src/**` too where it denies or asks, and
///   only from the working directory where it allows
/// - `*`, `?` and `[a-z]` stay within a name, `**` stands for any number of names, `\` takes the
///   meaning of the next character away
/// - what names a folder covers all that is in it. One whose last name has a wildcard does so where
///   it denies or asks, or ends with `/`
///
/// Compared by names, with case. Where a pattern denies or asks, composed and decomposed characters
/// are the same.
final class PathPattern {
    private enum Anchor {
        ROOT,
        HOME,
        SOURCE,
        HERE,
        PLAIN_PATH,
        PLAIN_NAME
    }

    private final Anchor anchor;
    private final List<NamePattern> names = new ArrayList<>();
    private final boolean folder;
    private int up;
    private @Nullable String problem;

    private PathPattern(String text) {
        var pattern = withoutBlanksBehind(text);
        anchor = anchor(pattern);
        folder = pattern.endsWith("/");
        boolean first = true;
        for (var name : pattern.split("/", -1)) {
            if (!(first && anchor == Anchor.HOME)) {
                add(name);
            }
            first = false;
        }
    }

    private static Anchor anchor(String text) {
        if (text.startsWith("/")) {
            return text.startsWith("//") ? Anchor.ROOT : Anchor.SOURCE;
        }
        if (text.equals("~") || text.startsWith("~/")) {
            return Anchor.HOME;
        }
        int slash = text.indexOf('/');
        var first = slash < 0 ? text : text.substring(0, slash);
        if (first.equals(".") || first.equals("..")) {
            return Anchor.HERE;
        }
        return slash < 0 || slash == text.length() - 1 ? Anchor.PLAIN_NAME : Anchor.PLAIN_PATH;
    }

    private void add(String name) {
        if (name.isEmpty() || name.equals(".")) {
            return;
        }
        if (!name.equals("..")) {
            var pattern = NamePattern.of(name);
            pattern.problem().ifPresent(what -> problem = what);
            names.add(pattern);
        } else if (names.isEmpty()) {
            up++;
        } else if (names.removeLast().any()) {
            problem = "a .. follows **";
            names.add(NamePattern.ANY);
        }
    }

    /// Blanks at the end count only behind a `\`, as in ignore files.
    private static String withoutBlanksBehind(String text) {
        int end = text.length();
        while (end > 0
                && text.charAt(end - 1) == ' '
                && !(end > 1 && text.charAt(end - 2) == '\\')) {
            end--;
        }
        return text.substring(0, end);
    }

    /// Whether a pattern covers a path.
    ///
    /// @param path absolute, links resolved
    /// @param source the folder that patterns with a single leading `/` are relative to
    /// @param toAllow whether the rule allows; then it covers less where it is not clear
    static boolean matches(String pattern, Path path, Place place, Path source, boolean toAllow) {
        if (!path.equals(path.normalize())) {
            return !toAllow && matches(pattern, path.normalize(), place, source, false);
        }
        var parsed = new PathPattern(pattern);
        var start = parsed.start(place, source);
        return parsed.run(start, path, toAllow, false)
                || !toAllow
                        && !(isAscii(pattern) && isAscii(path.toString()))
                        && new PathPattern(composed(pattern))
                                .run(composed(start), composed(path), false, false);
    }

    /// Whether a pattern that denies or asks may cover something at or below a folder.
    static boolean mayMatchBelow(String pattern, Path root, Place place, Path source) {
        var parsed = new PathPattern(composed(pattern));
        var start = composed(parsed.start(place, source));
        var folder = composed(root.normalize());
        return parsed.isAnywhere(false)
                || start.startsWith(folder)
                || parsed.run(start, folder, false, true);
    }

    /// Why a pattern is not well formed.
    static Optional<String> problem(String pattern) {
        if (pattern.isBlank()) {
            return Optional.of("it is empty");
        }
        if (pattern.startsWith("!")) {
            return Optional.of("exceptions with ! are not supported; write \\! for a name with !");
        }
        if (pattern.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it holds a control character");
        }
        return Optional.ofNullable(new PathPattern(pattern).problem);
    }

    /// The pattern for exactly this path and what is below it.
    static String of(Path path) {
        var pattern = new StringBuilder("/");
        path.toString()
                .codePoints()
                .forEach(c ->
                        pattern.append("*?[\\ ".indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c));
        return pattern.toString();
    }

    private boolean isAnywhere(boolean toAllow) {
        return anchor == Anchor.PLAIN_NAME || anchor == Anchor.PLAIN_PATH && !toAllow;
    }

    /// The folder that the names are relative to.
    private Path start(Place place, Path source) {
        var start =
                switch (anchor) {
                    case ROOT -> place.project().getRoot();
                    case HOME -> place.home();
                    case SOURCE -> source;
                    case HERE, PLAIN_PATH, PLAIN_NAME -> place.project();
                };
        for (int i = 0; i < up && start.getParent() != null; i++) {
            start = start.getParent();
        }
        return start;
    }

    private boolean run(Path start, Path path, boolean toAllow, boolean partly) {
        boolean anywhere = isAnywhere(toAllow);
        if (anywhere && !toAllow) {
            return fits(true, path, 0, true, partly);
        }
        return path.startsWith(start)
                && fits(anywhere, path, start.getNameCount(), !toAllow, partly);
    }

    /// Whether the names fit those of a path from the given one on; or, if `partly`, whether they
    /// may fit something longer.
    private boolean fits(boolean anywhere, Path path, int from, boolean wide, boolean partly) {
        var all = new ArrayList<NamePattern>();
        if (anywhere) {
            all.add(NamePattern.ANY);
        }
        all.addAll(names);
        boolean covers = wide || folder || names.isEmpty() || names.getLast().literal();
        if (covers) {
            all.add(NamePattern.ANY);
        }
        var on = new boolean[all.size() + 1];
        on[0] = true;
        skipAny(all, on);
        for (int i = from; i < path.getNameCount(); i++) {
            on = step(all, on, path.getName(i).toString());
        }
        return on[all.size()] || partly && contains(on);
    }

    private static boolean[] step(List<NamePattern> all, boolean[] on, String name) {
        var next = new boolean[on.length];
        for (int i = 0; i < all.size(); i++) {
            if (on[i] && all.get(i).any()) {
                next[i] = true;
            } else if (on[i] && all.get(i).matches(name)) {
                next[i + 1] = true;
            }
        }
        skipAny(all, next);
        return next;
    }

    private static void skipAny(List<NamePattern> all, boolean[] on) {
        for (int i = 0; i < all.size(); i++) {
            on[i + 1] |= on[i] && all.get(i).any();
        }
    }

    private static boolean contains(boolean[] on) {
        for (boolean one : on) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static Path composed(Path path) {
        var text = path.toString();
        return isAscii(text) ? path : path.getFileSystem().getPath(composed(text));
    }
}
