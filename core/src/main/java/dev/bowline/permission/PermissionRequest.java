package dev.bowline.permission;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call that wants to run. `input` is what will run, after every hook.
///
/// - `reason`, `reasonType`: why it is asked, for people and for programs
/// - `suggestions`: updates that would make calls like this run without asking; send one back with
///   [Decision.Allow] to accept it. None where nothing would, as with an ask rule
/// - `blockedPath`: the file that a command would change, or null
/// - `matchedRule`: the ask rule that asks, or null
public record PermissionRequest(
        String sessionId,
        String toolUseId,
        String tool,
        Json input,
        List<Access> accesses,
        String reason,
        ReasonType reasonType,
        List<PermissionUpdate> suggestions,
        @Nullable Path blockedPath,
        @Nullable MatchedRule matchedRule) {
    /// An ask rule and where it came from.
    public record MatchedRule(Rule rule, PermissionUpdate.Destination source) {}

    public PermissionRequest {
        accesses = List.copyOf(accesses);
        suggestions = List.copyOf(suggestions);
    }

    /// A question with nothing but a reason.
    public PermissionRequest(
            String sessionId,
            String toolUseId,
            String tool,
            Json input,
            List<Access> accesses,
            String reason) {
        this(
                sessionId,
                toolUseId,
                tool,
                input,
                accesses,
                reason,
                ReasonType.NONE,
                List.of(),
                null,
                null);
    }
}
