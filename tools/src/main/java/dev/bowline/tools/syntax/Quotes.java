package dev.bowline.tools.syntax;

/// What stands in quotes, in backquotes and in here-documents.
final class Quotes {
    /// What surrounds an expansion, which decides what quotes mean in it.
    enum Context {
        PLAIN,
        DOUBLE,
        HERE_DOCUMENT
    }

    private final Parser parser;
    private final Cursor in;

    Quotes(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// `'…'`, the first quote being next.
    void single(Pieces pieces) {
        int end = in.text.indexOf('\'', in.at + 1);
        if (end < 0) {
            throw in.refuse("A single quote is not closed.");
        }
        pieces.add(in.text.substring(in.at + 1, end), true);
        in.at = end + 1;
    }

    /// A backslash in plain text and the character it quotes; at the end it is itself.
    void backslash(Pieces pieces) {
        in.at++;
        int c = in.nextRaw();
        pieces.add(c == Cursor.END ? '\\' : c, true);
    }

    /// `"…"`, the first quote being next.
    void dual(Pieces pieces) {
        int start = in.at++;
        in.enter();
        pieces.add("", true);
        while (!in.take('"')) {
            if (in.peek() == Cursor.END) {
                in.at = start;
                throw in.refuse("A double quote is not closed.");
            }
            inside(pieces, Context.DOUBLE);
        }
        in.leave();
    }

    /// The text of a here-document, which is all there is.
    void hereDocument(Pieces pieces) {
        while (in.peek() != Cursor.END) {
            inside(pieces, Context.HERE_DOCUMENT);
        }
    }

    /// One character or expansion in double quotes or a here-document.
    private void inside(Pieces pieces, Context context) {
        int c = in.peek();
        if (c == '$') {
            parser.expansions.dollar(pieces, context);
        } else if (c == '`') {
            backquotes(pieces, context, false);
        } else if (c == '\\') {
            in.at++;
            int escaped = in.nextRaw();
            boolean special =
                    escaped == '$'
                            || escaped == '`'
                            || escaped == '\\'
                            || escaped == '"' && context == Context.DOUBLE;
            if (!special) {
                pieces.add('\\', true);
            }
            if (escaped != Cursor.END) {
                pieces.add(escaped, true);
            }
        } else {
            pieces.add(in.next(), true);
        }
    }

    /// A quote character where it may stand for itself or quote what follows, depending on what
    /// surrounds it: taken when both come to the same.
    void unclear(Pieces pieces) {
        int quote = in.raw(in.at);
        int end = in.at + 1;
        while (in.raw(end) != quote) {
            if (in.raw(end) == '\\' && Characters.namePart(in.raw(end + 1))) {
                end++;
            }
            if (in.raw(end) == Cursor.END || "$`\"'\\{}()[]\n".indexOf(in.raw(end)) >= 0) {
                throw in.refuse("It is unclear what this quote quotes.");
            }
            end++;
        }
        pieces.add(in.text.substring(in.at, end + 1), true);
        in.at = end + 1;
    }

    /// Commands in backquotes, the first being next. `operand`: in the braces of a parameter.
    void backquotes(Pieces pieces, Context context, boolean operand) {
        int start = in.at++;
        StringBuilder text = new StringBuilder();
        int c = in.nextRaw();
        while (c != '`') {
            if (c == Cursor.END) {
                in.at = start;
                throw in.refuse("A backquote is not closed.");
            }
            if (context != Context.PLAIN && doubtful(c, context, operand)) {
                throw in.refuse("It is unclear where the backquotes end; use `$( )`.");
            }
            if (c == '\\') {
                int escaped = in.nextRaw();
                boolean dropped =
                        escaped == '`'
                                || escaped == '\\'
                                || escaped == '$'
                                || escaped == '"' && context == Context.DOUBLE;
                if (!dropped) {
                    text.append('\\');
                }
                c = escaped;
                if (c == Cursor.END) {
                    continue;
                }
            }
            text.append((char) c);
            c = in.nextRaw();
        }
        boolean quoted = context != Context.PLAIN;
        pieces.add(new Piece.Substitution(commands(text.toString(), start), quoted));
    }

    /// Whether a double quote in backquotes may mean several things.
    private boolean doubtful(int c, Context context, boolean operand) {
        boolean quote = c == '"' || c == '\\' && in.raw(in.at) == '"';
        return quote && (operand || context == Context.HERE_DOCUMENT && c == '\\');
    }

    private Script commands(String text, int start) {
        try {
            return parser.inside(text).program();
        } catch (Refused refused) {
            throw new Refused(refused.reason(), start);
        }
    }
}
