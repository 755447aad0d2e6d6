package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Piece;
import dev.bowline.tools.syntax.Script;
import dev.bowline.tools.syntax.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a part of a program that may run several times changes in its shell: the second time it
/// finds what the first has left.
final class Changes {
    private static final Set<String> NAMING =
            Set.of(
                    "read",
                    "export",
                    "declare",
                    "typeset",
                    "local",
                    "readonly",
                    "mapfile",
                    "readarray",
                    "getopts",
                    "let",
                    "unset",
                    "printf");

    private final Set<String> numbers = new HashSet<>();
    private final Set<String> others = new HashSet<>();
    private boolean moves;
    private boolean all;

    private Changes() {}

    static Changes in(List<Script> scripts) {
        var changes = new Changes();
        scripts.forEach(changes::script);
        return changes;
    }

    void forgetIn(Scope scope) {
        if (all) {
            scope.forget();
        }
        for (var name : numbers) {
            boolean number =
                    !others.contains(name) && (scope.value(name).number() || scope.isUnset(name));
            scope.set(name, number ? Value.NUMBER : Value.UNKNOWN);
        }
        others.forEach(name -> scope.set(name, Value.UNKNOWN));
        if (moves) {
            scope.directory(null, true);
        }
    }

    private void script(Script script) {
        script.nodes().forEach(this::node);
    }

    private void node(Node node) {
        switch (node) {
            case Node.Simple simple -> simple(simple);
            case Node.Pipeline(var parts, var negated, var timed) -> {
                if (parts.size() == 1) {
                    node(parts.getFirst());
                }
            }
            case Node.AndOr(var parts, var operators) -> parts.forEach(this::node);
            case Node.Background background -> {}
            case Node.Group group -> script(group.body());
            case Node.Subshell subshell -> {}
            case Node.If choice -> {
                choice.arms()
                        .forEach(arm -> {
                            script(arm.condition());
                            script(arm.body());
                        });
                if (choice.otherwise() != null) {
                    script(choice.otherwise());
                }
            }
            case Node.Loop loop -> {
                script(loop.condition());
                script(loop.body());
            }
            case Node.For each -> {
                others.add(each.name());
                script(each.body());
            }
            case Node.ArithmeticFor loop -> {
                numbers.addAll(Arithmetic.names(loop.header().source()));
                script(loop.body());
            }
            case Node.Case choice -> choice.clauses().forEach(clause -> script(clause.body()));
            case Node.Function function -> node(function.body());
            case Node.Conditional condition -> condition.words().forEach(this::word);
            case Node.Arithmetic arithmetic ->
                    numbers.addAll(Arithmetic.assigned(arithmetic.expression().source()));
            case Node.Coproc coproc -> others.add(coproc.name() == null ? "COPROC" : coproc.name());
        }
    }

    private void simple(Node.Simple simple) {
        for (var assignment : simple.assignments()) {
            if (simple.words().isEmpty()) {
                (isNumber(assignment.value()) && !assignment.append() ? numbers : others)
                        .add(assignment.name());
            }
            word(assignment.value());
        }
        simple.words().forEach(this::word);
        simple.redirects().stream()
                .map(redirect -> String.valueOf(redirect.descriptor()))
                .filter(Variables::isName)
                .filter(name -> !name.equals("null"))
                .forEach(others::add);
        var texts = simple.words().stream().map(word -> word.text()).toList();
        if (texts.isEmpty()) {
            return;
        }
        for (var text : texts) {
            if (text != null && Set.of("cd", "pushd", "popd").contains(text)) {
                moves = true;
            }
            if (text == null || Set.of("eval", "source", ".").contains(text)) {
                all |= text != null || text == null && texts.getFirst() == null;
            }
            if (text != null && NAMING.contains(text)) {
                texts.stream()
                        .map(String::valueOf)
                        .map(word -> word.replaceAll("[=+\\[].*", ""))
                        .filter(Variables::isName)
                        .forEach(others::add);
            }
        }
    }

    private static boolean isNumber(Word word) {
        return word.pieces().size() == 1
                && (word.pieces().getFirst() instanceof Piece.Arithmetic
                        || word.pieces().getFirst() instanceof Piece.Literal(var text, var quoted)
                                && Value.isNumber(text));
    }

    private void word(Word word) {
        word.pieces().forEach(this::piece);
    }

    private void piece(Piece piece) {
        switch (piece) {
            case Piece.Arithmetic arithmetic ->
                    numbers.addAll(Arithmetic.assigned(arithmetic.source()));
            case Piece.Parameter parameter -> {
                if (parameter.operation().startsWith(":=")
                        || parameter.operation().startsWith("=")) {
                    others.add(parameter.name());
                }
                parameter.parts().forEach(this::piece);
            }
            case Piece.Elements(var words) -> words.forEach(this::word);
            case Piece.Literal literal -> {}
            case Piece.Tilde tilde -> {}
            case Piece.Substitution substitution -> {}
            case Piece.ProcessSubstitution substitution -> {}
        }
    }
}
