package dev.bowline.testkit.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the fake API answers to one request. Import the factories statically:
///
/// ```java
/// api.reply(toolUse("Read", "{\"file_path\":\"a.txt\"}"))
///    .reply(error(529).retryAfterMillis(10), text("done").disconnectAfter(3, Cut.RESET));
/// ```
///
/// Replies are immutable and may be served any number of times, also at the same time.
public sealed interface FakeReply permits MessageReply, ErrorReply, NoAnswer, RawReply, Unscripted {
    /// One text block, sent in up to four deltas.
    static MessageReply text(String text) {
        return MessageReply.of(new ReplyBlock.Text(text, 4));
    }

    /// One text block, sent in a number of deltas.
    static MessageReply text(String text, int deltas) {
        return MessageReply.of(new ReplyBlock.Text(text, deltas));
    }

    /// A text block of exactly that many deltas with that many ASCII characters each.
    static MessageReply filler(int deltas, int characters) {
        return text(
                "abcdefgh ".repeat(deltas * characters / 9 + 1).substring(0, deltas * characters),
                deltas);
    }

    /// One tool call; the input is sent as it is, valid JSON or not.
    static MessageReply toolUse(String name, String input) {
        return empty().withToolUse(name, input);
    }

    /// One tool call with an input of strings, numbers, booleans, lists and maps.
    static MessageReply toolUse(String name, Map<String, ?> input) {
        return empty().withToolUse(name, input);
    }

    /// A signed thinking block; more blocks usually follow.
    static MessageReply thinking(String text) {
        return empty().withThinking(text);
    }

    /// An encrypted thinking block; more blocks usually follow.
    static MessageReply redactedThinking() {
        return empty().withRedactedThinking();
    }

    /// A reply that ends the turn without content.
    static MessageReply empty() {
        return new MessageReply(List.of(), null, null, null, null, List.of());
    }

    /// A refusal as the service reports it: stop reason `refusal` with details.
    static MessageReply refusal(@Nullable String category, @Nullable String explanation) {
        return empty().refused(category, explanation);
    }

    /// An HTTP error with the service's error type for that status.
    static ErrorReply error(int status) {
        return ErrorReply.of(status);
    }

    /// An HTTP error with a message of the test's choice.
    static ErrorReply error(int status, String message) {
        return ErrorReply.of(status).message(message);
    }

    /// The 400 of a conversation that does not fit the context window.
    static ErrorReply promptTooLong(int tokens, int maximum) {
        return error(400, "prompt is too long: " + tokens + " tokens > " + maximum + " maximum");
    }

    /// No answer at all until the client leaves or the server is closed.
    static FakeReply noAnswer() {
        return new NoAnswer(null);
    }

    /// No answer at all; the connection is closed without a byte once the gate opens.
    static FakeReply noAnswer(Gate gate) {
        return new NoAnswer(gate);
    }

    /// Status, headers and body as they are.
    static FakeReply raw(int status, Map<String, String> headers, String body) {
        return new RawReply(
                status, headers, List.of(new RawReply.Part(java.time.Duration.ZERO, body)), false);
    }
}
