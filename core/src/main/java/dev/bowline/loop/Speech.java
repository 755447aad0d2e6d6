package dev.bowline.loop;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Listens to a message being made, so that what was said is kept when the turn is interrupted in
/// the middle.
final class Speech implements Consumer<StreamEvent> {
    private final Consumer<? super StreamEvent> onward;
    private final List<ContentBlock> whole = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private String messageId = "";
    private Usage usage = Usage.NONE;
    private Usage lost = Usage.NONE;

    Speech(Consumer<? super StreamEvent> onward) {
        this.onward = onward;
    }

    @Override
    public void accept(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta(int index, String text) -> partial.append(text);
            case StreamEvent.MessageStarted started -> {
                restart();
                messageId = started.messageId();
                usage = started.usage();
            }
            case StreamEvent.BlockStopped(int index, ContentBlock block) -> {
                partial.setLength(0);
                if (!(block instanceof ContentBlock.ToolUse)) {
                    whole.add(block);
                }
            }
            case StreamEvent.Retrying again -> restart();
            case StreamEvent.BlockStarted any -> {}
            case StreamEvent.ThinkingDelta any -> {}
            case StreamEvent.SignatureDelta any -> {}
            case StreamEvent.InputDelta any -> {}
            case StreamEvent.MessageEnding any -> {}
            case StreamEvent.MessageStopped any -> {}
        }
        onward.accept(event);
    }

    private void restart() {
        lost = lost.plus(usage);
        whole.clear();
        partial.setLength(0);
        messageId = "";
        usage = Usage.NONE;
    }

    String messageId() {
        return messageId;
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
