package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Redirect;
import dev.bowline.tools.syntax.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a few commands certainly print, so that words with their output are known: the folder, and
/// texts that stand in the line.
final class Printed {
    private static final Set<Redirect.Kind> INPUT =
            Set.of(Redirect.Kind.HERE_DOCUMENT, Redirect.Kind.HERE_STRING, Redirect.Kind.READ);

    private Printed() {}

    /// Whether what the last program prints is all that the commands print.
    static boolean isAll(Script script) {
        if (script.nodes().size() != 1) {
            return false;
        }
        var node = script.nodes().getFirst();
        var last = node instanceof Node.Pipeline pipeline ? pipeline.parts().getLast() : node;
        return last instanceof Node.Simple simple
                && simple.redirects().stream()
                        .allMatch(redirect ->
                                INPUT.contains(redirect.kind())
                                        || "2".equals(redirect.descriptor()));
    }

    /// The value of what is printed; `inert` if it comes from commands that only read.
    static Value value(Frame.Input printed, boolean inert) {
        var text = printed.text();
        if (text != null && text.isKnown() && text.matches() == null) {
            return Value.text(withoutLineEnds(text.orEmpty()));
        }
        var listing = printed.listing();
        return new Value(
                List.of(listing == null ? Argument.unknown("", inert) : listing.found()), false);
    }

    private static String withoutLineEnds(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }

    /// The output without the line ends behind it.
    static Optional<String> by(Script script, Scope scope, Expansion expansion) {
        if (script.nodes().size() != 1
                || scope.isSteered()
                || !(script.nodes().getFirst() instanceof Node.Simple simple)
                || !simple.assignments().isEmpty()) {
            return Optional.empty();
        }
        var words = simple.words().stream().map(word -> String.valueOf(word.text())).toList();
        if (words.isEmpty() || scope.function(words.getFirst()) != null) {
            return Optional.empty();
        }
        if (words.equals(List.of("cat")) && simple.redirects().size() == 1) {
            return document(simple.redirects().getFirst(), expansion);
        }
        var directory = scope.disk().directory();
        if (directory == null || !simple.redirects().isEmpty()) {
            return Optional.empty();
        }
        return switch (String.join(" ", words)) {
            case "pwd", "pwd -P" -> Optional.of(directory.toString());
            case "git rev-parse --show-toplevel" -> top(directory);
            default -> Optional.empty();
        };
    }

    private static Optional<String> document(Redirect redirect, Expansion expansion) {
        boolean here =
                redirect.descriptor() == null
                        && (redirect.kind() == Redirect.Kind.HERE_DOCUMENT
                                || redirect.kind() == Redirect.Kind.HERE_STRING);
        if (!here) {
            return Optional.empty();
        }
        var text =
                redirect.kind() == Redirect.Kind.HERE_DOCUMENT
                        ? expansion.single(redirect.body(), redirect.target())
                        : expansion.single(redirect.target());
        return text.isKnown()
                ? Optional.of(text.orEmpty().replaceAll("\\n+$", ""))
                : Optional.empty();
    }

    private static Optional<String> top(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return Files.isDirectory(at.resolve(".git")) && Git.hasPlainRepository(directory)
                        ? Optional.of(at.toString())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
