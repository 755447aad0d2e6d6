package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;

/// What becomes of words before anything in them is looked up.
public final class Words {
    private Words() {}

    /// The words that braces make of a word: `{a,b}`, `{1..9..2}`, `{a..e}`, nested and repeated. A
    /// word without braces is returned alone; one that is nothing but empty parts may vanish. Not
    /// for assignments before a command, here-documents, patterns of `case` and words in `[[ ]]`,
    /// which bash leaves as they are; several words behind a redirection are an error.
    ///
    /// @throws TooManyWords when there would be more than {@link TooManyWords#LIMIT}, or when it is
    ///   unclear which
    public static List<Word> expand(Word word) {
        if (word.source().indexOf('{') < 0 || !unquoted(word)) {
            return List.of(word);
        }
        String source = joined(word.source());
        List<String> texts = new Braces().expand(source);
        if (texts.size() == 1 && texts.getFirst().equals(source)) {
            return List.of(word);
        }
        List<Word> words = new ArrayList<>();
        for (String text : texts) {
            if (!text.isEmpty()) {
                words.add(read(text));
            }
        }
        return List.copyOf(words);
    }

    /// The text without the line ends that a backslash quotes.
    private static String joined(String source) {
        if (!source.contains("\\\n")) {
            return source;
        }
        if (source.indexOf('\'') >= 0 || source.indexOf('#') >= 0) {
            throw new TooManyWords();
        }
        StringBuilder joined = new StringBuilder();
        for (int at = 0; at < source.length(); at++) {
            boolean backslash = source.charAt(at) == '\\' && at + 1 < source.length();
            if (!backslash) {
                joined.append(source.charAt(at));
            } else if (source.charAt(++at) != '\n') {
                joined.append('\\').append(source.charAt(at));
            }
        }
        return joined.toString();
    }

    private static boolean unquoted(Word word) {
        for (Piece piece : word.pieces()) {
            boolean plain = piece instanceof Piece.Literal literal && !literal.quoted();
            if (plain && ((Piece.Literal) piece).text().indexOf('{') >= 0
                    || piece instanceof Piece.Tilde tilde && tilde.user().indexOf('{') >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Word read(String text) {
        try {
            Parser parser = new Parser(text, 0);
            Word word = parser.words.read(WordReader.Place.ARGUMENT);
            if (parser.in.at == text.length()) {
                return word;
            }
        } catch (Refused refused) {
            // a part that is no word
        }
        throw new TooManyWords();
    }

    /// A word stands for more words than anyone wants to look at, or for words that are unclear.
    public static final class TooManyWords extends RuntimeException {
        /// How many words, and how many times 16 characters, a single word may become.
        public static final int LIMIT = 4096;

        private static final long serialVersionUID = 1L;

        TooManyWords() {
            super("A word with braces stands for too many words.", null, false, false);
        }
    }
}
