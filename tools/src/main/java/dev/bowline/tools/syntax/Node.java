package dev.bowline.tools.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command of a shell.
public sealed interface Node {
    /// The redirections that stand behind it; those of its parts are with the parts.
    default List<Redirect> redirects() {
        return List.of();
    }

    /// Assignments, words and redirections, none of which need be there, but one of them is.
    /// `source` is the part of the text, here-documents left out.
    record Simple(
            List<Assignment> assignments, List<Word> words, List<Redirect> redirects, String source)
            implements Node {
        public Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
            redirects = List.copyOf(redirects);
        }
    }

    /// Commands at the same time, each reading what the one before it writes. A single one when
    /// only `!` or `time` stands before it, and none behind a lonely `time` or `!`.
    record Pipeline(List<Node> parts, boolean negated, boolean timed) implements Node {
        public Pipeline {
            parts = List.copyOf(parts);
        }
    }

    /// Commands joined by `&&` and `||`; `operators` has one fewer than `parts`.
    record AndOr(List<Node> parts, List<Operator> operators) implements Node {
        public AndOr {
            parts = List.copyOf(parts);
            operators = List.copyOf(operators);
        }
    }

    /// Whether what follows runs after a success or after a failure.
    enum Operator {
        AND,
        OR
    }

    /// A command that nobody waits for.
    record Background(Node command) implements Node {}

    /// Commands in `{ }`: in the same shell.
    record Group(Script body, List<Redirect> redirects) implements Node {}

    /// Commands in `( )`: in a shell of their own.
    record Subshell(Script body, List<Redirect> redirects) implements Node {}

    /// `if`, with one arm for each `elif`.
    record If(List<Arm> arms, @Nullable Script otherwise, List<Redirect> redirects)
            implements Node {}

    /// A condition and what runs when it holds.
    record Arm(Script condition, Script body) {}

    /// `while` and `until`.
    record Loop(Script condition, Script body, boolean until, List<Redirect> redirects)
            implements Node {}

    /// `for` and `select` over words; null words are those the shell or function was called with.
    record For(
            String name,
            @Nullable List<Word> words,
            Script body,
            boolean menu,
            List<Redirect> redirects)
            implements Node {}

    /// `for (( ; ; ))`.
    record ArithmeticFor(Piece.Arithmetic header, Script body, List<Redirect> redirects)
            implements Node {}

    /// `case`.
    record Case(Word subject, List<Clause> clauses, List<Redirect> redirects) implements Node {}

    /// Patterns and what runs when one of them fits.
    record Clause(List<Word> patterns, Script body) {}

    /// The definition of a function; the body is a compound command.
    record Function(String name, Node body) implements Node {}

    /// `[[ ]]` with its operators and operands in order; `(`, `)`, `!`, `&&` and `||` are words
    /// too.
    record Conditional(List<Word> words, List<Redirect> redirects) implements Node {}

    /// `(( ))`.
    record Arithmetic(Piece.Arithmetic expression, List<Redirect> redirects) implements Node {}

    /// `coproc`; the name is null where none was given.
    record Coproc(@Nullable String name, Node body) implements Node {}
}
