package dev.bowline.tools.offline;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelReply;
import java.util.List;
import java.util.function.Consumer;

/// Says a reply piece by piece, as a model that streams does.
final class Speech {
    private static final int PIECE = 40;

    private final Consumer<? super StreamEvent> events;

    Speech(Consumer<? super StreamEvent> events) {
        this.events = events;
    }

    void say(ModelReply reply) throws InterruptedException {
        events.accept(
                new StreamEvent.MessageStarted(
                        reply.messageId(),
                        reply.model(),
                        Usage.of(reply.usage().inputTokens(), 1)));
        List<ContentBlock> content = reply.content();
        for (int i = 0; i < content.size(); i++) {
            block(i, content.get(i));
        }
        events.accept(new StreamEvent.MessageEnding(reply.stopReason(), null, reply.usage()));
        events.accept(new StreamEvent.MessageStopped());
    }

    private void block(int index, ContentBlock block) throws InterruptedException {
        switch (block) {
            case ContentBlock.Text text -> {
                events.accept(new StreamEvent.BlockStarted(index, new ContentBlock.Text("")));
                for (int at = 0; at < text.text().length(); ) {
                    int end = pieceEnd(text.text(), at);
                    alive();
                    events.accept(new StreamEvent.TextDelta(index, text.text().substring(at, end)));
                    at = end;
                }
            }
            case ContentBlock.ToolUse use -> {
                events.accept(
                        new StreamEvent.BlockStarted(
                                index,
                                new ContentBlock.ToolUse(use.id(), use.name(), Json.EMPTY_OBJECT)));
                alive();
                events.accept(new StreamEvent.InputDelta(index, use.input().text()));
            }
            case ContentBlock.Image any -> {}
            case ContentBlock.Document any -> {}
            case ContentBlock.Thinking any -> {}
            case ContentBlock.RedactedThinking any -> {}
            case ContentBlock.ToolResult any -> {}
            case ContentBlock.Unknown any -> {}
        }
        events.accept(new StreamEvent.BlockStopped(index, block));
    }

    /// The end of the next piece: whole words, never half a character.
    private static int pieceEnd(String text, int start) {
        int end = Math.min(text.length(), start + PIECE);
        if (end == text.length()) {
            return end;
        }
        int blank = text.lastIndexOf(' ', end);
        end = blank > start ? blank : end;
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
    }

    private static void alive() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the answer was interrupted");
        }
    }

    static StopReason stopReason(List<ContentBlock> content) {
        return content.stream().anyMatch(block -> block instanceof ContentBlock.ToolUse)
                ? StopReason.TOOL_USE
                : StopReason.END_TURN;
    }
}
