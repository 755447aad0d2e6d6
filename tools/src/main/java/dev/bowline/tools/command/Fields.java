package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.List;

/// Puts the pieces of one word together to the arguments that it becomes.
final class Fields {
    private static final String META = "*?[]\\";

    private final Globs globs;
    private final boolean splits;
    private final List<Argument> done = new ArrayList<>();
    private final StringBuilder pattern = new StringBuilder();
    private boolean started;
    private boolean known = true;
    private boolean inert = true;
    private boolean single = true;
    private boolean digits = true;
    private boolean wild;

    /// - `splits`: whether unquoted values become several words, and patterns become files
    Fields(Globs globs, boolean splits) {
        this.globs = globs;
        this.splits = splits;
    }

    void literal(String text, boolean quoted) {
        started = true;
        append(text, quoted);
    }

    private void append(String text, boolean quoted) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((quoted || !splits || c == '\\') && META.indexOf(c) >= 0) {
                pattern.append('\\');
            } else if (c == '*' || c == '?' || c == '[') {
                wild = true;
            }
            pattern.append(c);
        }
    }

    void value(Value value, boolean quoted) {
        if (quoted || !splits) {
            started = true;
            item(
                    value.items().size() == 1
                            ? value.items().getFirst()
                            : Argument.unknown("", false),
                    true);
            return;
        }
        for (var item : value.items()) {
            if (item.isKnown() && item.matches() == null) {
                split(item.orEmpty());
            } else {
                item(item, false);
            }
        }
    }

    /// `"$@"`: each item becomes a word; unquoted they are split too.
    void items(Value value, boolean quoted) {
        if (!quoted || !splits) {
            value(
                    value.items().size() == 1
                            ? value
                            : value.items().isEmpty() ? Value.text("") : Value.UNKNOWN,
                    quoted);
            return;
        }
        for (int i = 0; i < value.items().size(); i++) {
            if (i > 0) {
                end();
            }
            started = true;
            item(value.items().get(i), true);
        }
    }

    private void item(Argument item, boolean quoted) {
        if (item.isKnown() && item.matches() == null) {
            append(item.orEmpty(), quoted);
        } else if (item.isKnown() && pattern.isEmpty() && known) {
            // A file that a pattern has found, alone in its word so far.
            alone = quoted && splits ? item.asOne() : item;
            known = false;
            inert = false;
            digits = false;
        } else {
            known = false;
            inert &= item.inert() && !item.isKnown();
            single &= quoted && splits;
            digits &= item.number();
            append(item.isKnown() ? "" : item.shape(), true);
        }
        started = true;
    }

    private @org.jspecify.annotations.Nullable Argument alone;

    private void split(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n') {
                end();
            } else {
                started = true;
                append(String.valueOf(c), false);
            }
        }
    }

    private void end() {
        if (started) {
            done.add(argument());
        }
        pattern.setLength(0);
        started = false;
        known = true;
        single = true;
        digits = true;
        inert = true;
        wild = false;
        alone = null;
    }

    private Argument argument() {
        var text = Globs.plain(pattern.toString());
        if (alone != null && pattern.isEmpty()) {
            return alone;
        }
        if (!known) {
            var unknown = Argument.unknown(text, inert);
            return digits && !wild ? unknown.asNumber() : single ? unknown.asOne() : unknown;
        }
        if (!wild || !Globs.isPattern(pattern.toString())) {
            return Argument.of(text);
        }
        if (text.matches("(?s)--[a-z-]+=.*")) {
            return Argument.of(text);
        }
        var matches = globs.expand(pattern.toString());
        return matches.isEmpty() || matches.get().stream().anyMatch(match -> match.startsWith("-"))
                ? Argument.unknown(text, matches.isPresent())
                : new Argument(text, matches.get(), text, true, false, false);
    }

    List<Argument> arguments() {
        end();
        return done;
    }
}
