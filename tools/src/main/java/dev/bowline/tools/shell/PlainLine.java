package dev.bowline.tools.shell;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A command line that is made of plain commands only.
final class PlainLine {
    private PlainLine() {}

    /// The commands of lists and pipelines, in order; empty if there is anything else.
    static List<Node.Simple> commands(String line) {
        return dev.bowline.tools.syntax.Bash.parse(line) instanceof Parsed.Program(var script)
                ? all(script.nodes()).orElse(List.of())
                : List.of();
    }

    /// The command that the line's exit code comes from, if the line is one command or pipeline.
    static Optional<Node.Simple> last(String line) {
        if (!(dev.bowline.tools.syntax.Bash.parse(line) instanceof Parsed.Program(var script))
                || script.nodes().size() != 1) {
            return Optional.empty();
        }
        return switch (script.nodes().getFirst()) {
            case Node.Simple simple -> Optional.of(simple);
            case Node.Pipeline(var parts, var negated, var timed)
                    when !negated
                            && !parts.isEmpty()
                            && parts.getLast() instanceof Node.Simple simple ->
                    Optional.of(simple);
            case Node other -> Optional.empty();
        };
    }

    /// The word of a command at an index, or "" where there is none that is known.
    static String word(Node.Simple command, int index) {
        return index < command.words().size()
                ? Optional.ofNullable(command.words().get(index).text()).orElse("")
                : "";
    }

    private static Optional<List<Node.Simple>> all(List<Node> nodes) {
        return nodes.stream()
                .map(PlainLine::of)
                .reduce((a, b) ->
                        a.flatMap(left ->
                                b.map(right ->
                                        Stream.concat(left.stream(), right.stream()).toList())))
                .flatMap(found -> found);
    }

    private static Optional<List<Node.Simple>> of(Node node) {
        return switch (node) {
            case Node.Simple simple -> Optional.of(List.of(simple));
            case Node.Pipeline(var parts, var negated, var timed) -> all(parts);
            case Node.AndOr(var parts, var operators) -> all(parts);
            case Node other -> Optional.empty();
        };
    }
}
