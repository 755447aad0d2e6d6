package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import org.jspecify.annotations.Nullable;

/// A call that has no result yet. `started` is null until it was about to run.
public record PendingCall(ContentBlock.ToolUse use, Event.@Nullable ToolStarted started) {}
