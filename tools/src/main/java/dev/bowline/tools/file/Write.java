package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import dev.bowline.tools.option.ToolOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/// Writes a whole file, replacing it atomically.
final class Write extends Changing {
    /// Larger files are replaced without telling the difference.
    private static final int MAX_COMPARED = 512 << 10;

    private static final int MARK_BYTES = 3;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "Write",
                    """
                    Writes a file, making missing folders and replacing what was there. Read a file that exists first. \
                    Prefer Edit to change parts of a file.\
                    """,
                    Schema.object()
                            .required(
                                    "file_path",
                                    "string",
                                    "The file, absolute or relative to the working directory.")
                            .required("content", "string", "The whole new content.")
                            .build());

    private final ToolOptions options;

    Write(ToolOptions options) {
        super(DEFINITION, "file_path");
        this.options = options;
    }

    @Override
    ToolResult change(Target target, Input in, ToolContext context) throws IOException {
        var content = in.text("content");
        return target.exists()
                ? update(target, content, context)
                : create(target, content, context);
    }

    private static ToolResult create(Target target, String content, ToolContext context)
            throws IOException {
        Change.write(target, TextFormat.UTF_8.encode(content), context);
        var result = Change.ordered();
        result.put("type", "create");
        result.put("filePath", target.asked().toString());
        result.put("content", Change.repeated(content));
        result.put("structuredPatch", List.of());
        result.put("originalFile", Json.NULL);
        result.put("userModified", false);
        return ToolResult.of(
                "File created: "
                        + target.asked()
                        + " (its state is known; no need to read it back).",
                Json.of(result));
    }

    private ToolResult update(Target target, String content, ToolContext context)
            throws IOException {
        long size = target.regular().size();
        if (!Files.isWritable(target.real())) {
            throw new FileProblem("The file " + target.asked() + " is read-only; it is unchanged.");
        }
        Change.mayOverwrite(target, options.readBeforeOverwrite(), context);
        var result = Change.ordered();
        result.put("type", "update");
        result.put("filePath", target.asked().toString());
        result.put("content", Change.repeated(content));
        var format = TextFormat.UTF_8;
        if (size <= MAX_COMPARED && content.length() <= MAX_COMPARED) {
            var old = target.bytes();
            var oldFormat = TextFormat.of(old);
            format = oldFormat.charset().equals(StandardCharsets.ISO_8859_1) ? format : oldFormat;
            var before = oldFormat.decode(old);
            result.put("structuredPatch", Patch.of(before, content));
            Change.putOriginal(result, before);
        } else {
            try (var old = target.open()) {
                format = TextFormat.byMark(old.readNBytes(MARK_BYTES));
            }
            result.put("structuredPatch", List.of());
            result.put("originalFile", Json.NULL);
        }
        result.put("userModified", false);
        Change.write(target, format.encode(content), context);
        return ToolResult.of(
                "File replaced: "
                        + target.asked()
                        + " (its state is known; no need to read it back).",
                Json.of(result));
    }
}
