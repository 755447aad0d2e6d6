package dev.bowline.tools.syntax;

import java.util.Set;

/// What the readers of one text share.
final class Parser {
    final Cursor in;
    final HereDocuments here;
    final Expansions expansions;
    final Quotes quotes;
    final WordReader words;
    final Redirections redirections;
    final Commands commands;
    final Compounds compounds;

    /// How often text may be read again to see what two parentheses are; shared by all texts.
    private static final int MAX_RETRIES = 16;

    private final int[] retries;

    Parser(String text, int depth) {
        this(text, depth, new int[1]);
    }

    private Parser(String text, int depth, int[] retries) {
        this.retries = retries;
        in = new Cursor(text, depth);
        here = new HereDocuments(this);
        expansions = new Expansions(this);
        quotes = new Quotes(this);
        words = new WordReader(this);
        redirections = new Redirections(this);
        commands = new Commands(this);
        compounds = new Compounds(this);
    }

    /// The whole text.
    Script program() {
        in.enter();
        Script script = commands.list(Set.of());
        here.readAll();
        return script;
    }

    /// A text in this one that is read on its own, such as one in backquotes.
    Parser inside(String text) {
        return new Parser(text, in.depth(), retries);
    }

    /// To be called before text is read a second time.
    void retry() {
        if (++retries[0] > MAX_RETRIES) {
            throw in.refuse("Too many `((` are not closed by `))`.");
        }
    }

    /// Passes blanks, joined lines and a comment, up to the end of the line.
    void blanks() {
        while (Characters.blank(in.peek())) {
            in.at++;
        }
        if (in.peek() == '#') {
            while (in.raw(in.at) != '\n' && in.raw(in.at) != Cursor.END) {
                in.at++;
            }
        }
    }

    /// Passes blanks, comments and line ends, with the here-documents behind them.
    void lines() {
        blanks();
        while (in.raw(in.at) == '\n') {
            in.at++;
            here.readAll();
            blanks();
        }
    }

    /// As {@link #lines()}, in places where a here-document that is still to come is unclear.
    void plainLines() {
        blanks();
        while (in.raw(in.at) == '\n') {
            if (here.waiting()) {
                throw in.refuse("A line ends here before the text of a here-document.");
            }
            in.at++;
            blanks();
        }
    }
}
