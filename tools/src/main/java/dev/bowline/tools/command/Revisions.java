package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Script;
import java.util.List;
import java.util.regex.Pattern;

/// Commands of git that print a revision and nothing else: a hash, or what they were given.
final class Revisions {
    /// Stands in a shape for a revision that only the run tells.
    private static final String REVISION = "\uE024";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9_./~^@{}-]*");
    static final Value PRINTED =
            new Value(List.of(Argument.unknown(REVISION, true).asNumber()), false);

    private Revisions() {}

    /// Whether that is so; not where functions may go by the names of programs.
    static boolean isPrinted(Script script, Scope scope) {
        if (script.nodes().size() != 1
                || scope.hasFunctions()
                || scope.isSteered()
                || !(script.nodes().getFirst() instanceof Node.Simple simple)
                || !simple.assignments().isEmpty()
                || simple.words().size() < 3) {
            return false;
        }
        var words = simple.words().stream().map(word -> String.valueOf(word.text())).toList();
        var names =
                words.subList(2, words.size()).stream()
                        .filter(word ->
                                !List.of("--short", "--verify", "-q", "--quiet").contains(word))
                        .toList();
        return words.getFirst().equals("git")
                && (words.get(1).equals("rev-parse") && names.size() == 1
                        || words.get(1).equals("merge-base") && names.size() == 2)
                && names.stream().allMatch(Revisions::isName);
    }

    private static boolean isName(String word) {
        return NAME.matcher(word).matches() && !word.contains("..") && !word.equals("null");
    }

    /// A word with revisions in it, with any one in their place; the word itself if there are none.
    static Argument filled(Argument word) {
        return !word.isKnown() && word.number() && word.shape().contains(REVISION)
                ? Argument.of(word.shape().replace(REVISION, "HEAD"))
                : word;
    }
}
