package dev.bowline.loop;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Listens to a message being made, so that what was said is kept when the turn is interrupted in
/// the middle.
final class Speech implements Consumer<StreamEvent> {
    private final Supplier<UUID> ids;
    private final BiConsumer<UUID, StreamEvent> onward;
    private final List<ContentBlock> whole = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private UUID entry;
    private String messageId = "";
    private @Nullable String requestId;
    private Usage usage = Usage.NONE;
    private Usage lost = Usage.NONE;

    Speech(Supplier<UUID> ids, BiConsumer<UUID, StreamEvent> onward) {
        this.ids = ids;
        this.onward = onward;
        this.entry = ids.get();
    }

    @Override
    public void accept(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta(int index, String text) -> partial.append(text);
            case StreamEvent.MessageStarted started -> {
                restart();
                messageId = started.messageId();
                requestId = started.requestId();
                usage = started.usage();
            }
            case StreamEvent.BlockStopped(int index, ContentBlock block) -> {
                partial.setLength(0);
                if (!(block instanceof ContentBlock.ToolUse)) {
                    whole.add(block);
                }
            }
            case StreamEvent.Retrying again -> anew();
            case StreamEvent.FellBack other -> anew();
            case StreamEvent.BlockStarted any -> {}
            case StreamEvent.ThinkingDelta any -> {}
            case StreamEvent.SignatureDelta any -> {}
            case StreamEvent.InputDelta any -> {}
            case StreamEvent.MessageEnding any -> {}
            case StreamEvent.MessageStopped any -> {}
        }
        onward.accept(entry, event);
    }

    private void anew() {
        restart();
        entry = ids.get();
    }

    private void restart() {
        lost = lost.plus(usage);
        whole.clear();
        partial.setLength(0);
        messageId = "";
        requestId = null;
        usage = Usage.NONE;
    }

    /// The id that the message's entry will have.
    UUID entry() {
        return entry;
    }

    String messageId() {
        return messageId;
    }

    @Nullable String requestId() {
        return requestId;
    }

    Usage usage() {
        return usage;
    }

    /// What attempts used that were broken off and repeated.
    Usage lost() {
        return lost;
    }

    /// What was said so far: finished blocks but calls, and the text that was being typed.
    List<ContentBlock> soFar() {
        var said = new ArrayList<>(whole);
        if (!partial.toString().isBlank()) {
            said.add(new ContentBlock.Text(partial.toString()));
        }
        return said.stream().anyMatch(ContentBlock.Text.class::isInstance) ? said : List.of();
    }
}
