package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Piece;
import dev.bowline.tools.syntax.Script;
import dev.bowline.tools.syntax.Word;
import dev.bowline.tools.syntax.Words;
import java.util.ArrayList;
import java.util.List;

/// What words become, as far as the text and the disk tell.
final class Expansion {
    /// Looks at the commands that words hold.
    interface Inner {
        /// The output of commands: a number, or known to come from commands that only read.
        Value run(Script script, Scope scope);

        /// Something in a word may run what nobody has seen.
        void unknown(String source);
    }

    private final Scope scope;
    private final Surroundings where;
    private final Inner inner;

    Expansion(Scope scope, Surroundings where, Inner inner) {
        this.scope = scope;
        this.where = where;
        this.inner = inner;
    }

    List<Argument> words(List<Word> words) {
        var all = new ArrayList<Argument>();
        for (var word : words) {
            for (var one : Words.expand(word)) {
                all.addAll(word(one));
            }
        }
        return all;
    }

    private List<Argument> word(Word word) {
        var fields = new Fields(new Globs(scope.disk()), true);
        word.pieces().forEach(piece -> add(piece, word, fields));
        return fields.arguments();
    }

    /// A word that isn't split and is no pattern: a value, the target of a redirection.
    Argument single(Word word) {
        return single(word.pieces(), word);
    }

    Argument single(List<Piece> pieces, Word word) {
        var fields = new Fields(new Globs(scope.disk()), false);
        pieces.forEach(piece -> add(piece, word, fields));
        var all = fields.arguments();
        return all.isEmpty()
                ? Argument.of("")
                : all.size() == 1 ? all.getFirst() : Argument.unknown("", false);
    }

    private void add(Piece piece, Word word, Fields fields) {
        switch (piece) {
            case Piece.Literal literal -> fields.literal(literal.text(), literal.quoted());
            case Piece.Tilde tilde -> tilde(tilde, fields);
            case Piece.Parameter parameter -> parameter(parameter, word, fields);
            case Piece.Substitution substitution ->
                    fields.value(
                            inner.run(substitution.script(), scope.copy()), substitution.quoted());
            case Piece.ProcessSubstitution substitution -> {
                inner.run(substitution.script(), scope.copy());
                fields.literal(Disk.SUBSTITUTED, true);
            }
            case Piece.Arithmetic arithmetic -> {
                arithmetic(arithmetic);
                fields.value(Value.NUMBER, arithmetic.quoted());
            }
            case Piece.Elements elements ->
                    words(elements.words()).forEach(item -> fields.value(Value.of(item), true));
        }
    }

    private void tilde(Piece.Tilde tilde, Fields fields) {
        var value =
                switch (tilde.user()) {
                    case "" -> scope.value("HOME");
                    case "+" -> scope.value("PWD");
                    default -> Value.UNKNOWN;
                };
        fields.value(value, true);
    }

    private void parameter(Piece.Parameter parameter, Word word, Fields fields) {
        var operation = parameter.operation();
        var operand = single(parameter.parts(), word);
        var subscript = Arithmetic.subscript(word.source(), parameter.name());
        boolean all = subscript.equals("@") || subscript.equals("*");
        if (parameter.indirect() && !all && !operation.matches("[*@]")
                || operation.startsWith("@")
                || !all && !new Arithmetic(scope).isHarmlessSubscript(subscript)
                || Arithmetic.isSlice(operation)
                        && !new Arithmetic(scope)
                                .isHarmlessSubscript(operand.isKnown() ? operation : "$(")) {
            inner.unknown(word.source());
        }
        if (operation.startsWith(":=") || operation.startsWith("=")) {
            scope.set(parameter.name(), Value.UNKNOWN);
        }
        if (operation.equals("#")) {
            fields.value(Value.NUMBER, parameter.quoted());
        } else if (operation.startsWith(":?")) {
            fields.value(Value.of(Argument.unknown("?", false)), parameter.quoted());
        } else if (!operation.isEmpty() || parameter.indirect() || !subscript.isEmpty() && !all) {
            fields.value(
                    operation.startsWith(":-") || operation.startsWith(":=")
                            ? otherwise(operand)
                            : Value.UNKNOWN,
                    parameter.quoted());
        } else if (parameter.name().equals("@") || all && subscript.equals("@")) {
            fields.items(scope.value(parameter.name()), parameter.quoted());
        } else {
            var value = scope.value(parameter.name());
            fields.value(
                    value.items().size() == 1
                            ? value
                            : all || parameter.name().equals("*") ? Value.UNKNOWN : first(value),
                    parameter.quoted());
        }
    }

    /// A value that may be another one than this.
    private static Value otherwise(Argument operand) {
        return new Value(
                List.of(
                        Argument.unknown(
                                operand.orEmpty()
                                        .substring(Math.min(2, operand.orEmpty().length())),
                                false)),
                false);
    }

    private static Value first(Value value) {
        return value.items().isEmpty() ? Value.text("") : Value.of(value.items().getFirst());
    }

    /// Looks at an expression; what it evaluates has to be numbers.
    void arithmetic(Piece.Arithmetic arithmetic) {
        boolean harmless = new Arithmetic(scope).isHarmless(arithmetic.source());
        for (var part : arithmetic.parts()) {
            switch (part) {
                case Piece.Substitution substitution ->
                        harmless &= inner.run(substitution.script(), scope.copy()).number();
                case Piece.Arithmetic nested -> arithmetic(nested);
                case Piece.Parameter parameter -> harmless &= isNumber(parameter);
                case Piece.Literal literal -> {}
                case Piece.Tilde tilde -> harmless = false;
                case Piece.ProcessSubstitution substitution -> {
                    inner.run(substitution.script(), scope.copy());
                    harmless = false;
                }
                case Piece.Elements elements -> harmless = false;
            }
        }
        Arithmetic.assigned(arithmetic.source()).forEach(name -> scope.set(name, Value.NUMBER));
        if (!harmless) {
            inner.unknown(arithmetic.source());
        }
    }

    private boolean isNumber(Piece.Parameter parameter) {
        single(parameter.parts(), new Word(parameter.parts(), ""));
        return !parameter.indirect()
                && (parameter.operation().equals("#")
                        || parameter.operation().isEmpty()
                                && parameter.parts().isEmpty()
                                && scope.value(parameter.name()).number());
    }

    Surroundings where() {
        return where;
    }
}
