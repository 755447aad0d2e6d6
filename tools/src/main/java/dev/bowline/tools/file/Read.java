package dev.bowline.tools.file;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a file: text with line numbers, images, PDF documents, notebooks. Limits and results:
/// docs/tools.md.
final class Read implements Tool {
    private static final int START_BYTES = 8192;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "Read",
                    """
                    Reads a file. Text comes with line numbers, as number, tab, line; about 25,000 tokens fit into one \
                    result, so read parts of a large file with offset and limit. Also shows images (png, jpg, gif, webp), \
                    PDF documents and Jupyter notebooks. Directories and binary files are refused.\
                    """,
                    Schema.object()
                            .required(
                                    "file_path",
                                    "string",
                                    "The file, absolute or relative to the working directory.")
                            .optional(
                                    "offset", "integer", "The first line to show, counted from 1.")
                            .optional("limit", "integer", "How many lines to show.")
                            .optional(
                                    "pages",
                                    "string",
                                    "Pages of a PDF such as \"3\" or \"1-5\", at most 20.")
                            .optional(
                                    "allow_large",
                                    "boolean",
                                    "Show up to ten times as much as usual.")
                            .build());

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return Target.decide(Input.of(input).text("file_path"), context).stream()
                .<Access>map(Access.Reads::new)
                .toList();
    }

    @Override
    public Optional<String> validate(Json input, ToolContext context) {
        var in = Input.of(input);
        for (var name : List.of("offset", "limit")) {
            var number = in.number(name);
            if (number.isPresent() && number.getAsLong() < (name.equals("limit") ? 1 : 0)) {
                return Optional.of(
                        "field \"" + name + "\" must be positive, not " + number.getAsLong());
            }
        }
        return Target.problem(in.text("file_path"), context);
    }

    @Override
    public ToolResult call(Json input, ToolContext context) {
        var problem = validate(input, context);
        if (problem.isPresent()) {
            return ToolResult.failure(ErrorCode.TOOL_INPUT_INVALID, problem.get());
        }
        var in = Input.of(input);
        try {
            var target = Target.of(in.text("file_path"), context);
            if (!target.exists()) {
                return ToolResult.failure(Similar.missing(target, context));
            }
            return read(in, target, context);
        } catch (FileProblem e) {
            return ToolResult.failure(String.valueOf(e.getMessage()));
        } catch (AccessDeniedException e) {
            return ToolResult.failure("No permission to read " + in.text("file_path") + ".");
        } catch (IOException e) {
            return ToolResult.failure(
                    "Could not read " + in.text("file_path") + ": " + e.getMessage());
        }
    }

    private static ToolResult read(Input in, Target target, ToolContext context)
            throws IOException {
        long size = target.regular().size();
        byte[] start;
        try (var stream = target.open()) {
            start = stream.readNBytes(START_BYTES);
        }
        var image = ImageFormat.of(start);
        if (image.isPresent()) {
            return ImageFile.read(target, size, image.get());
        }
        if (PdfFile.isPdf(start)) {
            return PdfFile.read(target, size, in.text("pages"));
        }
        if (TextFormat.looksBinary(start, start.length)) {
            throw new FileProblem(
                    target.asked()
                            + " is a binary file ("
                            + Signature.of(start)
                            + ", "
                            + size
                            + " bytes); look at it with a program for its kind through Bash.");
        }
        if (target.real().toString().toLowerCase(Locale.ROOT).endsWith(".ipynb")) {
            return NotebookFile.read(target, size, context);
        }
        return TextRead.of(in, target, size, TextFormat.byMark(start), context);
    }
}
