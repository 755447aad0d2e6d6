package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import dev.bowline.tools.option.ToolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Replaces exact text in a file; line ends and encoding stay as they are.
final class Edit extends Changing {
    /// Larger files are not edited.
    private static final long MAX_BYTES = 64L << 20;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "Edit",
                    """
                    Replaces old_string by new_string in a file; read it first. old_string has to match exactly, \
                    without line numbers, and only once unless replace_all is set. An empty old_string creates a new file.\
                    """,
                    Schema.object()
                            .required(
                                    "file_path",
                                    "string",
                                    "The file, absolute or relative to the working directory.")
                            .required("old_string", "string", "The text to replace.")
                            .required(
                                    "new_string",
                                    "string",
                                    "The text to put there; it has to be another one.")
                            .optional(
                                    "replace_all",
                                    "boolean",
                                    "Replace every match; false when missing.")
                            .build());

    private final ToolOptions options;

    Edit(ToolOptions options) {
        super(DEFINITION, "file_path");
        this.options = options;
    }

    @Override
    Stream<Access> touched(Path file) {
        return Stream.of(new Access.Writes(file), new Access.Reads(file));
    }

    @Override
    ToolResult change(Target target, Input in, ToolContext context) throws IOException {
        var wish = new Wish(in.text("old_string"), in.text("new_string"), in.flag("replace_all"));
        if (wish.before.equals(wish.after)) {
            throw new FileProblem("old_string and new_string are the same; nothing to change.");
        }
        if (!target.exists() && !wish.before.isEmpty()) {
            return ToolResult.failure(Similar.missing(target, context));
        }
        return target.exists() ? change(target, wish, context) : create(target, wish, context);
    }

    private record Wish(String before, String after, boolean all) {}

    private static ToolResult create(Target target, Wish wish, ToolContext context)
            throws IOException {
        Change.write(target, TextFormat.UTF_8.encode(wish.after), context);
        return result(target, wish, "", wish.after, "File created: " + target.asked() + ".");
    }

    private ToolResult change(Target target, Wish wish, ToolContext context) throws IOException {
        if (target.regular().size() > MAX_BYTES) {
            throw new FileProblem(
                    target.asked()
                            + " is larger than "
                            + MAX_BYTES
                            + " bytes; change it through Bash.");
        }
        if (!Files.isWritable(target.real())) {
            throw new FileProblem("The file " + target.asked() + " is read-only; it is unchanged.");
        }
        var bytes = target.bytes();
        if (TextFormat.looksBinary(bytes, Math.min(bytes.length, 8192))) {
            throw new FileProblem(
                    target.asked() + " is a binary file (" + Signature.of(bytes) + ").");
        }
        boolean changed = isChanged(target, context);
        var format = TextFormat.of(bytes);
        var text = format.decode(bytes);
        var edit = replace(target, wish, text, changed);
        if (changed && edit.count > 1) {
            throw new FileProblem("The file " + target.asked() + Change.CHANGED);
        }
        Change.write(target, format.encode(edit.text), context);
        var note =
                "The file "
                        + target.asked()
                        + " has been edited ("
                        + edit.count
                        + (edit.count == 1 ? " place" : " places")
                        + (changed
                                ? "). It had changed since it was read, but old_string matched exactly once."
                                : "; its state is known, no need to read it back).");
        return result(target, wish, text, edit.text, note);
    }

    /// Whether the file is another one than the session knows.
    private boolean isChanged(Target target, ToolContext context) throws IOException {
        var seen = FileMemory.of(context).find(target.real()).orElse(null);
        if (seen == null) {
            if (options.readBeforeOverwrite()) {
                throw new FileProblem("The file " + target.asked() + Change.READ_FIRST);
            }
            return false;
        }
        if (seen.view() == FileMemory.View.PARTIAL) {
            throw new FileProblem(
                    "Only a part of the file "
                            + target.asked()
                            + " has been shown; read the lines to change with offset and limit first.");
        }
        return !seen.isCurrent(target.real());
    }

    private record Edited(String text, int count) {}

    private static Edited replace(Target target, Wish wish, String text, boolean changed)
            throws FileProblem {
        if (wish.before.isEmpty()) {
            if (!text.isBlank()) {
                throw new FileProblem(
                        "The file "
                                + target.asked()
                                + " exists already; an empty old_string only creates or fills an empty file.");
            }
            return new Edited(wish.after, 1);
        }
        var fitted = LineEnds.fit(text, wish.before, wish.after);
        int count = count(text, fitted.before());
        if (count == 0) {
            throw new FileProblem(
                    changed
                            ? "The file " + target.asked() + Change.CHANGED
                            : "String to replace not found in "
                                    + target.asked()
                                    + "; copy it exactly from Read, without line numbers. String: "
                                    + shortened(wish.before));
        }
        if (count > 1 && !wish.all) {
            throw new FileProblem(
                    "Found "
                            + count
                            + " matches of the string to replace, but replace_all is false; add lines around it to make it unique, or set replace_all. String: "
                            + shortened(wish.before));
        }
        return new Edited(text.replace(fitted.before(), fitted.after()), count);
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static String shortened(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }

    private static ToolResult result(
            Target target, Wish wish, String before, String after, String note) {
        var result = Change.ordered();
        result.put("filePath", target.asked().toString());
        result.put("oldString", wish.before);
        result.put("newString", wish.after);
        Change.putOriginal(result, before);
        result.put("structuredPatch", Patch.of(before, after));
        result.put("userModified", false);
        result.put("replaceAll", wish.all);
        return ToolResult.of(note, Json.of(result));
    }
}
