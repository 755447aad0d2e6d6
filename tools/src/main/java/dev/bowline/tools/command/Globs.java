package dev.bowline.tools.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that an unquoted pattern becomes. A bracket fits any character, so there may be more
/// files than the shell finds, never fewer. In a pattern, what was quoted has a backslash before
/// it.
final class Globs {
    /// How many folder entries are looked at, and how many files may come out.
    private static final int MAX_ENTRIES = 5_000;

    private final Disk disk;
    private int looked;

    Globs(Disk disk) {
        this.disk = disk;
    }

    /// The files, the pattern itself if there may be none; empty if there are too many to know.
    Optional<List<String>> expand(String pattern) {
        boolean absolute = pattern.startsWith("/");
        if (!absolute && disk.directory() == null) {
            return Optional.empty();
        }
        var found = List.of(absolute ? "/" : "");
        for (var part : pattern.split("/+", -1)) {
            if (!part.isEmpty()) {
                found = next(found, part);
            }
            if (looked > MAX_ENTRIES || found.size() > MAX_ENTRIES) {
                return Optional.empty();
            }
        }
        var all = new ArrayList<>(found);
        all.sort(null);
        if (all.isEmpty() || pattern.indexOf('[') >= 0) {
            all.add(plain(pattern));
        }
        return Optional.of(all);
    }

    private List<String> next(List<String> prefixes, String part) {
        var found = new ArrayList<String>();
        for (var prefix : prefixes) {
            if (!isPattern(part)) {
                var path = join(prefix, plain(part));
                if (disk.path(path)
                        .filter(p -> Files.exists(p, LinkOption.NOFOLLOW_LINKS))
                        .isPresent()) {
                    found.add(path);
                }
            } else {
                list(prefix, part, found);
            }
        }
        return found;
    }

    private void list(String prefix, String part, List<String> found) {
        var folder = disk.path(prefix.isEmpty() ? "." : prefix).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return;
        }
        if (part.startsWith(".") && fits(part, "..")) {
            found.add(join(prefix, ".."));
        }
        try (var entries = Files.newDirectoryStream(folder.get())) {
            for (Path entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (++looked > MAX_ENTRIES) {
                    return;
                }
                if ((!name.startsWith(".") || part.startsWith(".")) && fits(part, name)) {
                    found.add(join(prefix, name));
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            looked = MAX_ENTRIES + 1;
        }
    }

    private static String join(String prefix, String name) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix + name : prefix + "/" + name;
    }

    static boolean isPattern(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '*' || c == '?' || c == '[' && part.indexOf(']', i + 2) > 0) {
                return true;
            }
        }
        return false;
    }

    /// A pattern as text.
    static String plain(String pattern) {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
                i++;
            }
            text.append(pattern.charAt(i));
        }
        return text.toString();
    }

    /// Whether a name fits; a bracket stands for any one character.
    static boolean fits(String pattern, String name) {
        var tokens = tokens(pattern);
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (p < tokens.size() && tokens.get(p) == STAR) {
                star = p++;
                mark = n;
            } else if (p < tokens.size()
                    && (tokens.get(p) == ANY || tokens.get(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < tokens.size() && tokens.get(p) == STAR) {
            p++;
        }
        return p == tokens.size();
    }

    private static final int STAR = -1;
    private static final int ANY = -2;

    private static List<Integer> tokens(String pattern) {
        var tokens = new ArrayList<Integer>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                tokens.add((int) pattern.charAt(++i));
            } else if (c == '*') {
                tokens.add(STAR);
            } else if (c == '?') {
                tokens.add(ANY);
            } else if (c == '[' && pattern.indexOf(']', i + 2) > 0) {
                tokens.add(ANY);
                i = closing(pattern, i);
            } else {
                tokens.add((int) c);
            }
        }
        return tokens;
    }

    private static int closing(String pattern, int open) {
        int i = open + 1;
        if (i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^')) {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            boolean named =
                    pattern.charAt(i) == '['
                            && i + 1 < pattern.length()
                            && ":.=".indexOf(pattern.charAt(i + 1)) >= 0;
            int end = named ? pattern.indexOf(pattern.charAt(i + 1) + "]", i + 2) : -1;
            i = end > 0 ? end + 2 : i + 1;
        }
        return Math.min(i, pattern.length() - 1);
    }
}
