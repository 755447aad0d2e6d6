package dev.bowline.model;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer. `model` is the one that answered, `requestId` the service's name for the
/// exchange or null, `stopDetails` what the service says about a refusal or null.
public record ModelReply(
        String messageId,
        String model,
        List<ContentBlock> content,
        StopReason stopReason,
        @Nullable Json stopDetails,
        Usage usage,
        @Nullable String requestId) {
    public ModelReply {
        content = List.copyOf(content);
    }

    public static ModelReply of(
            String messageId,
            String model,
            List<ContentBlock> content,
            StopReason stopReason,
            Usage usage) {
        return new ModelReply(messageId, model, content, stopReason, null, usage, null);
    }
}
