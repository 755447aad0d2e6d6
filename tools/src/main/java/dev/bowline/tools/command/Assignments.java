package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Assignment;
import dev.bowline.tools.syntax.Piece;
import java.util.List;

/// The values that assignments give.
final class Assignments {
    private Assignments() {}

    static Value value(Assignment assignment, Scope scope, Expansion expansion, Walk walk) {
        var subscript = assignment.subscript();
        if (subscript != null) {
            expansion.single(subscript);
            if (!new Arithmetic(scope).isHarmlessSubscript(subscript.source())) {
                walk.unknown(subscript.source());
            }
        }
        var pieces = assignment.value().pieces();
        if (pieces.size() == 1 && pieces.getFirst() instanceof Piece.Elements(var words)) {
            var items = expansion.words(words);
            boolean keyed = words.stream().anyMatch(word -> word.source().startsWith("["));
            return assignment.append() || keyed ? Value.UNKNOWN : new Value(items, false);
        }
        if (pieces.size() == 1 && subscript == null && !assignment.append()) {
            if (pieces.getFirst() instanceof Piece.Arithmetic arithmetic) {
                expansion.arithmetic(arithmetic);
                return Value.NUMBER;
            }
            if (pieces.getFirst() instanceof Piece.Substitution(var script, var quoted)) {
                return walk.run(script, scope.copy());
            }
        }
        var text = expansion.single(assignment.value());
        if (subscript != null) {
            return Value.UNKNOWN;
        }
        if (assignment.append()) {
            var before = scope.value(assignment.name());
            boolean plain =
                    before.items().size() == 1
                            && before.items().getFirst().isKnown()
                            && text.isKnown();
            return plain
                    ? Value.text(before.items().getFirst().orEmpty() + text.orEmpty())
                    : Value.UNKNOWN;
        }
        return new Value(List.of(text), Value.isNumber(text.orEmpty()));
    }
}
