package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What Write and Edit have in common: may this file be replaced, and what is told afterwards.
final class Change {
    /// Longer originals are not repeated in results.
    static final int MAX_ORIGINAL = 256 << 10;

    static final String READ_FIRST = " has not been read in this session; read it with Read first.";
    static final String CHANGED = " has changed since it was read; read it again first.";

    private Change() {}

    /// @param readFirst whether the session has to know the file
    /// @throws FileProblem if it has to and does not, or if it has seen only a part of the file or
    ///   the file changed since
    static void mayOverwrite(Target target, boolean readFirst, ToolContext context)
            throws IOException {
        var seen = FileMemory.of(context).find(target.real()).orElse(null);
        if (seen == null) {
            if (readFirst) {
                throw new FileProblem("The file " + target.asked() + READ_FIRST);
            }
            return;
        }
        if (seen.view() != FileMemory.View.WHOLE) {
            throw new FileProblem(
                    "The file "
                            + target.asked()
                            + " has been read only in part; read all of it before replacing it, or use Edit.");
        }
        if (!seen.isCurrent(target.real())) {
            throw new FileProblem("The file " + target.asked() + CHANGED);
        }
    }

    static void write(Target target, byte[] content, ToolContext context) throws IOException {
        AtomicFile.write(target, content);
        FileMemory.of(context).remember(target.real(), content);
    }

    /// The old text, or null when it is too long to repeat.
    static void putOriginal(Map<String, Object> result, String original) {
        result.put("originalFile", original.length() > MAX_ORIGINAL ? Json.NULL : original);
    }

    /// A text in a structured result, or "" when it is too long to repeat.
    static String repeated(String text) {
        return text.length() > MAX_ORIGINAL ? "" : text;
    }

    /// A problem that was seen before anything was done, for the model.
    static ToolResult refused(FileProblem problem) {
        return ToolResult.failure("<tool_use_error>" + problem.getMessage() + "</tool_use_error>");
    }

    static Map<String, Object> ordered() {
        return new LinkedHashMap<>();
    }
}
