package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reading a Jupyter notebook as its cells with their outputs.
final class NotebookFile {
    /// Larger notebooks are refused.
    private static final long MAX_FILE = 100L << 20;

    private static final int MAX_CHARS = 100_000;
    private static final int MAX_OUTPUT_CHARS = 10_000;
    private static final int MAX_IMAGES = 10;
    private static final int MAX_IMAGE_CHARS = 5_000_000;

    private final StringBuilder text = new StringBuilder();
    private final List<ContentBlock> content = new ArrayList<>();
    private final List<Object> cells = new ArrayList<>();
    private int chars;
    private int images;
    private boolean full;

    private NotebookFile() {}

    static ToolResult read(Target target, long size, ToolContext context) throws IOException {
        if (size > MAX_FILE) {
            throw new FileProblem(
                    "The notebook "
                            + target.asked()
                            + " is larger than "
                            + MAX_FILE
                            + " bytes; take out what is needed with jq through Bash.");
        }
        var bytes = target.bytes();
        var reading = new NotebookFile();
        reading.cells(parsed(bytes, target));
        FileMemory.of(context).remember(target.real(), bytes);
        return reading.result(target);
    }

    private static Map<String, @Nullable Object> parsed(byte[] bytes, Target target)
            throws FileProblem {
        try {
            var notebook = Json.parse(new String(bytes, StandardCharsets.UTF_8)).asMap();
            if (notebook.get("cells") instanceof List<?>) {
                return notebook;
            }
            throw new FileProblem("The notebook " + target.asked() + " has no list of cells.");
        } catch (IllegalArgumentException e) {
            throw new FileProblem(
                    "The notebook " + target.asked() + " is not valid JSON: " + e.getMessage());
        }
    }

    private void cells(Map<String, @Nullable Object> notebook) {
        var language = language(notebook);
        int number = 0;
        if (notebook.get("cells") instanceof List<?> list) {
            for (var element : list) {
                if (element instanceof Map<?, ?> cell && !full) {
                    cell(cell, number++, language);
                }
            }
        }
    }

    private static String language(Map<String, @Nullable Object> notebook) {
        return notebook.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("language_info") instanceof Map<?, ?> info
                        && info.get("name") instanceof String name
                ? name
                : "python";
    }

    private void cell(Map<?, ?> cell, int number, String language) {
        var id = cell.get("id") instanceof String given ? given : "cell-" + number;
        var type = cell.get("cell_type") instanceof String given ? given : "code";
        var source = joined(cell.get("source"));
        var about = new LinkedHashMap<String, Object>();
        about.put("cellType", type);
        about.put("source", source);
        about.put("cell_id", id);
        if (type.equals("code")) {
            about.put("language", language);
        }
        if (cell.get("execution_count") instanceof Number count) {
            about.put("execution_count", count);
        }
        say("<cell id=\"" + id + "\" type=\"" + type + "\">\n" + source + "\n</cell>\n");
        if (cell.get("outputs") instanceof List<?> outputs && !outputs.isEmpty()) {
            about.put("outputs", outputs.stream().map(this::output).toList());
        }
        cells.add(about);
    }

    private Object output(@Nullable Object output) {
        if (!(output instanceof Map<?, ?> map)) {
            return Map.of();
        }
        var data = map.get("data") instanceof Map<?, ?> given ? given : Map.of();
        var shown =
                map.containsKey("text")
                        ? joined(map.get("text"))
                        : map.containsKey("traceback")
                                ? joined(map.get("traceback"), "\n")
                                : joined(data.get("text/plain"));
        if (shown.length() > MAX_OUTPUT_CHARS) {
            shown = shown.substring(0, MAX_OUTPUT_CHARS) + "... [output cut]";
        }
        if (!shown.isEmpty()) {
            say("<output>\n" + shown + (shown.endsWith("\n") ? "" : "\n") + "</output>\n");
        }
        image(data, "image/png");
        image(data, "image/jpeg");
        return Map.of("output_type", String.valueOf(map.get("output_type")), "text", shown);
    }

    private void image(Map<?, ?> data, String type) {
        var base64 = joined(data.get(type)).replaceAll("\\s", "");
        if (base64.isEmpty() || base64.length() > MAX_IMAGE_CHARS || images >= MAX_IMAGES) {
            return;
        }
        images++;
        flush();
        content.add(new ContentBlock.Image(type, base64));
    }

    private void say(String words) {
        chars += words.length();
        full = chars > MAX_CHARS;
        text.append(
                full ? "\n[the notebook goes on; read the file with jq through Bash]\n" : words);
    }

    private void flush() {
        if (!text.isEmpty()) {
            content.add(new ContentBlock.Text(text.toString()));
            text.setLength(0);
        }
    }

    private ToolResult result(Target target) {
        if (content.isEmpty() && text.isEmpty()) {
            text.append("Warning: the notebook ").append(target.asked()).append(" has no cells.");
        }
        flush();
        var file = new LinkedHashMap<String, Object>();
        file.put("filePath", target.asked().toString());
        file.put("cells", cells);
        return new ToolResult.Success(content, Json.of(Map.of("type", "notebook", "file", file)));
    }

    private static String joined(@Nullable Object lines) {
        return joined(lines, "");
    }

    private static String joined(@Nullable Object lines, String between) {
        return switch (lines) {
            case null -> "";
            case List<?> list -> String.join(between, list.stream().map(String::valueOf).toList());
            case Object one -> one.toString();
        };
    }
}
