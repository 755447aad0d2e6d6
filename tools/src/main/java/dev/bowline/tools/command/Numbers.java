package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Script;
import java.util.List;

/// Commands that print a number and nothing else.
final class Numbers {
    private Numbers() {}

    /// Whether that is so; not where functions may go by the names of programs.
    static boolean isPrinted(Script script, Scope scope) {
        if (script.nodes().size() != 1 || scope.hasFunctions() || scope.isSteered()) {
            return false;
        }
        var node = script.nodes().getFirst();
        var last =
                node instanceof Node.Pipeline(var parts, var negated, var timed) && !parts.isEmpty()
                        ? parts.getLast()
                        : node;
        return last instanceof Node.Simple simple
                && simple.assignments().isEmpty()
                && isNumber(simple);
    }

    private static boolean isNumber(Node.Simple simple) {
        var words = simple.words().stream().map(word -> String.valueOf(word.text())).toList();
        if (words.isEmpty()) {
            return false;
        }
        var rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "wc" -> rest.size() == 1 && rest.getFirst().matches("-[lwcm]|--lines");
            case "nproc" -> rest.isEmpty();
            case "grep" -> counts(rest);
            case "id" -> rest.equals(List.of("-u")) || rest.equals(List.of("-g"));
            case "date" ->
                    rest.size() == 1
                            && List.of(
                                            "+%s",
                                            "+%Y", "+%m", "+%d", "+%H", "+%M", "+%S", "+%N",
                                            "+%s%N", "+%Y%m%d")
                                    .contains(rest.getFirst());
            default -> false;
        };
    }

    /// Whether matches of one file, or of the input, are counted; names of files come with several.
    private static boolean counts(List<String> words) {
        return (words.size() == 2 || words.size() == 3)
                && words.getFirst().equals("-c")
                && words.stream()
                        .skip(1)
                        .noneMatch(word ->
                                word.startsWith("-") || word.contains("{") || word.equals("null"));
    }
}
