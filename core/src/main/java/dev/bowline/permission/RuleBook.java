package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules and directories of a session, each with where it came from. Immutable; [#plus] applies
/// an update.
public record RuleBook(List<Given> rules, List<Path> directories) {
    /// A rule, what it does, and where it came from. `base` is what `/path` in it is relative to;
    /// null for where the session was started.
    public record Given(Rule rule, Behavior behavior, Destination source, @Nullable Path base) {
        public Given(Rule rule, Behavior behavior, Destination source) {
            this(rule, behavior, source, null);
        }

        /// With its source, for people.
        @Override
        public String toString() {
            return rule + " (" + source.wire() + ")";
        }
    }

    public RuleBook {
        rules = List.copyOf(rules);
        directories = List.copyOf(directories);
    }

    /// What a session was started with.
    public static RuleBook of(
            List<Rule> allow, List<Rule> ask, List<Rule> deny, List<Path> directories) {
        var all = new ArrayList<Given>();
        allow.forEach(rule -> all.add(new Given(rule, Behavior.ALLOW, Destination.CLI_ARG)));
        ask.forEach(rule -> all.add(new Given(rule, Behavior.ASK, Destination.CLI_ARG)));
        deny.forEach(rule -> all.add(new Given(rule, Behavior.DENY, Destination.CLI_ARG)));
        return new RuleBook(all, directories);
    }

    /// The rules after an update; a mode is no matter of rules and changes nothing here.
    public RuleBook plus(PermissionUpdate update) {
        return switch (update) {
            case PermissionUpdate.AddRules(var more, var behavior, var to) ->
                    added(all(more, behavior, to));
            case PermissionUpdate.ReplaceRules(var other, var behavior, var to) ->
                    without(one -> one.behavior() == behavior && one.source() == to)
                            .added(all(other, behavior, to));
            case PermissionUpdate.RemoveRules(var gone, var behavior, var to) ->
                    without(one ->
                            one.behavior() == behavior
                                    && one.source() == to
                                    && gone.contains(one.rule()));
            case PermissionUpdate.SetMode any -> this;
            case PermissionUpdate.AddDirectories(var more, var to) ->
                    new RuleBook(
                            rules,
                            Stream.concat(directories.stream(), more.stream()).distinct().toList());
            case PermissionUpdate.RemoveDirectories(var gone, var to) ->
                    new RuleBook(
                            rules,
                            directories.stream().filter(one -> !gone.contains(one)).toList());
        };
    }

    private static List<Given> all(List<Rule> rules, Behavior behavior, Destination source) {
        return rules.stream().map(rule -> new Given(rule, behavior, source)).toList();
    }

    private RuleBook added(List<Given> more) {
        return new RuleBook(
                Stream.concat(rules.stream(), more.stream()).distinct().toList(), directories);
    }

    private RuleBook without(Predicate<Given> gone) {
        return new RuleBook(rules.stream().filter(gone.negate()).toList(), directories);
    }

    /// The rules of one kind, oldest first.
    public List<Rule> rules(Behavior behavior) {
        return rules.stream().filter(one -> one.behavior() == behavior).map(Given::rule).toList();
    }

    /// The same, each with where it came from.
    List<Given> given(Behavior behavior) {
        return rules.stream().filter(one -> one.behavior() == behavior).toList();
    }

    /// The policy under these rules.
    public Policy policy(PermissionMode mode, Path project, Path home) {
        return policy(mode, project, home, Contents.UNKNOWN);
    }

    /// The same, with somebody to ask about folders.
    public Policy policy(PermissionMode mode, Path project, Path home, Contents contents) {
        return new Policy(mode, this, new Place(project, home, directories, contents));
    }
}
