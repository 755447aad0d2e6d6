package dev.bowline.tools.search;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what a search found: as text for the model and as an object for programs.
final class GrepAnswer {
    private final GrepQuery query;
    private final Findings findings;
    private final Deadline deadline;
    private final String prefix;
    private final Map<String, Object> structured = new LinkedHashMap<>();
    private boolean cut;

    GrepAnswer(GrepQuery query, Findings findings, Deadline deadline, String prefix) {
        this.query = query;
        this.findings = findings;
        this.deadline = deadline;
        this.prefix = prefix;
    }

    ToolResult result(ToolContext context) {
        structured.put("mode", query.mode().wire());
        var text =
                switch (query.mode()) {
                    case FILES_WITH_MATCHES -> files();
                    case CONTENT -> content();
                    case COUNT -> counts();
                };
        if (cut) {
            structured.put("appliedLimit", limit());
        }
        if (query.offset() > 0) {
            structured.put("appliedOffset", query.offset());
        }
        if (deadline.hit()) {
            structured.put("timedOut", true);
        }
        return ToolResult.of(
                Shortened.of(text + shownPart() + notes(), context), Json.of(structured));
    }

    private String files() {
        var names = page(findings.newest()).stream().map(name -> prefix + name).toList();
        structured.put("numFiles", names.size());
        structured.put("filenames", names);
        structured.put("totalFiles", findings.totalFiles());
        cut = findings.totalFiles() > query.offset() + (long) names.size();
        if (names.isEmpty()) {
            return none("No files found", findings.totalFiles());
        }
        return "Found " + count(findings.totalFiles(), "file") + "\n" + String.join("\n", names);
    }

    private String content() {
        var all = new ArrayList<Shown>();
        for (var file : findings.byPath()) {
            for (var line : file.lines()) {
                all.add(new Shown(prefix + file.path(), line));
            }
        }
        var page = page(all);
        var text = text(page);
        cut = findings.totalLines() > query.offset() + (long) page.size();
        structured.put("numFiles", 0);
        structured.put("filenames", List.of());
        structured.put("content", text);
        structured.put("numLines", page.size());
        structured.put("totalLines", findings.totalLines());
        return page.isEmpty() ? none("No matches found", findings.totalLines()) : text;
    }

    private record Shown(String path, Findings.Line line) {
        String text(boolean numbers) {
            var mark = line.match() ? ":" : "-";
            return path + mark + (numbers ? line.number() + mark : "") + line.text();
        }

        boolean follows(Shown before) {
            return path.equals(before.path) && line.number() <= before.line.number() + 1;
        }
    }

    private String text(List<Shown> page) {
        var text = new StringBuilder();
        for (int i = 0; i < page.size(); i++) {
            if (i > 0) {
                text.append('\n');
            }
            if (i > 0 && query.context() && !page.get(i).follows(page.get(i - 1))) {
                text.append("--\n");
            }
            text.append(page.get(i).text(query.numbers()));
        }
        return text.toString();
    }

    private String counts() {
        var page = page(findings.byPath());
        var text = new StringBuilder();
        for (var file : page) {
            text.append(prefix).append(file.path()).append(':').append(file.matches()).append('\n');
        }
        cut = findings.totalFiles() > query.offset() + (long) page.size();
        structured.put("numFiles", page.size());
        structured.put("filenames", List.of());
        structured.put("content", text.toString().strip());
        structured.put("numMatches", findings.totalMatches());
        structured.put("totalFiles", findings.totalFiles());
        if (page.isEmpty()) {
            return none("No matches found", findings.totalFiles());
        }
        return text
                + "\nFound "
                + count(findings.totalMatches(), "occurrence")
                + " in "
                + count(findings.totalFiles(), "file");
    }

    private String none(String nothing, long total) {
        return total > 0 ? "No entries at this offset; there are " + total : nothing;
    }

    private String shownPart() {
        if (!cut && query.offset() == 0) {
            return "";
        }
        return "\n\n[Shown from offset "
                + query.offset()
                + (cut ? ", limited to " + limit() + "; use offset or head_limit for more]" : "]");
    }

    private String notes() {
        var notes = new StringBuilder();
        if (deadline.hit()) {
            notes.append("\n\n[The search was stopped after ")
                    .append(deadline.allowed().toSeconds())
                    .append(" s and is not complete; narrow it with path, glob or type.]");
        }
        findings.notes().forEach(note -> notes.append("\n\n[").append(note).append(']'));
        return notes.toString();
    }

    private int limit() {
        return query.limit() == 0 ? Findings.MOST : query.limit();
    }

    private <T> List<T> page(List<T> all) {
        int from = Math.min(query.offset(), all.size());
        long to = query.limit() == 0 ? all.size() : (long) from + query.limit();
        return all.subList(from, (int) Math.min(all.size(), to));
    }

    private static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
