package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `[[ ]]`.
final class ConditionReader {
    private static final Set<String> PATTERN_OPERATORS = Set.of("=", "==", "!=");
    private static final Set<String> OPERATORS =
            Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");
    private static final String UNARY = "abcdefghknoprstuvwxzGLNORS";

    private final Parser parser;
    private final Cursor in;
    private final List<Word> words = new ArrayList<>();

    ConditionReader(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// Reads from `[[`, which is next.
    Node read() {
        parser.commands.takeWord("[[");
        either();
        if (!closing()) {
            throw in.refuse("`]]` is missing in `[[ ]]`.");
        }
        parser.commands.takeWord("]]");
        return new Node.Conditional(List.copyOf(words), parser.redirections.all());
    }

    /// Terms joined by `&&` and `||`.
    private void either() {
        term();
        parser.plainLines();
        int c = in.peek();
        while ((c == '&' || c == '|') && in.peekSecond() == c) {
            sign(2);
            term();
            parser.plainLines();
            c = in.peek();
        }
    }

    private void term() {
        parser.plainLines();
        while ("!".equals(parser.commands.plainWord(1))) {
            sign(1);
            parser.plainLines();
        }
        if (in.peek() == '(') {
            sign(1);
            in.enter();
            either();
            in.leave();
            if (in.peek() != ')') {
                throw in.refuse("A `)` is missing in `[[ ]]`.");
            }
            sign(1);
            return;
        }
        if (closing()) {
            throw in.refuse("A word is missing in `[[ ]]`.");
        }
        Word first = parser.words.read(WordReader.Place.ARGUMENT);
        words.add(first);
        parser.blanks();
        if (unary(first.source())) {
            operand(WordReader.Place.ARGUMENT);
            return;
        }
        binary();
    }

    private static boolean unary(String source) {
        return source.length() == 2
                && source.charAt(0) == '-'
                && UNARY.indexOf(source.charAt(1)) >= 0;
    }

    private void binary() {
        int c = in.peek();
        if ((c == '<' || c == '>') && in.peekSecond() != '(') {
            sign(1);
            operand(WordReader.Place.ARGUMENT);
            return;
        }
        if (Characters.meta(c) || closing()) {
            return;
        }
        String operator = parser.commands.plainWord(3);
        if ("=~".equals(operator)) {
            words.add(parser.words.read(WordReader.Place.ARGUMENT));
            operand(WordReader.Place.REGEX);
        } else if (operator != null && PATTERN_OPERATORS.contains(operator)) {
            words.add(parser.words.read(WordReader.Place.ARGUMENT));
            operand(WordReader.Place.PATTERN);
        } else if (operator != null && OPERATORS.contains(operator)) {
            words.add(parser.words.read(WordReader.Place.ARGUMENT));
            operand(WordReader.Place.ARGUMENT);
        } else {
            throw in.refuse("An operator is missing in `[[ ]]`.");
        }
    }

    private void operand(WordReader.Place place) {
        parser.blanks();
        words.add(parser.words.read(place));
        parser.blanks();
    }

    private boolean closing() {
        return "]]".equals(parser.commands.plainWord(2));
    }

    /// Takes a sign of this length as a word.
    private void sign(int length) {
        StringBuilder sign = new StringBuilder();
        for (int taken = 0; taken < length; taken++) {
            sign.append((char) in.next());
        }
        String text = sign.toString();
        words.add(new Word(List.of(new Piece.Literal(text, true)), text));
    }
}
