package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import java.io.IOException;
import java.util.LinkedHashMap;

/// Reading text: which lines, how many of them, and what is said about the rest.
final class TextRead {
    /// About 25,000 tokens.
    private static final int MAX_CHARS = 100_000;

    private static final int CHARS_PER_TOKEN = 4;
    private static final int LARGE = 10;

    private TextRead() {}

    static ToolResult of(Input in, Target target, long size, TextFormat format, ToolContext context)
            throws IOException {
        boolean whole = in.number("offset").isEmpty() && in.number("limit").isEmpty();
        long first = Math.max(1, in.number("offset").orElse(1));
        int chars = budget(context) * (in.flag("allow_large") ? LARGE : 1);
        var modified = target.regular().lastModifiedTime();
        var page =
                TextPage.read(
                        target,
                        size,
                        format,
                        new TextPage.Wanted(
                                first, in.number("limit").orElse(Long.MAX_VALUE), chars));
        if (page.full() && !whole) {
            throw new FileProblem(
                    "The lines asked for are more than "
                            + chars
                            + " characters; ask for fewer with limit (line "
                            + (first + page.lines().size())
                            + " is the first that does not fit).");
        }
        var view =
                page.full()
                        ? FileMemory.View.PARTIAL
                        : page.counted() && page.lines().size() == page.total()
                                ? FileMemory.View.WHOLE
                                : FileMemory.View.RANGE;
        FileMemory.of(context)
                .remember(target.real(), new FileMemory.Seen(modified, size, page.hash(), view));
        return result(target, size, page);
    }

    private static int budget(ToolContext context) {
        var tokens =
                context.environment().getOrDefault("CLAUDE_CODE_FILE_READ_MAX_OUTPUT_TOKENS", "");
        return tokens.matches("[1-9][0-9]{0,6}")
                ? Math.min(Integer.parseInt(tokens), 1_000_000) * CHARS_PER_TOKEN
                : MAX_CHARS;
    }

    private static ToolResult result(Target target, long size, TextPage page) {
        boolean empty = isEmpty(size, page);
        var file = new LinkedHashMap<String, Object>();
        file.put("filePath", target.asked().toString());
        file.put("content", empty ? "" : String.join("\n", page.lines()));
        file.put("numLines", empty ? 1 : page.lines().size());
        file.put("startLine", page.first());
        file.put("totalLines", empty ? 1 : page.total());
        if (page.full()) {
            file.put("truncatedByTokenCap", true);
        }
        var structured = new LinkedHashMap<String, Object>();
        structured.put("type", "text");
        structured.put("file", file);
        return ToolResult.of(text(target, size, page), Json.of(structured));
    }

    /// Files of `/proc` have content although their size is 0.
    private static boolean isEmpty(long size, TextPage page) {
        return size == 0 && page.total() <= 1 && page.lines().stream().allMatch(String::isEmpty);
    }

    private static String text(Target target, long size, TextPage page) {
        if (isEmpty(size, page)) {
            return "Warning: the file " + target.asked() + " exists but is empty.";
        }
        if (page.lines().isEmpty()) {
            return "Warning: the file is shorter than the offset "
                    + page.first()
                    + "; it has "
                    + page.total()
                    + " lines.";
        }
        return page.full()
                ? page.numbered()
                        + "\n\nPARTIAL view: only lines 1 to "
                        + page.lines().size()
                        + " of "
                        + (page.counted() ? "" : "more than ")
                        + page.total()
                        + " are shown because the file is large. Read the rest with offset and limit, or search it."
                : page.numbered();
    }
}
