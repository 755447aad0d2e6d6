package dev.bowline.tools.syntax;

/// A place in a text. A backslash before a line end joins lines: outside single quotes and comments
/// bash never sees the two.
final class Cursor {
    /// What {@link #peek()} says at the end.
    static final int END = -1;

    /// How deep constructs may stand in each other.
    private static final int MAX_DEPTH = 100;

    final String text;
    int at;
    private int depth;

    Cursor(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    /// The next character behind joined lines, or {@link #END}.
    int peek() {
        at = behindJoins(at);
        return raw(at);
    }

    /// The character behind the next one.
    int peekSecond() {
        at = behindJoins(at);
        return raw(behindJoins(at + 1));
    }

    /// Takes the next character behind joined lines.
    int next() {
        int c = peek();
        if (c != END) {
            at++;
        }
        return c;
    }

    /// Takes the next character whatever it is.
    int nextRaw() {
        int c = raw(at);
        if (c != END) {
            at++;
        }
        return c;
    }

    /// Takes the character if it is the next.
    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /// Takes the character, which must be the next.
    void expect(char wanted, String construct) {
        if (!take(wanted)) {
            throw refuse("A `" + wanted + "` is missing in " + construct + ".");
        }
    }

    /// The character at an index, or {@link #END}.
    int raw(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    String since(int start) {
        return text.substring(start, Math.max(start, at));
    }

    int depth() {
        return depth;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw refuse("More than " + MAX_DEPTH + " constructs stand in each other.");
        }
    }

    void leave() {
        depth--;
    }

    Refused refuse(String reason) {
        return new Refused(reason, Math.min(at, text.length()));
    }

    private int behindJoins(int from) {
        int index = from;
        while (raw(index) == '\\' && raw(index + 1) == '\n') {
            index += 2;
        }
        return index;
    }
}
