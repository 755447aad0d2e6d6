package dev.bowline.memory;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import java.util.List;

/// What of the conversation the model sees. Gets valid messages (alternating, every call answered)
/// and must return valid ones.
@FunctionalInterface
public interface ContextStrategy {
    List<Message> select(List<Message> conversation);

    /// Everything.
    static ContextStrategy full() {
        return conversation -> conversation;
    }

    /// At least the last `messages` messages, cut where a prompt begins so that no call is
    /// separated from its result.
    static ContextStrategy window(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException(
                    "a window of " + messages + " messages shows nothing; use at least 1");
        }
        return conversation -> {
            int from = Math.max(0, conversation.size() - messages);
            while (from > 0 && !beginsTurn(conversation.get(from))) {
                from--;
            }
            return conversation.subList(from, conversation.size());
        };
    }

    private static boolean beginsTurn(Message message) {
        return message.role() == Role.USER
                && message.content().stream().noneMatch(ContentBlock.ToolResult.class::isInstance);
    }
}
