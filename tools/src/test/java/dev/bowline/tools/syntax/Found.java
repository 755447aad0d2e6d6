package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The simple commands of a tree, wherever they stand; a null word is not known.
final class Found {
    final List<List<String>> commands = new ArrayList<>();

    static Found in(Script script) {
        Found found = new Found();
        found.script(script);
        return found;
    }

    private void script(Script script) {
        script.nodes().forEach(this::node);
    }

    private void node(Node node) {
        node.redirects().forEach(this::redirect);
        switch (node) {
            case Node.Simple simple -> simple(simple);
            case Node.Pipeline pipeline -> pipeline.parts().forEach(this::node);
            case Node.AndOr list -> list.parts().forEach(this::node);
            case Node.Background background -> node(background.command());
            case Node.Group group -> script(group.body());
            case Node.Subshell shell -> script(shell.body());
            case Node.If choice -> {
                for (Node.Arm arm : choice.arms()) {
                    script(arm.condition());
                    script(arm.body());
                }
                if (choice.otherwise() != null) {
                    script(choice.otherwise());
                }
            }
            case Node.Loop loop -> {
                script(loop.condition());
                script(loop.body());
            }
            case Node.For loop -> {
                if (loop.words() != null) {
                    loop.words().forEach(this::word);
                }
                script(loop.body());
            }
            case Node.ArithmeticFor loop -> {
                pieces(loop.header().parts());
                script(loop.body());
            }
            case Node.Case choice -> {
                word(choice.subject());
                for (Node.Clause clause : choice.clauses()) {
                    clause.patterns().forEach(this::word);
                    script(clause.body());
                }
            }
            case Node.Function function -> node(function.body());
            case Node.Conditional condition -> condition.words().forEach(this::word);
            case Node.Arithmetic arithmetic -> pieces(arithmetic.expression().parts());
            case Node.Coproc coproc -> node(coproc.body());
        }
    }

    private void simple(Node.Simple simple) {
        simple.words().forEach(this::word);
        for (Assignment assignment : simple.assignments()) {
            if (assignment.subscript() != null) {
                word(assignment.subscript());
            }
            word(assignment.value());
        }
        if (!simple.words().isEmpty()) {
            List<String> words = new ArrayList<>();
            for (Word word : simple.words()) {
                Words.expand(word).forEach(part -> words.add(part.text()));
            }
            commands.add(words);
        }
    }

    private void redirect(Redirect redirect) {
        word(redirect.target());
        pieces(redirect.body());
    }

    private void word(Word word) {
        pieces(word.pieces());
    }

    private void pieces(List<Piece> pieces) {
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> {}
                case Piece.Tilde tilde -> {}
                case Piece.Parameter parameter -> pieces(parameter.parts());
                case Piece.Substitution substitution -> script(substitution.script());
                case Piece.ProcessSubstitution substitution -> script(substitution.script());
                case Piece.Arithmetic arithmetic -> pieces(arithmetic.parts());
                case Piece.Elements elements -> elements.words().forEach(this::word);
            }
        }
    }

    /// Whether one of the commands may be this one.
    boolean covers(List<String> words) {
        return commands.stream().anyMatch(command -> fits(command, words));
    }

    private static boolean fits(List<String> pattern, List<String> words) {
        boolean[] reached = new boolean[words.size() + 1];
        reached[0] = true;
        for (String part : pattern) {
            boolean[] next = new boolean[words.size() + 1];
            boolean any = false;
            for (int at = 0; at <= words.size(); at++) {
                any |= reached[at];
                if (part == null) {
                    next[at] = any;
                } else if (at > 0) {
                    next[at] = reached[at - 1] && words.get(at - 1).equals(part);
                }
            }
            reached = Arrays.copyOf(next, next.length);
        }
        return reached[words.size()];
    }
}
