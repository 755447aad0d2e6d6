package dev.bowline;

import dev.bowline.message.ContentBlock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// What a caller says. `id` names it in the transcript; `source` says where it came from, for the
/// record.
public record Prompt(UUID id, List<ContentBlock> content, Priority priority, String source) {
    /// When a prompt runs that comes while a turn is under way.
    public enum Priority {
        /// Interrupts that turn.
        NOW,
        /// Joins that turn before its next model call.
        NEXT,
        /// Has a turn of its own afterwards.
        LATER;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Prompt {
        content = List.copyOf(content);
    }

    public static Prompt of(String text) {
        return new Prompt(
                UUID.randomUUID(), List.of(new ContentBlock.Text(text)), Priority.LATER, "user");
    }

    public static Prompt of(String text, Priority priority) {
        return new Prompt(
                UUID.randomUUID(), List.of(new ContentBlock.Text(text)), priority, "user");
    }
}
