package dev.bowline.cli.args;

import java.util.List;

/// One flag of a command. `name` is what it is called in the code and in help, `others` are
/// spellings that mean the same, `placeholder` names its value in help. One that is not `used` is
/// taken for the sake of others who understand it, and not shown in help.
public record Flag(
        String name,
        List<String> others,
        Kind kind,
        String placeholder,
        String help,
        boolean used) {
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
        return new Flag(name, List.of(), kind, placeholder, help, true);
    }

    public static Flag on(String name, String help) {
        return new Flag(name, List.of(), Kind.SWITCH, "", help, true);
    }

    /// A flag that nothing comes of.
    public static Flag unused(String name, Kind kind) {
        return new Flag(name, List.of(), kind, "VALUE", "", false);
    }

    public Flag or(String... spellings) {
        return new Flag(name, List.of(spellings), kind, placeholder, help, used);
    }

    boolean isSpelled(String spelling) {
        return name.equals(spelling) || others.contains(spelling);
    }
}
