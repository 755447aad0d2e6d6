package dev.bowline.transcript.disk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the sessions in one folder, so that a list needn't read them: one line each,
/// the last one counts. A hint only: a line counts as long as its file still has the size and time
/// that it names, and whatever cannot be read is left out.
public record IndexFile(Path file) {
    /// The name of the index in its folder.
    public static final String NAME = ".bowline-index";

    private static final String MARK = "1";
    private static final int FIELDS = 11;
    private static final int SLACK = 100;

    /// One session. `stamp` is the file's time in milliseconds, `created` and `modified` are too;
    /// `status` is empty for a file that isn't a session.
    public record Row(
            String session,
            long size,
            long stamp,
            long created,
            long modified,
            int turns,
            String status,
            String tag,
            String directory,
            String title) {}

    /// Rows by session, and how many lines the file has.
    public record Loaded(Map<String, Row> rows, int lines) {}

    /// Empty if there is no index.
    public Loaded load() {
        var rows = new HashMap<String, Row>();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException none) {
            return new Loaded(rows, 0);
        }
        int lines = 0;
        for (int from = 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            var row =
                    to < bytes.length
                            ? row(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                            : null;
            if (row != null) {
                rows.put(row.session, row);
            }
            lines++;
            from = to + 1;
        }
        return new Loaded(rows, lines);
    }

    private static @Nullable Row row(String line) {
        var parts = new String[FIELDS];
        int from = 0;
        for (int i = 0; i < FIELDS; i++) {
            int to = line.indexOf('\t', from);
            if ((to < 0) != (i == FIELDS - 1)) {
                return null;
            }
            parts[i] = to < 0 ? line.substring(from) : line.substring(from, to);
            from = to + 1;
        }
        if (!parts[0].equals(MARK)) {
            return null;
        }
        try {
            return new Row(
                    parts[1],
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]),
                    Integer.parseInt(parts[6]),
                    parts[7],
                    parts[8],
                    parts[9],
                    parts[10]);
        } catch (NumberFormatException broken) {
            return null;
        }
    }

    private static void write(StringBuilder out, Row row) {
        out.append(MARK).append('\t').append(plain(row.session));
        out.append('\t').append(row.size).append('\t').append(row.stamp);
        out.append('\t').append(row.created).append('\t').append(row.modified);
        out.append('\t').append(row.turns).append('\t').append(plain(row.status));
        out.append('\t').append(plain(row.tag)).append('\t').append(plain(row.directory));
        out.append('\t').append(plain(row.title)).append('\n');
    }

    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                return text.replaceAll("[\\x00-\\x1f]", " ");
            }
        }
        return text;
    }

    /// Adds rows at the end with one write. Failing does no harm and is not reported.
    public void add(Collection<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        rows.forEach(row -> write(text, row));
        try {
            if (!Files.exists(file)) {
                Folders.makeFile(file);
            }
            try (var out = new FileOutputStream(file.toFile(), true)) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException readOnly) {
            // the next list reads the transcript instead
        }
    }

    /// Rewrites the index without what is out of date, if that is most of it.
    public void tidy(Collection<Row> current, int lines) {
        if (lines <= 2 * current.size() + SLACK) {
            return;
        }
        var text = new StringBuilder();
        current.forEach(row -> write(text, row));
        try {
            SessionLock.guarded(
                    file.toAbsolutePath().resolveSibling(""),
                    () -> {
                        var next = file.resolveSibling(NAME + ".new");
                        Files.deleteIfExists(next);
                        Folders.makeFile(next);
                        try (var out = new FileOutputStream(next.toFile())) {
                            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                        }
                        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                    });
        } catch (IOException readOnly) {
            // stays as long as it was
        }
    }
}
