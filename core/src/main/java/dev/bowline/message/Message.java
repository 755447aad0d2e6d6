package dev.bowline.message;

import java.util.List;

/// One message of a conversation. The list is immutable and never empty for what is sent to a
/// model.
public record Message(Role role, List<ContentBlock> content) {
    public Message {
        content = List.copyOf(content);
    }

    public static Message user(String text) {
        return new Message(Role.USER, List.of(new ContentBlock.Text(text)));
    }

    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, List.of(new ContentBlock.Text(text)));
    }

    /// All text blocks, joined without a separator.
    public String text() {
        return ContentBlock.text(content);
    }
}
