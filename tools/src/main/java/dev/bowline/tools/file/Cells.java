package dev.bowline.tools.file;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The cells of a Jupyter notebook, to be changed. Everything else in it stays as it is.
final class Cells {
    private static final Pattern BY_NUMBER = Pattern.compile("cell-(\\d{1,6})");
    private static final int ID_DIGITS = 8;

    private final Map<String, @Nullable Object> notebook;
    private final List<Map<String, @Nullable Object>> cells = new ArrayList<>();

    private Cells(Map<String, @Nullable Object> notebook) {
        this.notebook = notebook;
    }

    /// @throws FileProblem if the text is no notebook
    static Cells of(String text, Target target) throws FileProblem {
        try {
            var all = new Cells(new LinkedHashMap<>(Json.parse(text).asMap()));
            if (!(all.notebook.get("cells") instanceof List<?> list)) {
                throw new FileProblem("The notebook " + target.asked() + " has no list of cells.");
            }
            for (var element : list) {
                var cell = new LinkedHashMap<String, @Nullable Object>();
                if (element instanceof Map<?, ?> map) {
                    map.forEach((name, value) -> cell.put(String.valueOf(name), value));
                }
                all.cells.add(cell);
            }
            return all;
        } catch (IllegalArgumentException e) {
            throw new FileProblem(
                    "The notebook " + target.asked() + " is not valid JSON: " + e.getMessage());
        }
    }

    String language() {
        return notebook.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("language_info") instanceof Map<?, ?> info
                        && info.get("name") instanceof String name
                ? name
                : "python";
    }

    /// The place of the cell with this id, or with this number as `cell-N`, from 0.
    ///
    /// @throws FileProblem if there is none
    int find(String id) throws FileProblem {
        for (int i = 0; i < cells.size(); i++) {
            if (id.equals(cells.get(i).get("id"))) {
                return i;
            }
        }
        var number = BY_NUMBER.matcher(id);
        if (number.matches() && Integer.parseInt(number.group(1)) < cells.size()) {
            return Integer.parseInt(number.group(1));
        }
        throw new FileProblem("There is no cell \"" + id + "\" in the notebook; read it again.");
    }

    String source(int at) {
        return cells.get(at).get("source") instanceof List<?> lines
                ? String.join("", lines.stream().map(String::valueOf).toList())
                : String.valueOf(cells.get(at).getOrDefault("source", ""));
    }

    String type(int at) {
        return cells.get(at).get("cell_type") instanceof String type ? type : "code";
    }

    /// Results of a cell that has changed no longer hold.
    void replace(int at, String source, String type) {
        var cell = cells.get(at);
        cell.put("source", source);
        cell.put("cell_type", type);
        if (type.equals("code")) {
            cell.put("execution_count", null);
            cell.put("outputs", List.of());
        } else {
            cell.remove("execution_count");
            cell.remove("outputs");
        }
    }

    /// Puts a new cell in and returns its id.
    String insert(int at, String source, String type) {
        var cell = new LinkedHashMap<String, @Nullable Object>();
        cell.put("cell_type", type);
        boolean named = hasIds();
        var id = named ? UUID.randomUUID().toString().substring(0, ID_DIGITS) : "cell-" + at;
        if (named) {
            cell.put("id", id);
        }
        cell.put("metadata", Map.of());
        cells.add(at, cell);
        replace(at, source, type);
        return id;
    }

    /// Ids came with version 4.5 of the format.
    private boolean hasIds() {
        return number("nbformat") > 4 || number("nbformat") == 4 && number("nbformat_minor") >= 5;
    }

    private long number(String name) {
        return notebook.get(name) instanceof Number number ? number.longValue() : 0;
    }

    void delete(int at) {
        cells.remove(at);
    }

    /// As notebooks are written: one blank a level.
    String text() {
        notebook.put("cells", cells);
        var out = new StringBuilder();
        value(out, notebook, 0);
        return out.toString();
    }

    private static void value(StringBuilder out, @Nullable Object value, int level) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                var between = "{";
                for (var member : map.entrySet()) {
                    line(out.append(between), level + 1);
                    out.append(Json.of(String.valueOf(member.getKey())).text()).append(": ");
                    value(out, member.getValue(), level + 1);
                    between = ",";
                }
                line(out, level).append('}');
            }
            case List<?> list when !list.isEmpty() -> {
                var between = "[";
                for (var element : list) {
                    line(out.append(between), level + 1);
                    value(out, element, level + 1);
                    between = ",";
                }
                line(out, level).append(']');
            }
            case null -> out.append("null");
            case Object other -> out.append(Json.of(other).text());
        }
    }

    private static StringBuilder line(StringBuilder out, int level) {
        return out.append('\n').repeat(' ', level);
    }
}
