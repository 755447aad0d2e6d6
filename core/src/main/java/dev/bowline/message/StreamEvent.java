package dev.bowline.message;

import dev.bowline.error.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a model says while it is still speaking. One message is: [MessageStarted], per block
/// [BlockStarted], deltas, [BlockStopped], then [MessageEnding], [MessageStopped]. Nothing of it is
/// durable; the finished message supersedes it.
public sealed interface StreamEvent {
    /// `requestId` is the service's name for the request, or null.
    record MessageStarted(String messageId, String model, Usage usage, @Nullable String requestId)
            implements StreamEvent {
        /// The start of a message whose request has no name.
        public MessageStarted(String messageId, String model, Usage usage) {
            this(messageId, model, usage, null);
        }
    }

    /// `block` is the empty form of what follows: text "", thinking "", a tool use with input `{}`.
    record BlockStarted(int index, ContentBlock block) implements StreamEvent {}

    record TextDelta(int index, String text) implements StreamEvent {}

    record ThinkingDelta(int index, String thinking) implements StreamEvent {}

    record SignatureDelta(int index, String signature) implements StreamEvent {}

    /// A piece of a tool input's JSON text.
    record InputDelta(int index, String partialJson) implements StreamEvent {}

    /// `block` is the whole block.
    record BlockStopped(int index, ContentBlock block) implements StreamEvent {}

    record MessageEnding(
            @Nullable StopReason stopReason, @Nullable String stopSequence, Usage usage)
            implements StreamEvent {}

    record MessageStopped() implements StreamEvent {}

    /// A call failed and is repeated after `delay`; what was streamed of it is void. `status` is
    /// the HTTP status or null.
    record Retrying(
            int attempt, int maxRetries, Duration delay, @Nullable Integer status, String error)
            implements StreamEvent {}

    /// The model `from` did not answer, so `to` is asked from now on; what was streamed is void.
    /// `reason` is the failure's code, `error` says it in words.
    record FellBack(String from, String to, ErrorCode reason, String error)
            implements StreamEvent {}
}
