package dev.bowline.cli.args;

import java.util.List;

/// One flag of a command. `name` is what it is called in the code and in help, `others` are
/// spellings that mean the same, `placeholder` names its value in help.
public record Flag(String name, List<String> others, Kind kind, String placeholder, String help) {
    /// What a flag takes.
    public enum Kind {
        /// Nothing.
        SWITCH,
        /// One value; the last one given counts.
        VALUE,
        /// One value each time; all count.
        REPEATED,
        /// Lists of permission rules, separated by commas or blanks outside parentheses; all count.
        RULES,
        /// A value only as `--flag=value`.
        INLINE
    }

    public static Flag named(String name, Kind kind, String placeholder, String help) {
        return new Flag(name, List.of(), kind, placeholder, help);
    }

    public static Flag on(String name, String help) {
        return new Flag(name, List.of(), Kind.SWITCH, "", help);
    }

    public Flag or(String... spellings) {
        return new Flag(name, List.of(spellings), kind, placeholder, help);
    }

    boolean isSpelled(String spelling) {
        return name.equals(spelling) || others.contains(spelling);
    }
}
