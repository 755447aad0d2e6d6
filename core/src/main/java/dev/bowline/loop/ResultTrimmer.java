package dev.bowline.loop;

import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Makes a result fit for the model: not empty, and no longer than the limit; what is longer is
/// kept in full beside the session.
final class ResultTrimmer {
    /// How much of a long result the model sees.
    private static final int PREVIEW = 2_000;

    private final int limit;

    ResultTrimmer(int limit) {
        this.limit = limit;
    }

    ToolResult trim(ToolContext context, ToolResult result) {
        long length =
                result.content().stream()
                        .mapToLong(block ->
                                block instanceof ContentBlock.Text text ? text.text().length() : 0)
                        .sum();
        if (length > limit) {
            return with(result, shortened(context, result));
        }
        boolean empty =
                result.content().stream()
                        .allMatch(block ->
                                block instanceof ContentBlock.Text text && text.text().isBlank());
        return empty ? with(result, List.of(new ContentBlock.Text("(no output)"))) : result;
    }

    private static List<ContentBlock> shortened(ToolContext context, ToolResult result) {
        var text =
                result.content().stream()
                        .filter(ContentBlock.Text.class::isInstance)
                        .map(block -> ((ContentBlock.Text) block).text())
                        .collect(Collectors.joining("\n"));
        var where = keep(context, text);
        var preview =
                new ContentBlock.Text(
                        "<persisted-output>\nOutput too large ("
                                + text.length()
                                + " characters). "
                                + where
                                + "\n\nPreview (first "
                                + PREVIEW
                                + " characters):\n"
                                + text.substring(
                                        0,
                                        text.offsetByCodePoints(
                                                0, text.codePointCount(0, PREVIEW - 1)))
                                + "\n</persisted-output>");
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(preview),
                        result.content().stream()
                                .filter(block -> !(block instanceof ContentBlock.Text)))
                .toList();
    }

    private static String keep(ToolContext context, String text) {
        Path file =
                context.resultsDirectory()
                        .resolve(context.toolUseId().replaceAll("[^A-Za-z0-9_-]", "_") + ".txt");
        try {
            Files.writeString(file, text);
            return "Full output saved to: " + file;
        } catch (IOException e) {
            return "The full output could not be saved to " + file + ": " + e.getMessage();
        }
    }

    private static ToolResult with(ToolResult result, List<ContentBlock> content) {
        return switch (result) {
            case ToolResult.Success success ->
                    new ToolResult.Success(content, success.structured());
            case ToolResult.Failure failure ->
                    new ToolResult.Failure(failure.code(), content, failure.structured());
        };
    }
}
