package dev.bowline.tools.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// The here-documents whose texts begin behind the end of the line.
final class HereDocuments {
    record Awaited(String end, boolean quoted, boolean stripsTabs, List<Piece> body) {}

    /// What is still to come outside of a `$( )`.
    record Before(Deque<Awaited> awaited, boolean outside, boolean begun) {}

    private final Parser parser;
    private Deque<Awaited> awaited = new ArrayDeque<>();

    /// How many `$( )` are open, and whether a document outside of them is still to come.
    private int substitutions;

    private boolean outside;

    /// Whether there was a document at all in the innermost `$( )`.
    private boolean begun;

    HereDocuments(Parser parser) {
        this.parser = parser;
    }

    boolean waiting() {
        return outside || !awaited.isEmpty();
    }

    /// Whether a `$( )` is open.
    boolean substituting() {
        return substitutions > 0;
    }

    /// Refuses a command behind `;` where bash 5.2 forgets the `;`: in a `$( )`, which it writes
    /// out again and reads a second time, behind a here-document.
    void checkSemicolon() {
        if (begun && substitutions > 0) {
            throw parser.in.refuse("Bash loses this `;` behind a here-document in `$( )`.");
        }
    }

    /// The list that will have the text.
    List<Piece> await(Word mark, boolean stripsTabs) {
        StringBuilder end = new StringBuilder();
        boolean quoted = false;
        for (Piece piece : mark.pieces()) {
            if (!(piece instanceof Piece.Literal literal)) {
                throw parser.in.refuse("The end mark of a here-document is not a fixed text.");
            }
            end.append(literal.text());
            quoted |= literal.quoted();
        }
        if (mark.source().indexOf('$') >= 0 || end.indexOf("\n") >= 0) {
            throw parser.in.refuse("The end mark of a here-document is not a fixed text.");
        }
        List<Piece> body = new ArrayList<>();
        begun = true;
        awaited.add(new Awaited(end.toString(), quoted, stripsTabs, body));
        return Collections.unmodifiableList(body);
    }

    /// What was awaited so far, to be given back to {@link #leave} at the end of a `$( )`.
    Before enter() {
        Before before = new Before(awaited, outside, begun);
        begun = false;
        outside = waiting();
        awaited = new ArrayDeque<>();
        substitutions++;
        return before;
    }

    void leave(Before before) {
        if (!awaited.isEmpty()) {
            throw parser.in.refuse("A here-document has no text before the end of `$( )`.");
        }
        awaited = before.awaited();
        outside = before.outside();
        begun = before.begun();
        substitutions--;
    }

    /// Reads the texts, at the start of a line or the end of everything.
    void readAll() {
        if (outside && parser.in.at < parser.in.text.length()) {
            throw parser.in.refuse("A line ends here before the text of a here-document.");
        }
        while (!awaited.isEmpty()) {
            read(awaited.remove());
        }
    }

    private void read(Awaited document) {
        Cursor in = parser.in;
        int start = in.at;
        StringBuilder body = new StringBuilder();
        while (in.at < in.text.length()) {
            int lineStart = in.at;
            String line = line(!document.quoted());
            if (document.stripsTabs()) {
                line = line.substring(tabs(line));
            }
            if (line.equals(document.end()) || line.equals(document.end() + "\n")) {
                break;
            }
            if (substitutions > 0 && line.startsWith(document.end()) && line.indexOf(')') >= 0) {
                // in `$( )` bash takes what stands behind the mark as commands
                endWithin(document, lineStart);
                break;
            }
            body.append(line);
        }
        if (document.quoted()) {
            document.body().add(new Piece.Literal(body.toString(), true));
            return;
        }
        document.body().addAll(pieces(body.toString(), start));
    }

    /// Goes on behind the mark, when a parenthesis stands there.
    private void endWithin(Awaited document, int lineStart) {
        Cursor in = parser.in;
        int mark = in.text.indexOf(document.end(), lineStart);
        int end = mark + document.end().length();
        boolean first = mark >= 0 && in.text.substring(lineStart, mark).isBlank();
        if (!first || in.raw(end) != ')' || document.end().isEmpty()) {
            throw in.refuse("A line begins with the end mark of a here-document.");
        }
        in.at = end;
    }

    private List<Piece> pieces(String body, int start) {
        Parser inner = parser.inside(body);
        Pieces pieces = new Pieces();
        try {
            inner.quotes.hereDocument(pieces);
        } catch (Refused refused) {
            throw new Refused(refused.reason(), start);
        }
        return pieces.list();
    }

    private static int tabs(String line) {
        int tabs = 0;
        while (tabs < line.length() && line.charAt(tabs) == '\t') {
            tabs++;
        }
        return tabs;
    }

    /// A line with its end; with those that a backslash joins to it, if asked.
    private String line(boolean joins) {
        Cursor in = parser.in;
        StringBuilder line = new StringBuilder();
        int c = in.nextRaw();
        while (c != Cursor.END) {
            if (c == '\\' && joins && in.raw(in.at) != Cursor.END) {
                int escaped = in.nextRaw();
                if (escaped != '\n') {
                    line.append('\\').append((char) escaped);
                }
            } else {
                line.append((char) c);
                if (c == '\n') {
                    break;
                }
            }
            c = in.nextRaw();
        }
        return line.toString();
    }
}
