package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tools.syntax.Bash;
import dev.bowline.tools.syntax.Parsed;
import java.util.ArrayList;
import java.util.List;

/// What a command line may do: each program that it may start, wherever it stands, and each file
/// that it redirects to or from.
///
/// A wildcard in a rule is never to cover the name of a program that another one starts, nor an
/// option that starts or writes something; so these are programs of their own, or guarded.
public final class CommandFacts {
    /// Longer lines always ask.
    private static final int MAX_LENGTH = 10_000;

    private CommandFacts() {}

    /// The facts, in the order of the line; never empty.
    public static List<Access> of(String command, Surroundings where) {
        try {
            return look(command, where);
        } catch (RuntimeException | StackOverflowError notForeseen) {
            return unreadable(command);
        }
    }

    static List<Access> look(String command, Surroundings where) {
        var facts = new ArrayList<Access>();
        if (command.length() > MAX_LENGTH) {
            facts.add(Access.Runs.unreadable(command));
        }
        switch (Bash.parse(command)) {
            case Parsed.Program(var script) -> facts.addAll(Walk.facts(script, where, command));
            case Parsed.Problem problem -> facts.addAll(unreadable(command));
        }
        if (facts.isEmpty()) {
            facts.add(new Access.Runs(command, List.of(), Access.Nature.READS));
        }
        return facts.stream().distinct().toList();
    }

    private static List<Access> unreadable(String command) {
        var facts = new ArrayList<Access>();
        facts.add(Access.Runs.unreadable(command));
        facts.addAll(Guesses.of(command));
        return facts;
    }
}
