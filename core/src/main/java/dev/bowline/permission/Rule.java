package dev.bowline.permission;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A permission rule as people write it: `Read`, `Bash(npm run *)`, `Edit(src/**)`,
/// `WebFetch(domain:example.org)`, `mcp__files__*`.
///
/// - a bare name covers every call of the tool; in deny and ask rules `*` in a name matches
///   anything, in allow rules only after `mcp__server__`
/// - Bash: a program with its arguments, `*` anywhere, and a trailing ` *` or `:*` also covers the
///   bare program
/// - Read and Edit: gitignore-like patterns: `//absolute`, `~/home`, `/root` of where the rule is
///   from, otherwise relative; a bare file name matches at any depth
/// - Edit also covers Write and NotebookEdit; Read also covers Grep, Glob and LSP
/// - any tool, to deny or ask: `name:value` compares a field of the input
public record Rule(String tool, @Nullable String specifier) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_*][A-Za-z0-9_*.-]*)(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final Pattern ALLOWED_WILDCARD = Pattern.compile("mcp__[^*]+__[^*]*\\*[^*]*");

    /// Tools that take no specifier to allow: their rules are written for another tool or not at
    /// all.
    private static final Set<String> WITHOUT_SPECIFIER =
            Set.of("Write", "NotebookEdit", "Glob", "Grep", "WebSearch");

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
                inner == null || inner.isBlank() || inner.strip().equals("*") ? null : inner);
    }

    /// Why the rule would never allow anything, in one sentence, or nothing.
    public Optional<String> unfitToAllow() {
        if (tool.contains("*") && !ALLOWED_WILDCARD.matcher(tool).matches()) {
            return Optional.of(
                    "\""
                            + this
                            + "\" allows nothing: `*` in a tool's name needs mcp__server__ before it");
        }
        return specifier != null && WITHOUT_SPECIFIER.contains(tool)
                ? Optional.of(
                        "\""
                                + this
                                + "\" allows nothing: "
                                + tool
                                + " takes no specifier; write Edit(...) or Read(...)")
                : Optional.empty();
    }

    /// Whether the rule's name is that of the tool, or of the family it belongs to.
    boolean names(String name, boolean wide) {
        if (tool.equals(name) || family(name).filter(tool::equals).isPresent()) {
            return true;
        }
        if (tool.contains("*")) {
            return (wide || ALLOWED_WILDCARD.matcher(tool).matches()) && Glob.matches(tool, name);
        }
        return tool.startsWith("mcp__")
                && name.startsWith(tool + "__")
                && (wide || tool.indexOf("__", 5) < 0);
    }

    /// Whether it is about files that are read.
    boolean isAboutReading() {
        return tool.equals("Read") || family(tool).filter("Read"::equals).isPresent();
    }

    /// Whether it is about files that are changed.
    boolean isAboutEditing() {
        return tool.equals("Edit") || family(tool).filter("Edit"::equals).isPresent();
    }

    /// The tool whose rules also hold for `name`.
    private static Optional<String> family(String name) {
        return switch (name) {
            case "Write", "NotebookEdit" -> Optional.of("Edit");
            case "Grep", "Glob", "LSP" -> Optional.of("Read");
            case "Monitor" -> Optional.of("Bash");
            default -> Optional.empty();
        };
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
