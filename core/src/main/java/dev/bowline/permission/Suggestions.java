package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What would make a call run without asking, narrow things first.
final class Suggestions {
    /// How many rules are suggested for one command line.
    private static final int RULES = 5;

    private Suggestions() {}

    static List<PermissionUpdate> of(String tool, List<Access> accesses, Place place) {
        if (accesses.isEmpty()) {
            return List.of(PermissionUpdate.allow(Destination.LOCAL_SETTINGS, tool));
        }
        var all = new ArrayList<PermissionUpdate>();
        for (var access : accesses) {
            switch (access) {
                case Access.Reads(Path path) when !place.holds(path) -> all.add(reading(path));
                case Access.Reads any -> {}
                case Access.Writes(Path path) -> writing(path, place, all);
                case Access.Scans(Path path) when !place.holds(path) -> all.add(reading(path));
                case Access.Scans any -> {}
                case Access.Removes(Path path) -> writing(path, place, all);
                case Access.Runs runs when runs.nature() != Access.Nature.READS ->
                        running(tool, runs.source(), place, all);
                case Access.Runs any -> {}
                case Access.Contacts contacts ->
                        HostPattern.host(contacts.url())
                                .ifPresent(host -> all.add(contacting(tool, host)));
                case Access.Session any -> {}
            }
        }
        return all.stream().distinct().toList();
    }

    private static PermissionUpdate reading(Path path) {
        return rule(new Rule("Read", "/" + folder(path) + "/**"), Destination.SESSION);
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

    private static void running(
            String tool, String command, Place place, List<PermissionUpdate> all) {
        if (CommandPattern.isNested(command)) {
            return;
        }
        var pieces = CommandPattern.pieces(command);
        var rules =
                pieces.stream()
                        .map(piece -> new Rule(tool, CommandPattern.general(piece)))
                        .distinct()
                        .limit(RULES)
                        .toList();
        all.add(new PermissionUpdate.AddRules(rules, Behavior.ALLOW, Destination.LOCAL_SETTINGS));
        var changed =
                pieces.stream()
                        .map(piece -> CommandPattern.changedFile(piece, place.project()))
                        .flatMap(Optional::stream)
                        .map(Suggestions::folder)
                        .distinct()
                        .toList();
        if (!changed.isEmpty()) {
            all.add(new PermissionUpdate.AddDirectories(changed, Destination.SESSION));
            all.add(new PermissionUpdate.SetMode(PermissionMode.ACCEPT_EDITS, Destination.SESSION));
        }
    }

    private static PermissionUpdate rule(Rule rule, Destination to) {
        return new PermissionUpdate.AddRules(List.of(rule), Behavior.ALLOW, to);
    }

    private static Path folder(Path path) {
        return path.getParent() == null ? path : path.getParent();
    }
}
