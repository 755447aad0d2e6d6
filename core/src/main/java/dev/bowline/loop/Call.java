package dev.bowline.loop;

import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.Access;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.PendingCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call on its way through the stages. The first stage that sets `answer` ends it: the later ones
/// are skipped. `ending` is how the turn ends after it, or null.
final class Call {
    final PendingCall pending;
    final ToolContext context;
    Json input;

    /// What the call would touch, as it was when permission was decided.
    List<Access> accesses = List.of();

    @Nullable Tool tool;
    @Nullable ToolResult answer;
    Ruling hookRuling = Ruling.NONE;
    @Nullable String hookReason;
    boolean hookInput;
    @Nullable Outcome ending;

    /// Whether the turn may end with the call left for the next one.
    boolean mayWait;

    Call(PendingCall pending, ToolContext context) {
        this.pending = pending;
        this.context = context;
        this.input = pending.use().input();
    }

    ContentBlock.ToolUse use() {
        return pending.use();
    }

    String name() {
        return pending.use().name();
    }

    /// The tool, once it was found.
    Tool found() {
        if (tool == null) {
            throw new IllegalStateException("no tool was found for " + name());
        }
        return tool;
    }
}
