package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;

/// Finds home folders in the plain text of words.
final class Tildes {
    private Tildes() {}

    /// As bash does for any word: at its start, and behind `=` and `:` when it looks like an
    /// assignment.
    static List<Piece> inWord(List<Piece> pieces) {
        int value = 0;
        if (!pieces.isEmpty()
                && pieces.getFirst() instanceof Piece.Literal first
                && !first.quoted()) {
            value = valueStart(first.text());
        }
        return find(pieces, value, value > 0);
    }

    /// As bash does for the value of an assignment: at its start and behind each `:`.
    static List<Piece> inValue(List<Piece> pieces) {
        return find(pieces, 0, true);
    }

    /// Where the value begins in a word that looks like an assignment, else 0.
    static int valueStart(String text) {
        int at = 0;
        while (at < text.length() && Characters.namePart(text.charAt(at))) {
            at++;
        }
        if (at == 0 || !Characters.nameStart(text.charAt(0))) {
            return 0;
        }
        if (at < text.length() && text.charAt(at) == '[') {
            int close = text.indexOf("]=", at);
            int append = text.indexOf("]+=", at);
            at = Math.max(close, append) + 1;
        }
        if (at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        return at > 0 && at < text.length() && text.charAt(at) == '=' ? at + 1 : 0;
    }

    private static List<Piece> find(List<Piece> pieces, int from, boolean colons) {
        List<Piece> found = new ArrayList<>();
        for (int index = 0; index < pieces.size(); index++) {
            if (pieces.get(index) instanceof Piece.Literal literal && !literal.quoted()) {
                boolean last = index == pieces.size() - 1;
                split(literal.text(), index == 0 ? from : -1, colons, last, found);
            } else {
                found.add(pieces.get(index));
            }
        }
        return List.copyOf(found);
    }

    private static void split(
            String text, int from, boolean colons, boolean last, List<Piece> found) {
        int done = 0;
        for (int at = 0; at < text.length(); at++) {
            boolean place =
                    at == from
                            || from > 0 && at == 0
                            || colons && at > 0 && text.charAt(at - 1) == ':';
            if (text.charAt(at) != '~' || !place) {
                continue;
            }
            int end = end(text, at, colons);
            if (end == text.length() && !last) {
                continue;
            }
            if (at > done) {
                found.add(new Piece.Literal(text.substring(done, at), false));
            }
            found.add(new Piece.Tilde(text.substring(at + 1, end)));
            done = end;
        }
        if (done < text.length()) {
            found.add(new Piece.Literal(text.substring(done), false));
        }
    }

    private static int end(String text, int tilde, boolean colons) {
        int end = tilde + 1;
        while (end < text.length()
                && text.charAt(end) != '/'
                && !(colons && text.charAt(end) == ':')) {
            end++;
        }
        return end;
    }
}
