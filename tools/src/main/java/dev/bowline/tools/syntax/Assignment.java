package dev.bowline.tools.syntax;

import org.jspecify.annotations.Nullable;

/// A variable that is set before a command, or in the shell itself when there are no words.
///
/// - `subscript`: the expression in `[ ]`, or null
/// - `append`: `+=`
/// - `value`: {@link Piece.Elements} alone for `(…)`; never expanded by braces or patterns
public record Assignment(String name, @Nullable Word subscript, boolean append, Word value) {}
