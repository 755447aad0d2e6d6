package dev.bowline.checks;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A package of `core` with its subpackages, and what it may use: whole rooms (`tool`) or single
/// types of one (`permission.Decision`, nested types included). The front door is the room without
/// a name.
enum Room {
    JSON(""),
    ERROR(""),
    TIME(""),
    MESSAGE("json error time"),
    TOOL("message json error time"),
    MODEL("message json error time"),
    PERMISSION("tool message json error time"),
    HOOK("permission.PermissionUpdate tool message json error time"),
    TRANSCRIPT(
            "permission.Decision permission.PermissionUpdate tool.Effect message json error time"),
    BUDGET("transcript permission hook tool model message json error time"),
    MEMORY("transcript budget permission hook tool model message json error time"),
    SUBAGENT("memory transcript budget permission hook tool model message json error time"),
    LOOP("subagent memory transcript budget permission hook tool model message json error time"),
    FRONT_DOOR(
            "loop subagent memory transcript budget permission hook tool model message json error time");

    private final Set<String> mayUse;

    Room(String mayUse) {
        this.mayUse = new HashSet<>(Arrays.asList(mayUse.split(" ")));
    }

    /// The room of a package below `base`; empty when the table has no such room.
    static Optional<Room> of(String base, String packageName) {
        if (packageName.equals(base)) {
            return Optional.of(FRONT_DOOR);
        }
        var name = packageName.substring(base.length() + 1).split("\\.")[0];
        return Arrays.stream(values())
                .filter(room -> room != FRONT_DOOR && room.folder().equals(name))
                .findFirst();
    }

    /// Whether this room may use a type of another.
    ///
    /// @param type the outermost type's simple name
    boolean mayUse(Room other, String type) {
        return other == this
                || mayUse.contains(other.folder())
                || mayUse.contains(other.folder() + "." + type);
    }

    private String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
