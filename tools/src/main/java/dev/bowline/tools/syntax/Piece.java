package dev.bowline.tools.syntax;

import java.util.List;

/// A part of a word.
public sealed interface Piece {
    /// Text after quote removal. `quoted` text is just itself; in other text `* ? [ ]` may be a
    /// pattern of files and `{ , }` may be several words.
    record Literal(String text, boolean quoted) implements Piece {}

    /// The value of a variable or a special parameter.
    ///
    /// - `name`: without `$`, braces, subscript and operation
    /// - `indirect`: `${!name…}`: the variable that the value names, or the names that begin so
    /// - `operation`: what stands behind name and subscript, as written, such as `:-x`, `@P`,
    ///   `//a/b`; `#` for the length; empty for none
    /// - `parts`: the pieces of subscript and operand, in which commands may stand
    record Parameter(
            String name, boolean indirect, String operation, List<Piece> parts, boolean quoted)
            implements Piece {
        public Parameter {
            parts = List.copyOf(parts);
        }
    }

    /// The output of commands: `$( )` or backquotes.
    record Substitution(Script script, boolean quoted) implements Piece {}

    /// The name of a pipe to or from commands: `<( )`, or `>( )` for `output`.
    record ProcessSubstitution(Script script, boolean output) implements Piece {}

    /// The value of an expression: `$(( ))` or `$[ ]`. `source` is the expression as written,
    /// `parts` are its pieces, in which commands may stand. Variables in it are evaluated again.
    record Arithmetic(String source, List<Piece> parts, boolean quoted) implements Piece {
        public Arithmetic {
            parts = List.copyOf(parts);
        }
    }

    /// A home folder: that of `user`, or one's own when empty. `+` and `-` are the working folder
    /// and the one before it.
    record Tilde(String user) implements Piece {}

    /// The elements of an array in `a=(…)`, with `[key]=` before those that have one.
    record Elements(List<Word> words) implements Piece {
        public Elements {
            words = List.copyOf(words);
        }
    }
}
