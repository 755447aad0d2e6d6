package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about a shell at some point of a line.
final class Scope {
    /// Variables whose values are taken from the environment.
    private static final Set<String> GIVEN =
            Set.of(
                    "PATH",
                    "USER",
                    "LOGNAME",
                    "SHELL",
                    "LANG",
                    "TMPDIR",
                    "TERM",
                    "JAVA_HOME",
                    "EDITOR",
                    "HOSTNAME");

    private static final Set<String> NUMBERS =
            Set.of(
                    "?",
                    "#",
                    "$",
                    "!",
                    "RANDOM",
                    "SRANDOM",
                    "SECONDS",
                    "LINENO",
                    "EUID",
                    "UID",
                    "PPID",
                    "BASHPID",
                    "SHLVL",
                    "EPOCHSECONDS",
                    "OPTIND",
                    "BASH_SUBSHELL");

    private final Surroundings where;
    private final Map<String, Value> variables = new HashMap<>();
    private final Map<String, Node> functions = new HashMap<>();
    private final Set<Path> links = new HashSet<>();
    private List<Argument> positional = List.of();
    private @Nullable Path directory;
    private boolean sure = true;
    private boolean moved;
    private boolean steered;
    private boolean opaque;

    Scope(Surroundings where) {
        this.where = where;
        this.directory = where.directory();
    }

    Scope copy() {
        var copy = new Scope(where);
        copy.variables.putAll(variables);
        copy.functions.putAll(functions);
        copy.links.addAll(links);
        copy.positional = positional;
        copy.directory = directory;
        copy.sure = sure;
        copy.moved = moved;
        copy.steered = steered;
        copy.opaque = opaque;
        return copy;
    }

    /// Takes over another state, which it may be in instead.
    void or(Scope other) {
        var names = new HashSet<>(variables.keySet());
        names.addAll(other.variables.keySet());
        for (var name : names) {
            variables.put(name, value(name).or(other.value(name)));
        }
        steered |= other.steered || !functions.equals(other.functions);
        functions.putAll(other.functions);
        links.addAll(other.links);
        directory = directory != null && directory.equals(other.directory) ? directory : null;
        sure &= other.sure;
        moved |= other.moved;
        opaque |= other.opaque;
        positional =
                positional.equals(other.positional)
                        ? positional
                        : List.of(Argument.unknown("", false));
    }

    Disk disk() {
        return new Disk(directory, Set.copyOf(links));
    }

    void link(Path name) {
        links.add(name);
    }

    /// Goes to another folder; `sure` if it is certain to exist.
    void directory(@Nullable Path other, boolean certain) {
        directory = other;
        sure = certain;
        moved = true;
    }

    /// Ends a chain of commands that depend on each other; what isn't certain is forgotten.
    void settle() {
        if (!sure) {
            directory = null;
            sure = true;
        }
    }

    boolean isSure() {
        return sure;
    }

    boolean hasMoved() {
        return moved;
    }

    boolean hasLinks() {
        return !links.isEmpty();
    }

    boolean isSteered() {
        return steered;
    }

    void steer() {
        steered = true;
    }

    List<Argument> positional() {
        return positional;
    }

    void positional(List<Argument> others) {
        positional = List.copyOf(others);
    }

    @Nullable Node function(String name) {
        return functions.get(name);
    }

    void function(String name, Node body) {
        functions.put(name, body);
    }

    boolean hasFunctions() {
        return !functions.isEmpty();
    }

    /// Sets a variable; one that steers programs makes all that follows uncertain.
    void set(String name, Value value) {
        variables.put(name, value);
        steered |= Variables.steers(name);
    }

    /// Gives variables other values, or none, for a while; returns those before.
    Map<String, @Nullable Value> swap(Map<String, ? extends @Nullable Value> others) {
        var before = new HashMap<String, @Nullable Value>();
        others.forEach((name, value) -> {
            before.put(name, variables.get(name));
            if (value == null) {
                variables.remove(name);
            } else {
                variables.put(name, value);
            }
        });
        return before;
    }

    void forget() {
        opaque = true;
        variables.clear();
    }

    /// Whether the line has set the variable.
    boolean isSet(String name) {
        return variables.containsKey(name);
    }

    /// Whether nothing has set the variable.
    boolean isUnset(String name) {
        return !opaque && !variables.containsKey(name) && !where.environment().containsKey(name);
    }

    Value value(String name) {
        var known = variables.get(name);
        if (known != null) {
            return known;
        }
        if (NUMBERS.contains(name)) {
            return Value.NUMBER;
        }
        if (name.equals("@") || name.equals("*")) {
            return new Value(positional, false);
        }
        if (!name.isEmpty()
                && name.chars().allMatch(c -> c >= '0' && c <= '9')
                && name.length() < 6) {
            return positional(Integer.parseInt(name));
        }
        if (opaque) {
            return Value.UNKNOWN;
        }
        return switch (name) {
            case "HOME" -> Value.text(where.home().toString());
            case "PWD" -> directory == null ? Value.UNKNOWN : Value.text(directory.toString());
            default -> given(name);
        };
    }

    private Value given(String name) {
        var given = where.environment().get(name);
        return GIVEN.contains(name) && given != null ? Value.text(given) : Value.UNKNOWN;
    }

    private Value positional(int index) {
        if (index == 0) {
            return Value.of(Argument.unknown("", true));
        }
        return positional.stream().limit(index).anyMatch(argument -> !argument.isKnown())
                ? Value.UNKNOWN
                : index <= positional.size() ? Value.of(positional.get(index - 1)) : Value.text("");
    }
}
