package dev.bowline.project.hook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// On which terms a handler runs.
///
/// - `only`: a permission rule; it runs for calls that the rule is about. Null for all events
/// - `timeout`: how long it may take, or null for the event's usual time
/// - `once`: once in each session
/// - `blocks`: failing or taking too long refuses what the event is about
/// - `status`: what to show while it runs, or null
public record Terms(
        @Nullable String only,
        @Nullable Duration timeout,
        boolean once,
        boolean blocks,
        @Nullable String status) {}
