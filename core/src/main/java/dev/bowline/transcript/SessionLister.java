package dev.bowline.transcript;

import dev.bowline.transcript.disk.IndexFile;
import dev.bowline.transcript.disk.SessionLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists the sessions of one folder from its index, and reads only what has changed since.
final class SessionLister {
    private static final int PIECE = 64 << 10;
    private static final String END = ".jsonl";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Map<SessionId, JsonlLog> open;
    private final List<Found> files = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();
    private final List<IndexFile.Row> current = new ArrayList<>();
    private final List<IndexFile.Row> changed = new ArrayList<>();

    private record Found(SessionId id, Path file, long size, BasicFileAttributes attributes) {}

    SessionLister(Path folder, Map<SessionId, JsonlLog> open) {
        this.folder = folder;
        this.open = open;
    }

    List<SessionSummary> list() {
        var index = new IndexFile(folder.resolve(IndexFile.NAME));
        var loaded = index.load();
        look();
        var summaries = new ArrayList<SessionSummary>();
        for (var found : files) {
            var row = row(found, loaded.rows().get(found.id.value()));
            if (row == null) {
                continue;
            }
            current.add(row);
            if (!row.status().equals(SummaryDraft.NONE)) {
                summaries.add(SummaryDraft.summary(row, isHeld(found.id)));
            }
        }
        index.add(changed);
        index.tidy(current, loaded.lines() + changed.size());
        return summaries;
    }

    private void look() {
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    1,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                            saw(file, found);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw StoreErrors.unreadable(folder, e);
        }
    }

    private void saw(Path file, BasicFileAttributes attributes) {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(LOCK)) {
            locks.add(name.substring(0, name.length() - LOCK.length()));
        } else if (name.endsWith(END) && attributes.isRegularFile()) {
            var id = name.substring(0, name.length() - END.length());
            try {
                files.add(new Found(new SessionId(id), file, attributes.size(), attributes));
            } catch (IllegalArgumentException otherFile) {
                // not the name of a session
            }
        }
    }

    private boolean isHeld(SessionId id) {
        return locks.contains(id.value()) && SessionLock.isHeld(folder.resolve(id.value() + LOCK));
    }

    private IndexFile.@Nullable Row row(Found found, IndexFile.@Nullable Row known) {
        long stamp = found.attributes.lastModifiedTime().toMillis();
        if (known != null && known.size() == found.size && known.stamp() == stamp) {
            return known;
        }
        try {
            var log = open.get(found.id);
            if (log != null) {
                return log.row();
            }
            var row =
                    read(found.id, found.file, found.size)
                            .row(found.id, found.size, found.attributes.lastModifiedTime());
            changed.add(row);
            return row;
        } catch (IOException gone) {
            return null;
        }
    }

    /// Small files whole; of large ones the beginning and the end.
    private static SummaryDraft read(SessionId id, Path file, long size) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            if (size <= 2L * PIECE) {
                var bytes = new byte[(int) size];
                raw.readFully(bytes);
                return new SummaryDraft().plus(TranscriptReader.read(id, bytes).entries());
            }
            var draft = new SummaryDraft();
            var bytes = new byte[PIECE];
            raw.readFully(bytes);
            lines(draft, bytes, 0);
            raw.seek(size - PIECE);
            raw.readFully(bytes);
            int first = 0;
            while (first < PIECE && bytes[first] != '\n') {
                first++;
            }
            lines(draft, bytes, first + 1);
            return draft;
        }
    }

    /// Whole lines only.
    private static void lines(SummaryDraft draft, byte[] bytes, int from) {
        for (int at = from; at < bytes.length; ) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            var line = end < bytes.length ? TranscriptLine.parse(bytes, at, end - at, true) : null;
            if (line != null) {
                draft.plus(line, bytes);
            }
            at = end + 1;
        }
    }
}
