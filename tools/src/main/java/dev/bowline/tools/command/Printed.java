package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Redirect;
import dev.bowline.tools.syntax.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a few commands certainly print, so that words with their output are known: the folder, and
/// texts that stand in the line.
final class Printed {
    private Printed() {}

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
