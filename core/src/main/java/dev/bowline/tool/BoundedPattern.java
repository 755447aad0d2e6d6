package dev.bowline.tool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Looks for a pattern without letting it take forever: after a million looks at the text it gives
/// up.
final class BoundedPattern {
    private static final int MAX_LOOKS = 1_000_000;

    enum Search {
        FOUND,
        NOT_FOUND,
        GAVE_UP,
        NOT_A_PATTERN
    }

    private BoundedPattern() {}

    static Search find(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Counted(text, new AtomicInteger())).find()
                    ? Search.FOUND
                    : Search.NOT_FOUND;
        } catch (PatternSyntaxException e) {
            return Search.NOT_A_PATTERN;
        } catch (TooLong | StackOverflowError e) {
            return Search.GAVE_UP;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("too many looks", null, false, false);
        }
    }

    private record Counted(CharSequence text, AtomicInteger looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (looks.incrementAndGet() > MAX_LOOKS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
