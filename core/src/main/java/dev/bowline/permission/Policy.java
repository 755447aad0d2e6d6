package dev.bowline.permission;

import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        return decide(tool, effect, accesses, false);
    }

    /// The same; a call of a tool that needs a person is never allowed by rule or mode.
    public Decision decide(String tool, Effect effect, List<Access> accesses, boolean needsPerson) {
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
                .or(() ->
                        needsPerson
                                ? Optional.of(unlessNobody(tool + " is for a person", tool))
                                : Optional.empty())
                .or(() -> byMode(tool, effect, accesses))
                .or(() -> byAllowRule(tool, accesses))
                .orElseGet(() -> unlessNobody(why(tool, accesses), tool));
    }

    private Optional<Decision> byAllowRule(String tool, List<Access> accesses) {
        return allowing(tool, accesses)
                .or(() ->
                        inPieces(accesses)
                                .flatMap(pieces ->
                                        pieces.stream()
                                                .map(piece -> allowing(tool, List.of(piece)))
                                                .reduce((a, b) -> a.flatMap(rule -> b))
                                                .flatMap(all -> all)))
                .map(rule -> new Decision.Allow("allow rule " + rule));
    }

    private Optional<Rule> allowing(String tool, List<Access> accesses) {
        return allow.stream().filter(rule -> rule.allows(tool, accesses, place)).findFirst();
    }

    /// A command line as the commands that it joins; each may be allowed by another rule.
    private static Optional<List<Access>> inPieces(List<Access> accesses) {
        return accesses.size() == 1
                        && accesses.getFirst()
                                instanceof Access.Runs runs
                ? Optional.of(CommandPattern.pieces(runs.source()))
                        .filter(pieces -> pieces.size() > 1)
                        .map(pieces ->
                                pieces.stream()
                                        .<Access>map(
                                                piece ->
                                                        new Access.Runs(
                                                                piece,
                                                                List.of(),
                                                                Access.Nature.PLAIN))
                                        .toList())
                : Optional.empty();
    }

    /// Why [#decide] says [Decision.Ask] about this call.
    public Grounds grounds(String tool, Effect effect, List<Access> accesses, boolean needsPerson) {
        var asking = firstHit(ask, tool, accesses);
        if (asking.isPresent()) {
            return new Grounds(ReasonType.RULE, null, asking.get(), List.of());
        }
        if (needsPerson) {
            return new Grounds(ReasonType.OTHER, null, null, List.of());
        }
        if (mode == PermissionMode.PLAN) {
            return new Grounds(ReasonType.MODE, null, null, List.of());
        }
        return new Grounds(
                type(accesses),
                accesses.isEmpty() ? null : blockedPath(accesses),
                null,
                Suggestions.of(tool, accesses, place));
    }

    private ReasonType type(List<Access> accesses) {
        return accesses.isEmpty()
                ? ReasonType.OTHER
                : switch (accesses.getFirst()) {
                    case Access.Reads any -> ReasonType.WORKING_DIR;
                    case Access.Writes(Path path) when isProtected(path) -> ReasonType.SAFETY_CHECK;
                    case Access.Writes(Path path) when !place.holds(path) -> ReasonType.WORKING_DIR;
                    case Access.Writes any -> ReasonType.NONE;
                    case Access.Scans any -> ReasonType.WORKING_DIR;
                    case Access.Removes any -> ReasonType.NONE;
                    case Access.Runs runs ->
                            CommandPattern.pieces(runs.source()).size() > 1
                                    ? ReasonType.SUBCOMMAND_RESULTS
                                    : blockedPath(accesses) == null
                                            ? ReasonType.OTHER
                                            : ReasonType.NONE;
                    case Access.Contacts any -> ReasonType.NONE;
                    case Access.Session any -> ReasonType.OTHER;
                };
    }

    private @Nullable Path blockedPath(List<Access> accesses) {
        return accesses.getFirst() instanceof Access.Runs runs
                        && CommandPattern.pieces(runs.source()).size() == 1
                ? CommandPattern.changedFile(runs.source().strip(), place.project()).orElse(null)
                : null;
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
                    new Decision.Ask(
                            "the session is planning and " + tool + " would change something"));
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
            case Access.Scans(Path path) -> place.holds(path);
            case Access.Removes any -> false;
            case Access.Runs runs -> runs.nature() == Access.Nature.READS;
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
                    case Access.Scans(Path path) ->
                            "reading " + path + " outside the working directories";
                    case Access.Removes(Path path) -> "removing " + path;
                    case Access.Runs runs -> "running: " + runs.source();
                    case Access.Contacts contacts -> "contacting " + contacts.url();
                    case Access.Session() -> tool + " is not allowed by any rule";
                };
    }
}
