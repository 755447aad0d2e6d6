package dev.bowline.memory;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.util.List;

/// Guesses how many tokens something takes: 3.5 characters each, 1,500 for an image.
public final class Tokens {
    private static final double CHARACTERS = 3.5;
    private static final long IMAGE = 1_500;

    private Tokens() {}

    public static long of(String text) {
        return Math.round(Math.ceil(text.length() / CHARACTERS));
    }

    public static long of(Json json) {
        return of(json.text());
    }

    public static long of(List<ContentBlock> content) {
        return content.stream().mapToLong(Tokens::of).sum();
    }

    private static long of(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> of(text.text());
            case ContentBlock.Image image -> IMAGE;
            case ContentBlock.Document document -> of(document.data()) * 3 / 4;
            case ContentBlock.Thinking thinking -> of(thinking.thinking());
            case ContentBlock.RedactedThinking thinking -> of(thinking.data());
            case ContentBlock.ToolUse use -> of(use.name()) + of(use.input());
            case ContentBlock.ToolResult result -> of(result.content());
            case ContentBlock.Unknown unknown -> of(unknown.raw());
        };
    }
}
