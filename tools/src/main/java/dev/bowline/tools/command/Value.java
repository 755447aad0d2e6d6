package dev.bowline.tools.command;

import java.util.List;

/// What a variable holds. `number`: digits, whatever they are, so that it can be evaluated.
record Value(List<Argument> items, boolean number) {
    static final Value UNKNOWN = new Value(List.of(Argument.unknown("", false)), false);
    static final Value NUMBER =
            new Value(List.of(Argument.unknown(Argument.DIGITS, true).asNumber()), true);

    Value {
        items = List.copyOf(items);
    }

    static Value of(Argument item) {
        return new Value(List.of(item), isNumber(item.orEmpty()));
    }

    static Value text(String text) {
        return of(Argument.of(text));
    }

    static boolean isNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        return text.length() > start
                && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }

    Value or(Value other) {
        return equals(other) ? this : number && other.number ? NUMBER : UNKNOWN;
    }
}
