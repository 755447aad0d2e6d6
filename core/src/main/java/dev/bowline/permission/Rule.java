package dev.bowline.permission;

import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A permission rule as people write it: `Read`, `Bash(npm run *)`, `Edit(src/**)`,
/// `WebFetch(domain:example.org)`, `mcp__files__*`.
///
/// - a bare name covers every call of the tool; in deny and ask rules `*` in a name matches
///   anything
/// - Bash: the whole command, `*` anywhere, and a trailing ` *` or `:*` also covers the bare
///   command
/// - Read and Edit: gitignore-like patterns: `//absolute`, `~/home`, `/project`, otherwise
///   relative; a bare file name matches at any depth
/// - Edit also covers Write and NotebookEdit; Read also covers Grep and Glob
public record Rule(String tool, @Nullable String specifier) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_*][A-Za-z0-9_*-]*)(?:\\((.*)\\))?", Pattern.DOTALL);

    /// @throws IllegalArgumentException for text of another form
    public static Rule parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is not a permission rule; write Tool or Tool(what), for example Bash(git status)");
        }
        var inner = form.group(2);
        return new Rule(
                canonical(form.group(1)),
                inner == null || inner.isEmpty() || inner.equals("*") ? null : inner);
    }

    /// Whether every part of what the call would touch is covered, so that the rule may allow it.
    boolean allows(String tool, List<Access> accesses, Place place) {
        if (!covers(tool, false)) {
            return false;
        }
        return specifier == null
                || (!accesses.isEmpty()
                        && accesses.stream().allMatch(access -> matches(access, place, true)));
    }

    /// Whether any part of what the call would touch is covered, so that the rule denies or asks.
    boolean hits(String tool, List<Access> accesses, Place place) {
        if (!covers(tool, true)) {
            return false;
        }
        return specifier == null
                || accesses.stream().anyMatch(access -> matches(access, place, false));
    }

    private boolean covers(String name, boolean wide) {
        if (this.tool.equals(name)
                || family(name).filter(this.tool::equals).isPresent() && specifier != null) {
            return true;
        }
        if (!this.tool.contains("*")) {
            return name.startsWith(this.tool + "__") && this.tool.startsWith("mcp__");
        }
        return (wide || this.tool.startsWith("mcp__")) && glob(this.tool, name);
    }

    /// The tool whose path rules also hold for `name`.
    private static Optional<String> family(String name) {
        return switch (name) {
            case "Write", "NotebookEdit" -> Optional.of("Edit");
            case "Grep", "Glob" -> Optional.of("Read");
            default -> Optional.empty();
        };
    }

    private boolean matches(Access access, Place place, boolean toAllow) {
        var what = specifier == null ? "" : specifier;
        return switch (access) {
            case Access.Reads(Path path) -> PathPattern.matches(what, path, place, toAllow);
            case Access.Writes(Path path) -> PathPattern.matches(what, path, place, toAllow);
            case Access.Scans(Path path) -> PathPattern.matches(what, path, place, toAllow);
            case Access.Removes(Path path) -> PathPattern.matches(what, path, place, toAllow);
            case Access.Runs runs -> CommandPattern.matches(what, runs.source(), toAllow);
            case Access.Contacts contacts ->
                    what.startsWith("domain:")
                            && HostPattern.matches(what.substring(7), contacts.url());
            case Access.Session() -> toAllow;
        };
    }

    /// Whether `text` fits a pattern in which `*` stands for anything; in time bounded by the
    /// product of their lengths, as models choose the text.
    static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int after = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                after = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++after;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /// Today's name of a tool that had another one.
    private static String canonical(String tool) {
        return switch (tool) {
            case "Task" -> "Agent";
            case "KillShell", "KillBash" -> "TaskStop";
            case "BashOutput" -> "TaskOutput";
            default -> tool;
        };
    }

    /// As people write it.
    @Override
    public String toString() {
        return specifier == null ? tool : tool + "(" + specifier + ")";
    }
}
