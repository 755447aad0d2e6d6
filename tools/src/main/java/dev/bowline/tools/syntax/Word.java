package dev.bowline.tools.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A word before expansion; no pieces are an empty text. `source` is as it was written.
public record Word(List<Piece> pieces, String source) {
    public Word {
        pieces = List.copyOf(pieces);
    }

    /// The text that the word certainly stands for, or null where it depends on variables,
    /// commands, home folders or files. Braces are taken as they are: see {@link Words#expand}.
    public @Nullable String text() {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (!(piece instanceof Piece.Literal literal)) {
                return null;
            }
            text.append(literal.text());
        }
        return globs() ? null : text.toString();
    }

    /// Whether files are looked for that fit: an unquoted `*`, `?` or `[ ]`.
    public boolean globs() {
        boolean open = false;
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Literal literal && !literal.quoted()) {
                for (int at = 0; at < literal.text().length(); at++) {
                    char c = literal.text().charAt(at);
                    if (c == '*' || c == '?' || c == ']' && open) {
                        return true;
                    }
                    open |= c == '[';
                }
            }
        }
        return false;
    }
}
