package dev.bowline.testkit.api;

/// The script has nothing to say to this request: a 500 that asks not to be retried, noted as a
/// failure of the test.
///
/// @param why one sentence, sent to the client as well
public record Unscripted(String why) implements FakeReply {}
