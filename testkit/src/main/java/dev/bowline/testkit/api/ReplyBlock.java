package dev.bowline.testkit.api;

import org.jspecify.annotations.Nullable;

/// One content block of a scripted reply.
public sealed interface ReplyBlock {
    /// Text, sent in a number of deltas of about equal length (cut between code points).
    ///
    /// @param deltas at least 1; a text shorter than that is sent in fewer
    record Text(String text, int deltas) implements ReplyBlock {
        /// Checks the number of deltas.
        public Text {
            atLeastOne(deltas);
        }
    }

    /// A thinking block. Without a signature of its own it gets one computed from the text.
    record Thinking(String text, @Nullable String signature, int deltas) implements ReplyBlock {
        /// Checks the number of deltas.
        public Thinking {
            atLeastOne(deltas);
        }
    }

    /// An encrypted thinking block, sent whole.
    record RedactedThinking(String data) implements ReplyBlock {}

    /// A tool call. The input is sent as it is, so it may be broken JSON. Without an id of its own
    /// it gets a new one each time it is served.
    record ToolUse(@Nullable String id, String name, String input, int deltas)
            implements ReplyBlock {
        /// Checks the number of deltas.
        public ToolUse {
            atLeastOne(deltas);
        }
    }

    /// Any other block as JSON, sent whole in its start event: server tools and kinds not invented
    /// yet.
    record Raw(String json) implements ReplyBlock {}

    private static void atLeastOne(int deltas) {
        if (deltas < 1) {
            throw new IllegalArgumentException("a block needs at least 1 delta, not " + deltas);
        }
    }
}
