package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;

/// The pieces of a word while it is read; characters next to each other become one piece.
final class Pieces {
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private boolean runQuoted;

    void add(int c, boolean quoted) {
        if (quoted != runQuoted) {
            flush();
            runQuoted = quoted;
        }
        run.append((char) c);
    }

    /// Adds a text, also an empty one when it is quoted.
    void add(String text, boolean quoted) {
        if (text.isEmpty() && quoted) {
            add(new Piece.Literal("", true));
        }
        for (int at = 0; at < text.length(); at++) {
            add(text.charAt(at), quoted);
        }
    }

    void add(Piece piece) {
        flush();
        pieces.add(piece);
    }

    List<Piece> list() {
        flush();
        return List.copyOf(pieces);
    }

    private void flush() {
        if (!run.isEmpty()) {
            pieces.add(new Piece.Literal(run.toString(), runQuoted));
            run.setLength(0);
        }
    }
}
