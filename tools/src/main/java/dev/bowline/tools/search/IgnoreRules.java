package dev.bowline.tools.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The rules of one ignore file, in its syntax: comments, `!` to keep, a trailing `/` for folders
/// only, a `/` elsewhere ties a rule to the file's folder, the last rule that fits wins. Lines that
/// are not well formed are skipped.
final class IgnoreRules {
    static final IgnoreRules NONE = new IgnoreRules(List.of(), false);

    /// A file of rules larger than this is not read.
    private static final long MAX_BYTES = 1 << 20;

    /// What the rules say about a path.
    enum Verdict {
        NONE,
        IGNORE,
        KEEP
    }

    private record Rule(Predicate<String> path, boolean keep, boolean folderOnly) {}

    private final List<Rule> rules;

    /// Whether `?` and classes stand for one byte of UTF-8, as everywhere in ignore files, and not
    /// for one character.
    private final boolean bytes;

    private IgnoreRules(List<Rule> rules, boolean bytes) {
        this.rules = rules;
        this.bytes = bytes;
    }

    static IgnoreRules read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return NONE;
            }
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return parse(text.lines().toList(), false);
        } catch (IOException e) {
            return NONE;
        }
    }

    /// @throws IllegalArgumentException if `strict` and a line is not well formed
    static IgnoreRules parse(List<String> lines, boolean strict) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            try {
                add(rules, bytes(line));
            } catch (IllegalArgumentException e) {
                if (strict) {
                    throw e;
                }
            }
        }
        return rules.isEmpty() ? NONE : new IgnoreRules(List.copyOf(rules), true);
    }

    /// One rule, whose `?` and classes stand for one character.
    ///
    /// @throws IllegalArgumentException if it is not well formed
    static IgnoreRules ofGlob(String glob) {
        var rules = new ArrayList<Rule>();
        add(rules, glob);
        return new IgnoreRules(List.copyOf(rules), false);
    }

    /// The text with each byte of its UTF-8 form as one character.
    private static String bytes(String text) {
        return text.chars().allMatch(c -> c < 128)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void add(List<Rule> rules, String given) {
        if (given.startsWith("#")) {
            return;
        }
        var line = given.endsWith("\\ ") ? given : given.stripTrailing();
        if (line.isEmpty()) {
            return;
        }
        boolean escaped = line.startsWith("\\!") || line.startsWith("\\#");
        boolean keep = !escaped && line.startsWith("!");
        line = escaped || keep ? line.substring(1) : line;
        boolean tied = line.startsWith("/");
        line = tied && !escaped ? line.substring(1) : line;
        boolean folderOnly = line.endsWith("/");
        if (folderOnly) {
            line = line.substring(0, line.length() - 1);
            line = line.endsWith("\\") ? line.substring(0, line.length() - 1) : line;
        }
        if (!tied && line.indexOf('/') < 0 && !line.equals("**")) {
            line = "**/" + line;
        }
        line = line.endsWith("/**") ? line + "/*" : line;
        rules.add(new Rule(matcher(line), keep, folderOnly));
    }

    /// Most rules name a file or an extension; these are compared without a regular expression.
    private static Predicate<String> matcher(String glob) {
        if (glob.startsWith("**/*.") && plain(glob.substring(5))) {
            var end = glob.substring(4);
            return path -> path.endsWith(end);
        }
        if (glob.startsWith("**/") && plain(glob.substring(3))) {
            var name = glob.substring(3);
            var end = "/" + name;
            return path -> path.equals(name) || path.endsWith(end);
        }
        var pattern = Pattern.compile(GlobSyntax.regex(glob), Pattern.DOTALL);
        return path -> pattern.matcher(path).matches();
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(c -> "*?[]{},\\/".indexOf(c) >= 0);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Whether all rules keep something; for globs of a search these are the exclusions.
    boolean onlyKeeps() {
        return rules.stream().allMatch(Rule::keep);
    }

    /// @param given a path relative to the folder of the rules, with `/`
    Verdict verdict(String given, boolean folder) {
        var path = bytes ? bytes(given) : given;
        for (int i = rules.size() - 1; i >= 0; i--) {
            var rule = rules.get(i);
            if ((folder || !rule.folderOnly) && rule.path.test(path)) {
                return rule.keep ? Verdict.KEEP : Verdict.IGNORE;
            }
        }
        return Verdict.NONE;
    }
}
