package dev.bowline.cli.args;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Permission rules in one text, separated by commas or blanks outside parentheses: `Bash(git diff,
/// git log),Read Edit(src/**)` are three.
public final class RuleList {
    private static final Set<String> TOOLS =
            Set.of(
                    "Agent",
                    "Bash",
                    "Edit",
                    "Glob",
                    "Grep",
                    "NotebookEdit",
                    "Read",
                    "Skill",
                    "Task",
                    "TaskOutput",
                    "TaskStop",
                    "TodoWrite",
                    "WebFetch",
                    "WebSearch",
                    "Write",
                    "BashOutput",
                    "KillShell",
                    "KillBash");

    private RuleList() {}

    public static List<String> split(String text) {
        var rules = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (i == text.length() || depth == 0 && (c == ',' || c <= ' ')) {
                if (i > start) {
                    rules.add(text.substring(start, i).strip());
                }
                start = i + 1;
            }
        }
        rules.removeIf(String::isEmpty);
        return rules;
    }

    /// Whether a word behind a list continues the list: a tool's name, or `Name(…)`. Any other word
    /// is part of the prompt.
    static boolean looksLikeRule(String word) {
        int open = word.indexOf('(');
        return TOOLS.contains(word)
                || word.startsWith("mcp__")
                || open > 0
                        && word.endsWith(")")
                        && Character.isUpperCase(word.charAt(0))
                        && word.chars().limit(open).allMatch(Character::isLetter);
    }
}
