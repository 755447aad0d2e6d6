package dev.bowline.permission;

import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about calls from rules and mode, without looking at anything else: deny, then ask, then
/// the mode, then allow, then ask.
public record Policy(
        PermissionMode mode, List<Rule> allow, List<Rule> ask, List<Rule> deny, Place place) {
    /// Folders whose content steers tools and agents; edits there are never accepted by the mode
    /// alone.
    private static final Set<String> PROTECTED =
            Set.of(
                    ".git",
                    ".claude",
                    ".bowline",
                    ".vscode",
                    ".idea",
                    ".husky",
                    ".cargo",
                    ".devcontainer",
                    ".yarn",
                    ".mvn",
                    ".gitconfig",
                    ".gitmodules",
                    ".bashrc",
                    ".zshrc",
                    ".profile",
                    ".bash_profile",
                    ".npmrc",
                    ".mcp.json");

    public Policy {
        allow = List.copyOf(allow);
        ask = List.copyOf(ask);
        deny = List.copyOf(deny);
    }

    public Policy withMode(PermissionMode other) {
        return new Policy(other, allow, ask, deny, place);
    }

    /// Whether the model should not even see the tool.
    public boolean hides(String tool) {
        return deny.stream()
                .anyMatch(rule -> rule.specifier() == null && rule.hits(tool, List.of(), place));
    }

    public Decision decide(String tool, Effect effect, List<Access> accesses) {
        return firstHit(deny, tool, accesses)
                .<Decision>map(rule ->
                        new Decision.Deny(
                                "deny rule " + rule,
                                "Permission to use "
                                        + tool
                                        + " has been denied by the rule "
                                        + rule
                                        + "."))
                .or(() ->
                        firstHit(ask, tool, accesses)
                                .map(rule -> unlessNobody("ask rule " + rule, tool)))
                .or(() -> byMode(tool, effect, accesses))
                .or(() ->
                        allow.stream()
                                .filter(rule -> rule.allows(tool, accesses, place))
                                .findFirst()
                                .map(rule -> new Decision.Allow("allow rule " + rule)))
                .orElseGet(() -> unlessNobody(why(tool, accesses), tool));
    }

    /// Whether an ask rule covers the call; then nothing but a person's answer lets it run.
    public boolean asksByRule(String tool, List<Access> accesses) {
        return firstHit(ask, tool, accesses).isPresent();
    }

    /// Whether a deny rule covers reading a file, whichever tool comes upon it.
    public boolean deniesReading(Path file) {
        return firstHit(deny, "Read", List.of(new Access.Reads(file))).isPresent();
    }

    private Optional<Rule> firstHit(List<Rule> rules, String tool, List<Access> accesses) {
        return rules.stream().filter(rule -> rule.hits(tool, accesses, place)).findFirst();
    }

    private Decision unlessNobody(String reason, String tool) {
        return mode == PermissionMode.DONT_ASK
                ? new Decision.Deny(
                        "mode dontAsk",
                        "Permission to use "
                                + tool
                                + " has been denied: the mode dontAsk refuses what would ask ("
                                + reason
                                + ").")
                : new Decision.Ask(reason);
    }

    private Optional<Decision> byMode(String tool, Effect effect, List<Access> accesses) {
        if (mode == PermissionMode.BYPASS) {
            return Optional.of(new Decision.Allow("mode bypassPermissions"));
        }
        boolean harmless =
                accesses.isEmpty()
                        ? effect == Effect.READ
                        : accesses.stream().allMatch(this::harmless);
        if (harmless) {
            return Optional.of(new Decision.Allow("reads only"));
        }
        if (mode == PermissionMode.PLAN) {
            return Optional.of(
                    new Decision.Deny(
                            "mode plan",
                            "The session is planning: "
                                    + tool
                                    + " would change something. Finish the plan first; it runs once the plan is approved."));
        }
        if (mode == PermissionMode.ACCEPT_EDITS
                && !accesses.isEmpty()
                && accesses.stream().allMatch(a -> harmless(a) || acceptable(a))) {
            return Optional.of(new Decision.Allow("mode acceptEdits"));
        }
        return Optional.empty();
    }

    private boolean harmless(Access access) {
        return switch (access) {
            case Access.Reads(Path path) -> place.holds(path);
            case Access.Runs(String command, boolean readOnly) -> readOnly;
            case Access.Session() -> true;
            case Access.Writes any -> false;
            case Access.Contacts any -> false;
        };
    }

    private boolean acceptable(Access access) {
        return access instanceof Access.Writes(Path path)
                && place.holds(path)
                && !isProtected(path);
    }

    private static boolean isProtected(Path path) {
        for (var name : path) {
            if (PROTECTED.contains(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private static String why(String tool, List<Access> accesses) {
        return accesses.isEmpty()
                ? tool + " is not allowed by any rule"
                : switch (accesses.getFirst()) {
                    case Access.Reads(Path path) ->
                            "reading " + path + " outside the working directories";
                    case Access.Writes(Path path) -> "writing " + path;
                    case Access.Runs(String command, boolean readOnly) -> "running: " + command;
                    case Access.Contacts(String url) -> "contacting " + url;
                    case Access.Session() -> tool + " is not allowed by any rule";
                };
    }
}
