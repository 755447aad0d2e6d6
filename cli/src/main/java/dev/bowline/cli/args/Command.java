package dev.bowline.cli.args;

import java.util.List;
import java.util.function.Consumer;

/// One command as help shows it: how it is written, what it does, its flags, and examples that can
/// be typed as they are. `name` includes `bowline`.
public record Command(
        String name, List<String> usage, String about, List<Flag> flags, List<String> examples) {
    public Arguments parse(List<String> args) {
        return Parser.parse(name, flags, args);
    }

    /// The same, with one sentence for each flag that nothing comes of; unknown ones are passed
    /// over if `lenient`.
    public Arguments parse(List<String> args, boolean lenient, Consumer<String> warnings) {
        return Parser.parse(name, flags, args, lenient, warnings);
    }

    /// The help text, at most 100 columns wide.
    public String help() {
        var text = new StringBuilder(1024);
        for (int i = 0; i < usage.size(); i++) {
            text.append(i == 0 ? "Usage: " : "       ").append(usage.get(i)).append('\n');
        }
        text.append('\n').append(about).append('\n');
        if (!flags.isEmpty()) {
            text.append("\nFlags:\n");
            flags.stream().filter(Flag::used).forEach(flag -> describe(text, flag));
        }
        if (!examples.isEmpty()) {
            text.append("\nExamples:\n");
            examples.forEach(example -> text.append("  ").append(example).append('\n'));
        }
        return text.toString();
    }

    private static final int COLUMN = 34;
    private static final int WIDTH = 100;

    private static void describe(StringBuilder text, Flag flag) {
        var left = new StringBuilder("  ").append(flag.name());
        flag.others().forEach(other -> left.append(", ").append(other));
        if (!flag.placeholder().isEmpty()) {
            left.append(flag.kind() == Flag.Kind.INLINE ? "[=" : " ")
                    .append(flag.placeholder())
                    .append(flag.kind() == Flag.Kind.INLINE ? "]" : "");
        }
        text.append(left);
        int column = left.length();
        if (column > COLUMN - 2) {
            text.append('\n');
            column = 0;
        }
        text.repeat(' ', COLUMN - column);
        column = COLUMN;
        for (var word : flag.help().split(" ", -1)) {
            if (column > COLUMN && column + 1 + word.length() > WIDTH) {
                text.append('\n').repeat(' ', COLUMN);
                column = COLUMN;
            } else if (column > COLUMN) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }
}
