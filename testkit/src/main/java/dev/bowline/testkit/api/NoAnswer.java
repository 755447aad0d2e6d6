package dev.bowline.testkit.api;

import org.jspecify.annotations.Nullable;

/// Silence: the request is read and checked, then nothing comes back.
///
/// @param gate when it opens the connection is closed; null waits for the client to leave
public record NoAnswer(@Nullable Gate gate) implements FakeReply {}
