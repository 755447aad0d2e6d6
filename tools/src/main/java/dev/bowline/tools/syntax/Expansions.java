package dev.bowline.tools.syntax;

import dev.bowline.tools.syntax.Quotes.Context;

/// What begins with a dollar sign.
final class Expansions {
    private static final String SPECIAL = "@*#?-$!";

    /// What an operation in `${ }` may begin with.
    private static final String OPERATIONS = ":-=?+#%/^,@~";

    private final Parser parser;
    private final Cursor in;

    Expansions(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// A dollar sign, being next, and what belongs to it.
    void dollar(Pieces pieces, Context context) {
        boolean quoted = context != Context.PLAIN;
        in.next();
        int c = in.peek();
        if (c == '(') {
            round(pieces, context);
        } else if (c == '{') {
            in.at++;
            in.enter();
            pieces.add(parameter(context));
            in.leave();
        } else if (c == '[') {
            int start = ++in.at;
            Pieces parts = new Pieces();
            matched(parts, '[', ']', context, true);
            pieces.add(new Piece.Arithmetic(inner(start, 1), parts.list(), quoted));
        } else if (Characters.nameStart(c)) {
            pieces.add(plain(name(), quoted));
        } else if (Characters.digit(c) || c != Cursor.END && SPECIAL.indexOf(c) >= 0) {
            pieces.add(plain(String.valueOf((char) in.next()), quoted));
        } else if (c == '\'' && !quoted) {
            in.at++;
            pieces.add(new AnsiText(in).read(), true);
            pieces.add("", true);
        } else if (c == '"' && !quoted) {
            parser.quotes.dual(pieces);
        } else {
            pieces.add('$', true);
        }
    }

    private static Piece plain(String name, boolean quoted) {
        return new Piece.Parameter(name, false, "", java.util.List.of(), quoted);
    }

    String name() {
        StringBuilder name = new StringBuilder();
        while (Characters.namePart(in.peek())) {
            name.append((char) in.next());
        }
        return name.toString();
    }

    /// `$(…)` and `$((…))`, the first parenthesis being next.
    private void round(Pieces pieces, Context context) {
        boolean quoted = context != Context.PLAIN;
        if (in.peekSecond() != '(') {
            pieces.add(new Piece.Substitution(commands(), quoted));
            return;
        }
        int open = in.at;
        in.next();
        in.next();
        int start = in.at;
        Pieces parts = new Pieces();
        matched(parts, '(', ')', context, true);
        if (!in.take(')')) {
            in.at = open;
            pieces.add(new Piece.Substitution(doubled(), quoted));
            return;
        }
        pieces.add(new Piece.Arithmetic(inner(start, 2), parts.list(), quoted));
    }

    private String inner(int start, int closing) {
        return in.text.substring(start, Math.max(start, in.at - closing));
    }

    /// Commands in parentheses, the first being next.
    Script commands() {
        in.next();
        in.enter();
        HereDocuments.Before before = parser.here.enter();
        Script script = parser.commands.list(Commands.ROUND);
        in.expect(')', "`$( )`");
        parser.here.leave(before);
        in.leave();
        return script;
    }

    /// Commands in parentheses that begin with a parenthesis. Bash then looks for the end without
    /// reading the commands, which must come to the same.
    private Script doubled() {
        int open = in.at;
        parser.retry();
        in.next();
        matched(new Pieces(), '(', ')', Context.PLAIN, false);
        int end = in.at;
        in.at = open;
        Script script = commands();
        if (in.at != end || mistaken(in.since(open))) {
            throw in.refuse("These parentheses are unclear; put a blank between them.");
        }
        return script;
    }

    /// Whether bash may take something in two parentheses for something else than elsewhere.
    private static boolean mistaken(String text) {
        return text.contains("$'")
                || text.contains("$\"")
                || text.contains("<<")
                || text.indexOf('`') >= 0
                || text.indexOf('#') >= 0;
    }

    /// `<(…)` or `>(…)`, the sign being next.
    Piece process() {
        boolean output = in.next() == '>';
        if (in.peekSecond() == '(') {
            return new Piece.ProcessSubstitution(doubled(), output);
        }
        return new Piece.ProcessSubstitution(commands(), output);
    }

    /// Text up to the bracket that closes, the opening one having been taken.
    ///
    /// - `arithmetic`: `<(` is a comparison, and single quotes quote nothing
    void matched(Pieces pieces, char open, char close, Context context, boolean arithmetic) {
        int start = in.at;
        int depth = 1;
        in.enter();
        while (true) {
            int c = in.peek();
            if (c == Cursor.END) {
                in.at = start;
                throw in.refuse("A `" + open + "` is not closed.");
            }
            if (c == close && --depth == 0) {
                break;
            }
            if (c == open) {
                depth++;
            }
            boolean process = (c == '<' || c == '>') && in.peekSecond() == '(';
            if (process && !arithmetic && context == Context.PLAIN) {
                throw in.refuse("A process substitution is not expected here.");
            }
            part(pieces, context, arithmetic);
        }
        in.at++;
        in.leave();
    }

    /// One character, quotation or expansion between brackets or braces.
    private void part(Pieces pieces, Context context, boolean arithmetic) {
        int c = in.peek();
        switch (c) {
            case '$' -> dollar(pieces, context);
            case '`' -> parser.quotes.backquotes(pieces, context, true);
            case '\\' -> parser.quotes.backslash(pieces);
            case '\'' -> {
                if (arithmetic || context != Context.PLAIN) {
                    parser.quotes.unclear(pieces);
                } else {
                    parser.quotes.single(pieces);
                }
            }
            case '"' -> {
                if (context == Context.HERE_DOCUMENT) {
                    parser.quotes.unclear(pieces);
                } else {
                    parser.quotes.dual(pieces);
                }
            }
            default -> pieces.add(in.next(), context != Context.PLAIN);
        }
    }

    /// What stands in `${ }`, the brace having been taken.
    private Piece parameter(Context context) {
        boolean indirect = false;
        String prefix = "";
        if (in.peek() == '#' && in.peekSecond() != '}') {
            prefix = takeLength();
        }
        if (in.peek() == '!' && startsName(in.peekSecond())) {
            in.next();
            indirect = true;
        }
        String name = prefix.equals("#") ? "#" : parameterName();
        Pieces parts = new Pieces();
        if (in.peek() == '[') {
            in.at++;
            matched(parts, '[', ']', context, false);
        }
        int start = in.at;
        int c = in.peek();
        if (c != '}' && c != '*' && (c == Cursor.END || OPERATIONS.indexOf(c) < 0)) {
            throw in.refuse("What stands in `${ }` is not understood.");
        }
        while (in.peek() != '}') {
            if (in.peek() == Cursor.END) {
                in.at = start;
                throw in.refuse("A `${` is not closed.");
            }
            operand(parts, context);
        }
        String operation = prefix.equals("length") ? "#" : in.since(start);
        in.at++;
        return new Piece.Parameter(
                name, indirect, operation, parts.list(), context != Context.PLAIN);
    }

    private void operand(Pieces parts, Context context) {
        int c = in.peek();
        if ((c == '<' || c == '>') && in.peekSecond() == '(' && context == Context.PLAIN) {
            in.enter();
            parts.add(process());
            in.leave();
            return;
        }
        part(parts, context, false);
    }

    /// Takes a `#`: the length of something, or the number of arguments with an operation behind.
    private String takeLength() {
        in.next();
        int c = in.peek();
        boolean special = c != Cursor.END && SPECIAL.indexOf(c) >= 0;
        if (Characters.namePart(c) || special && in.peekSecond() == '}') {
            return "length";
        }
        return "#";
    }

    private static boolean startsName(int c) {
        return Characters.namePart(c) || c == '@' || c == '*' || c == '#' || c == '?';
    }

    private String parameterName() {
        int c = in.peek();
        if (Characters.digit(c)) {
            StringBuilder digits = new StringBuilder();
            while (Characters.digit(in.peek())) {
                digits.append((char) in.next());
            }
            return digits.toString();
        }
        if (c != Cursor.END && SPECIAL.indexOf(c) >= 0) {
            return String.valueOf((char) in.next());
        }
        String name = name();
        if (name.isEmpty()) {
            throw in.refuse("What stands in `${ }` is not understood.");
        }
        return name;
    }
}
