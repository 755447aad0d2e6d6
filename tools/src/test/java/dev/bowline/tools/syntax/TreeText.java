package dev.bowline.tools.syntax;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A tree as one line of text, with everything that is in it. Words: plain text as it is, quoted
/// text in `'…'`, `${name operation [parts]}`, `$(script)`, `<(script)`, `$((source [parts]))`,
/// `~`; `"` before what stands in double quotes.
final class TreeText {
    private TreeText() {}

    static String of(Parsed parsed) {
        var text =
                switch (parsed) {
                    case Parsed.Program(Script script) -> of(script);
                    case Parsed.Problem(String reason, int at) -> at + ": " + reason;
                };
        return visible(text);
    }

    /// A text with signs in place of its control characters.
    static String visible(String text) {
        var visible = new StringBuilder();
        for (char c : text.replace('\n', '⏎').replace('\t', '⇥').toCharArray()) {
            visible.append(Character.isISOControl(c) ? "\\" + (int) c : String.valueOf(c));
        }
        return visible.toString();
    }

    private static String of(Script script) {
        return join(script.nodes(), "; ", TreeText::of);
    }

    private static String of(Node node) {
        var body =
                switch (node) {
                    case Node.Simple simple ->
                            "["
                                    + join(simple.assignments(), " ", TreeText::of)
                                    + "|"
                                    + join(simple.words(), " ", TreeText::of)
                                    + "|"
                                    + simple.source()
                                    + "]";
                    case Node.Pipeline line ->
                            "pipe"
                                    + (line.negated() ? "!" : "")
                                    + (line.timed() ? "t" : "")
                                    + nodes(line.parts());
                    case Node.AndOr list -> list.operators() + nodes(list.parts());
                    case Node.Background background ->
                            "background(" + of(background.command()) + ")";
                    case Node.Group group -> "{" + of(group.body()) + "}";
                    case Node.Subshell shell -> "(" + of(shell.body()) + ")";
                    case Node.If choice -> choice(choice);
                    case Node.Loop loop ->
                            (loop.until() ? "until(" : "while(")
                                    + of(loop.condition())
                                    + " do "
                                    + of(loop.body())
                                    + ")";
                    case Node.For loop -> each(loop);
                    case Node.ArithmeticFor loop ->
                            "for" + of(loop.header()) + "(" + of(loop.body()) + ")";
                    case Node.Case choice ->
                            "case("
                                    + of(choice.subject())
                                    + join(choice.clauses(), "", TreeText::clause)
                                    + ")";
                    case Node.Function function ->
                            "function(" + function.name() + " " + of(function.body()) + ")";
                    case Node.Conditional condition ->
                            "[[" + join(condition.words(), " ", TreeText::of) + "]]";
                    case Node.Arithmetic arithmetic -> of(arithmetic.expression());
                    case Node.Coproc coproc ->
                            "coproc(" + coproc.name() + " " + of(coproc.body()) + ")";
                };
        return body + join(node.redirects(), "", TreeText::of);
    }

    private static String nodes(List<Node> nodes) {
        return "(" + join(nodes, " ", TreeText::of) + ")";
    }

    private static String choice(Node.If choice) {
        return "if("
                + join(
                        choice.arms(),
                        " elif ",
                        arm -> of(arm.condition()) + " then " + of(arm.body()))
                + (choice.otherwise() == null ? "" : " else " + of(choice.otherwise()))
                + ")";
    }

    private static String each(Node.For loop) {
        return (loop.menu() ? "select(" : "for(")
                + loop.name()
                + (loop.words() == null ? "" : " in " + join(loop.words(), " ", TreeText::of))
                + " do "
                + of(loop.body())
                + ")";
    }

    private static String clause(Node.Clause clause) {
        return " " + join(clause.patterns(), "|", TreeText::of) + ")" + of(clause.body());
    }

    private static String of(Assignment assignment) {
        return assignment.name()
                + optional(assignment.subscript())
                + (assignment.append() ? "+=" : "=")
                + of(assignment.value());
    }

    private static String optional(@Nullable Word word) {
        return word == null ? "" : of(word);
    }

    private static String of(Redirect redirect) {
        return " <"
                + redirect.descriptor()
                + " "
                + redirect.kind()
                + " "
                + of(redirect.target())
                + (redirect.body().isEmpty() ? "" : " " + pieces(redirect.body()))
                + " as "
                + redirect.source()
                + ">";
    }

    private static String of(Word word) {
        var text = pieces(word.pieces());
        return text.replace("'", "").equals(word.source())
                ? text
                : text + "‹" + word.source() + "›";
    }

    private static String pieces(List<Piece> pieces) {
        return join(pieces, "", TreeText::of);
    }

    private static String of(Piece piece) {
        return switch (piece) {
            case Piece.Literal(String text, boolean quoted) -> quoted ? "'" + text + "'" : text;
            case Piece.Tilde(String user) -> "~(" + user + ")";
            case Piece.Parameter(var name, var indirect, var operation, var parts, var quoted) ->
                    mark(quoted)
                            + "${"
                            + (indirect ? "!" : "")
                            + name
                            + " "
                            + operation
                            + " "
                            + parts(parts)
                            + "}";
            case Piece.Substitution(Script script, boolean quoted) ->
                    mark(quoted) + "$(" + of(script) + ")";
            case Piece.ProcessSubstitution(Script script, boolean output) ->
                    (output ? ">(" : "<(") + of(script) + ")";
            case Piece.Arithmetic(String source, List<Piece> parts, boolean quoted) ->
                    mark(quoted) + "$((" + source + " " + parts(parts) + "))";
            case Piece.Elements(List<Word> words) ->
                    "elements(" + join(words, " ", TreeText::of) + ")";
        };
    }

    private static String parts(List<Piece> parts) {
        return "[" + pieces(parts) + "]";
    }

    private static String mark(boolean quoted) {
        return quoted ? "\"" : "";
    }

    private static <T> String join(List<T> items, String between, Function<T, String> shown) {
        return items.stream().map(shown).collect(Collectors.joining(between));
    }
}
