package dev.bowline.tools.syntax;

import dev.bowline.tools.syntax.Quotes.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words and assignments.
final class WordReader {
    /// Where a word stands, which decides what ends it and what it may have in it.
    enum Place {
        /// Anywhere in a command.
        ARGUMENT,
        /// Behind `declare` and the like, where arrays may be assigned.
        DECLARED,
        /// Behind a redirection.
        TARGET,
        /// The end mark of a here-document.
        MARK,
        /// In the parentheses of an array.
        ELEMENT,
        /// Behind `==` in `[[ ]]`, with extended patterns.
        PATTERN,
        /// Behind `=~` in `[[ ]]`.
        REGEX
    }

    private final Parser parser;
    private final Cursor in;

    WordReader(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// Whether a word is next, rather than an operator or the end of the line.
    boolean next() {
        return !Characters.meta(in.peek()) || process();
    }

    /// Reads the word that must be next.
    Word read(Place place) {
        int start = in.at;
        boolean regex = place == Place.REGEX && (in.peek() == '(' || in.peek() == '|');
        if (!next() && !regex) {
            throw in.refuse("A word is missing here.");
        }
        Pieces pieces = new Pieces();
        if (place == Place.ELEMENT && in.peek() == '[') {
            subscript(pieces);
        }
        while (part(pieces, place, start)) {
            // until something else is next
        }
        String source = in.since(start);
        if (!source.isEmpty() && source.charAt(0) == '{') {
            checkDescriptor(source);
        }
        List<Piece> found = pieces.list();
        return new Word(place == Place.MARK ? found : Tildes.inWord(found), source);
    }

    /// `{a[1]}>file`: the descriptor goes to an element of an array.
    private void checkDescriptor(String source) {
        boolean sign = in.peek() == '<' || in.peek() == '>';
        if (sign && source.endsWith("}") && source.indexOf('[') >= 0) {
            throw in.refuse("It is unclear whether this is a redirection.");
        }
    }

    /// The assignment that is next, or null when something else is.
    @Nullable Assignment assignment() {
        int start = in.at;
        if (!Characters.nameStart(in.peek())) {
            return null;
        }
        String name = parser.expansions.name();
        Word subscript = null;
        if (in.peek() == '[') {
            int open = in.at;
            Pieces pieces = new Pieces();
            subscript(pieces);
            subscript = new Word(pieces.list(), in.since(open));
        }
        boolean append = in.peek() == '+' && in.peekSecond() == '=';
        if (append) {
            in.next();
        }
        if (in.take('=')) {
            return new Assignment(name, subscript, append, value());
        }
        if (subscript != null) {
            throw in.refuse("It is unclear whether this is an assignment.");
        }
        in.at = start;
        return null;
    }

    private Word value() {
        int start = in.at;
        Pieces pieces = new Pieces();
        if (in.peek() == '(') {
            pieces.add(elements());
            if (next()) {
                throw in.refuse("A blank is missing behind an array.");
            }
            return new Word(pieces.list(), in.since(start));
        }
        while (part(pieces, Place.ARGUMENT, start)) {
            // until something else is next
        }
        return new Word(Tildes.inValue(pieces.list()), in.since(start));
    }

    /// `[…]` as text and pieces, the first bracket being next.
    private void subscript(Pieces pieces) {
        pieces.add(in.next(), false);
        parser.expansions.matched(pieces, '[', ']', Context.PLAIN, false);
        pieces.add(']', false);
    }

    /// `(…)` behind the equals sign of an array, the parenthesis being next.
    private Piece elements() {
        in.next();
        in.enter();
        List<Word> words = new ArrayList<>();
        parser.plainLines();
        while (!in.take(')')) {
            words.add(read(Place.ELEMENT));
            parser.plainLines();
        }
        in.leave();
        return new Piece.Elements(words);
    }

    /// Reads one part of a word, and says whether there was one.
    private boolean part(Pieces pieces, Place place, int start) {
        int c = in.peek();
        if (Characters.meta(c) && !process()) {
            return special(pieces, place, start);
        }
        switch (c) {
            case '\\' -> parser.quotes.backslash(pieces);
            case '\'' -> parser.quotes.single(pieces);
            case '"' -> parser.quotes.dual(pieces);
            case '`' -> parser.quotes.backquotes(pieces, Context.PLAIN, false);
            case '$' -> parser.expansions.dollar(pieces, Context.PLAIN);
            case '<', '>' -> pieces.add(parser.expansions.process());
            case '\r' -> throw in.refuse("A line ends with a carriage return.");
            default -> {
                pieces.add(in.next(), false);
                if (place == Place.PATTERN && "?*+@!".indexOf(c) >= 0 && in.peek() == '(') {
                    group(pieces);
                }
            }
        }
        return true;
    }

    /// Reads what is part of a word in some places only.
    private boolean special(Pieces pieces, Place place, int start) {
        int c = in.peek();
        if (place == Place.REGEX && c == '|') {
            pieces.add(in.next(), false);
            return true;
        }
        if (place == Place.REGEX && c == '(') {
            group(pieces);
            return true;
        }
        if (place == Place.DECLARED && c == '(' && array(in.since(start))) {
            pieces.add(elements());
            if (next()) {
                throw in.refuse("A blank is missing behind an array.");
            }
        }
        return false;
    }

    private static boolean array(String source) {
        return Tildes.valueStart(source) == source.length() && !source.isEmpty();
    }

    private void group(Pieces pieces) {
        pieces.add(in.next(), false);
        parser.expansions.matched(pieces, '(', ')', Context.PLAIN, false);
        pieces.add(')', false);
    }

    private boolean process() {
        return (in.peek() == '<' || in.peek() == '>') && in.peekSecond() == '(';
    }
}
