package dev.bowline.hook;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which events a hook wants, as people write it in settings.
///
/// - empty or `*`: all
/// - letters, digits, `_`, `-`, blanks, `,` and `|` only: a name, or a list of names split at `,`
///   and `|`. For StopFailure and FileChanged without `-`, `,` and blanks
/// - anything else: a regular expression that has to be found somewhere, so `Edit.*` also hits
///   `NotebookEdit`
///
/// It is compared with [HookEvent#subject()]; events without one always match. An expression that
/// takes more than 100,000 steps counts as a match: a hook too many is safer than one too few.
public final class HookMatcher {
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_, |-]*");
    private static final Pattern NAMES_OF_FAILURES = Pattern.compile("[A-Za-z0-9_|]*");
    private static final Pattern SEPARATOR = Pattern.compile("[,|]");
    private static final int STEPS = 100_000;

    private final String pattern;
    private final List<String> names;
    private final @Nullable Pattern regex;

    private HookMatcher(String pattern, List<String> names, @Nullable Pattern regex) {
        this.pattern = pattern;
        this.names = names;
        this.regex = regex;
    }

    /// @throws IllegalArgumentException for a malformed expression, saying where
    public static HookMatcher of(String pattern) {
        var text = pattern.strip();
        boolean plain = NAMES.matcher(text).matches();
        try {
            return new HookMatcher(
                    text,
                    plain
                            ? Arrays.stream(SEPARATOR.split(text)).map(String::strip).toList()
                            : List.of(),
                    NAMES_OF_FAILURES.matcher(text).matches() || text.equals("*")
                            ? null
                            : Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the hook matcher \""
                            + pattern
                            + "\" is not a regular expression ("
                            + e.getDescription()
                            + "); write a tool's name, names split by |, or a valid expression",
                    e);
        }
    }

    public boolean matches(HookEvent event) {
        var subject = event.subject();
        if (subject == null || pattern.isEmpty() || pattern.equals("*")) {
            return true;
        }
        boolean narrow =
                event instanceof HookEvent.StopFailure || event instanceof HookEvent.FileChanged;
        boolean byName = !names.isEmpty() && !(narrow && regex != null);
        return fits(subject, byName) || subject.equals("Agent") && fits("Task", byName);
    }

    private boolean fits(String subject, boolean byName) {
        return byName ? names.contains(subject) : regex == null || found(regex, subject);
    }

    private static boolean found(Pattern regex, String subject) {
        try {
            return regex.matcher(new Counted(subject, new AtomicInteger(STEPS))).find();
        } catch (TooManySteps | StackOverflowError tooHard) {
            return true;
        }
    }

    /// As it was written.
    @Override
    public String toString() {
        return pattern;
    }

    private static final class TooManySteps extends IllegalStateException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super("the expression takes too many steps");
        }
    }

    /// A text that can be looked at only so often.
    private record Counted(CharSequence text, AtomicInteger left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left.decrementAndGet() < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
