package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The programs in a line that can't be read as one, by looking at nothing but separators: so that
/// rules that deny still find what they can.
final class Guesses {
    private static final Pattern SEPARATOR = Pattern.compile("[;&|\\n(){}`]");
    private static final Pattern QUOTES = Pattern.compile("[\"'\\\\]");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final int MAX = 2_000;

    private Guesses() {}

    static List<Access> of(String command) {
        return SEPARATOR
                .splitAsStream(command)
                .map(part -> QUOTES.matcher(part).replaceAll("").strip())
                .filter(part -> !part.isEmpty())
                .limit(MAX)
                .<Access>map(part ->
                        new Access.Runs(
                                part,
                                Arrays.stream(BLANKS.split(part)).map(Access.Word::new).toList(),
                                Access.Nature.UNREADABLE))
                .toList();
    }
}
