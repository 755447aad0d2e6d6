package dev.bowline.permission;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why the policy asks about a call, and which updates would make it ask no more.
///
/// - `blockedPath`: the file that a command would change, absolute, or null
/// - `askRule`: the rule that asks, or null
public record Grounds(
        ReasonType type,
        @Nullable Path blockedPath,
        @Nullable Rule askRule,
        List<PermissionUpdate> suggestions) {
    public Grounds {
        suggestions = List.copyOf(suggestions);
    }
}
