package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An argument of a program, as far as it is known before the program runs.
///
/// - `text`: the argument; for a pattern of files the pattern; null if only known at run time
/// - `matches`: the files that a pattern fits, or the pattern itself; null if it isn't one
/// - `shape`: the text with nothing where it isn't known
/// - `inert`: if not known, then the output of commands that only read, or a number
/// - `one`: if not known, then certainly a single word
/// - `number`: if not known, then only for the digits in the place of [#DIGITS]
record Argument(
        @Nullable String text,
        @Nullable List<String> matches,
        String shape,
        boolean inert,
        boolean one,
        boolean number) {
    /// Stands in a shape for digits that only the run tells.
    static final String DIGITS = "\uE023";

    static Argument of(String text) {
        return new Argument(text, null, text, true, true, false);
    }

    static Argument unknown(String shape, boolean inert) {
        return new Argument(null, null, shape, inert, false, false);
    }

    /// The same, certainly as one word.
    Argument asOne() {
        return new Argument(text, matches, shape, inert, true, number);
    }

    boolean isKnown() {
        return text != null;
    }

    /// Whether it is certainly one word: the program may not be what stands behind several.
    boolean isSingle() {
        return isKnown() ? matches == null : one;
    }

    boolean is(String other) {
        return matches == null && other.equals(text);
    }

    boolean startsWith(String prefix) {
        return matches == null && text != null && text.startsWith(prefix);
    }

    /// The text, or one that no program takes for anything.
    String orEmpty() {
        return text == null ? "" : text;
    }

    /// What it becomes when the program starts; empty if not known.
    List<String> values() {
        return matches != null ? matches : text == null ? List.of() : List.of(text);
    }

    /// The same, known but for the digits in it.
    Argument asNumber() {
        return new Argument(text, matches, shape, inert, true, true);
    }

    /// The word as rules that allow see it: they don't mind which number it is.
    Access.Word allowed() {
        return text == null && number ? new Access.Word(shape) : word();
    }

    Access.Word word() {
        return text == null ? Access.Word.UNKNOWN : new Access.Word(text);
    }

    static List<Access.Word> words(List<Argument> arguments) {
        return arguments.stream().map(Argument::word).toList();
    }

    static List<Argument> all(String... texts) {
        return List.of(texts).stream().map(Argument::of).toList();
    }
}
