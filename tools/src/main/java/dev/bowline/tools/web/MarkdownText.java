package dev.bowline.tools.web;

/// Puts Markdown together: blanks run together outside code, blocks are one empty line apart.
final class MarkdownText {
    private final StringBuilder out = new StringBuilder();
    private int wantedBreaks;
    private boolean wantedBlank;
    private boolean inCode;

    /// Text of the page.
    void text(String words) {
        if (inCode) {
            add(words);
            return;
        }
        int i = 0;
        while (i < words.length()) {
            int start = i;
            while (i < words.length() && !isBlank(words.charAt(i))) {
                i++;
            }
            if (i > start) {
                add(words, start, i);
            }
            if (i < words.length()) {
                wantedBlank = true;
                i++;
            }
        }
    }

    /// A sign at the start of a line or cell.
    void mark(String sign) {
        add(sign);
    }

    /// A sign around words; none within code.
    void inline(String sign) {
        if (!inCode && !sign.isEmpty()) {
            add(sign);
        }
    }

    void line() {
        wantedBreaks = Math.max(wantedBreaks, 1);
    }

    void block() {
        wantedBreaks = 2;
    }

    /// Begins or ends a block of code, in which blanks are kept.
    void code(boolean begin) {
        block();
        if (!begin) {
            inCode = false;
            wantedBreaks = 1;
        }
        add("```");
        inCode = begin;
        wantedBreaks = begin ? 1 : 2;
    }

    private void add(String words) {
        add(words, 0, words.length());
    }

    private void add(String words, int start, int end) {
        if (!out.isEmpty() && wantedBreaks > 0) {
            out.append("\n".repeat(wantedBreaks));
        } else if (wantedBlank && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
        wantedBreaks = 0;
        wantedBlank = false;
        out.append(words, start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || c == '\u00A0';
    }

    @Override
    public String toString() {
        return out.toString().strip();
    }
}
