package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What would make a call run without asking, narrow things first.
final class Suggestions {
    /// How many rules are suggested for one command line.
    private static final int RULES = 5;

    private Suggestions() {}

    static List<PermissionUpdate> of(ToolCall call, Place place) {
        if (call.accesses().isEmpty()) {
            return List.of(PermissionUpdate.allow(Destination.LOCAL_SETTINGS, call.tool()));
        }
        var all = new ArrayList<PermissionUpdate>();
        running(call, all);
        for (var access : call.accesses()) {
            switch (access) {
                case Access.Reads(Path path) when !place.holds(path) -> all.add(reading(path));
                case Access.Reads any -> {}
                case Access.Scans(Path path) when path.getNameCount() > 0 && !place.holds(path) ->
                        all.add(reading(path));
                case Access.Scans any -> {}
                case Access.Writes(Path path) when path.getNameCount() > 0 ->
                        writing(path, place, all);
                case Access.Writes any -> {}
                case Access.Removes(Path path) -> writing(path, place, all);
                case Access.Contacts contacts ->
                        HostPattern.host(contacts.url())
                                .ifPresent(host -> all.add(contacting(call.tool(), host)));
                case Access.Runs any -> {}
                case Access.Session any -> {}
                case Access.Fenced any -> {}
            }
        }
        return all.stream().distinct().toList();
    }

    private static PermissionUpdate reading(Path path) {
        return rule(new Rule("Read", PathPattern.of(folder(path)) + "/**"), Destination.SESSION);
    }

    private static void writing(Path path, Place place, List<PermissionUpdate> all) {
        all.add(new PermissionUpdate.SetMode(PermissionMode.ACCEPT_EDITS, Destination.SESSION));
        if (!place.holds(path)) {
            all.add(
                    new PermissionUpdate.AddDirectories(
                            List.of(folder(path)), Destination.SESSION));
        }
    }

    private static PermissionUpdate contacting(String tool, String host) {
        return rule(new Rule(tool, "domain:" + host), Destination.LOCAL_SETTINGS);
    }

    /// Rules for the programs of a command line; none when one of them can't be named in a rule.
    private static void running(ToolCall call, List<PermissionUpdate> all) {
        var programs =
                call.accesses().stream()
                        .filter(Access.Runs.class::isInstance)
                        .map(Access.Runs.class::cast)
                        .filter(runs -> runs.nature() != Nature.READS)
                        .toList();
        if (programs.isEmpty() || !programs.stream().allMatch(CommandPattern::isNameable)) {
            return;
        }
        var rules =
                programs.stream()
                        .map(runs -> new Rule(call.tool(), CommandPattern.general(runs)))
                        .distinct()
                        .limit(RULES)
                        .toList();
        all.add(new PermissionUpdate.AddRules(rules, Behavior.ALLOW, Destination.LOCAL_SETTINGS));
        var changed =
                programs.stream()
                        .filter(runs -> runs.nature() == Nature.EDITS)
                        .flatMap(runs -> runs.files().stream())
                        .filter(file -> !(file instanceof Access.Reads))
                        .map(Suggestions::path)
                        .flatMap(Optional::stream)
                        .map(Suggestions::folder)
                        .distinct()
                        .toList();
        if (!changed.isEmpty()) {
            all.add(new PermissionUpdate.AddDirectories(changed, Destination.SESSION));
            all.add(new PermissionUpdate.SetMode(PermissionMode.ACCEPT_EDITS, Destination.SESSION));
        }
    }

    /// The file or folder that an access is about.
    static Optional<Path> path(Access access) {
        return switch (access) {
            case Access.Reads(Path path) -> Optional.of(path);
            case Access.Scans(Path path) -> Optional.of(path);
            case Access.Writes(Path path) -> Optional.of(path);
            case Access.Removes(Path path) -> Optional.of(path);
            case Access.Runs any -> Optional.empty();
            case Access.Contacts any -> Optional.empty();
            case Access.Session any -> Optional.empty();
            case Access.Fenced any -> Optional.empty();
        };
    }

    private static PermissionUpdate rule(Rule rule, Destination to) {
        return new PermissionUpdate.AddRules(List.of(rule), Behavior.ALLOW, to);
    }

    private static Path folder(Path path) {
        return path.getParent() == null ? path : path.getParent();
    }
}
