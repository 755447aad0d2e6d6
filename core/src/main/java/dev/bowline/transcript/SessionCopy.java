package dev.bowline.transcript;

import dev.bowline.json.JsonOut;
import dev.bowline.transcript.disk.Folders;
import dev.bowline.transcript.disk.SessionLock;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A whole new session at once: the beginning of another one, or what was exported.
final class SessionCopy {
    private final SessionId id;
    private final byte[] bytes;
    private final TranscriptReader.@Nullable Loaded loaded;

    private SessionCopy(SessionId id, byte[] bytes, TranscriptReader.@Nullable Loaded loaded) {
        this.id = id;
        this.bytes = bytes;
        this.loaded = loaded;
    }

    SessionId id() {
        return id;
    }

    /// The file's lines; not to be changed.
    byte[] bytes() {
        return bytes;
    }

    /// What reading the file would give, if that is known; null if it has to be read.
    TranscriptReader.@Nullable Loaded loaded() {
        return loaded;
    }

    /// A session's first `number` entries. Lines are copied; only where the last entry stands
    /// inside what another program wrote, the entries are written anew.
    static SessionCopy ofStart(
            SessionId parent,
            SessionId id,
            byte[] bytes,
            TranscriptReader.Loaded loaded,
            long number) {
        long last = Math.min(number, loaded.entries().size());
        var kept = loaded.entries().subList(0, (int) Math.max(0, last));
        if (!loaded.cutsForeign(last)) {
            var lines = new LineRewriter(parent, id, UUID::randomUUID, last);
            long upTo = last < loaded.entries().size() ? last : Long.MAX_VALUE;
            var copy = lines.copy(bytes, loaded.goodLength(), upTo, loaded.keepsForeign(last));
            boolean known = loaded.isPlain() && lines.isWhole() && !kept.isEmpty();
            var entries = known ? kept.stream().map(lines::copied).toList() : List.<Entry>of();
            return new SessionCopy(
                    id, copy, known ? TranscriptReader.Loaded.of(entries, copy.length) : null);
        }
        var out = new ByteArrayOutputStream();
        try (var json = JsonOut.to(out)) {
            var chain = LineChain.begin("", "HEAD");
            for (var entry : kept) {
                var writer = new LineWriter(id, chain, loaded.links()::headAt, json);
                chain = writer.append(List.of(entry));
            }
        }
        return new SessionCopy(id, out.toByteArray(), null);
    }

    /// What was exported, as session `id`.
    ///
    /// @throws dev.bowline.error.BowlineException `store_unreadable` if it isn't a transcript
    static SessionCopy ofExport(SessionId id, byte[] bytes) {
        LineRewriter.validate(bytes);
        var lines = new LineRewriter(id, id, null, 0);
        return new SessionCopy(id, lines.copy(bytes, bytes.length, Long.MAX_VALUE, true), null);
    }

    /// Puts the file in its place, all of it or nothing.
    ///
    /// @throws dev.bowline.error.BowlineException `session_exists` if there is one already
    void place(Path target) {
        var next = target.resolveSibling("." + id + "." + UUID.randomUUID() + ".new");
        try {
            Folders.make(next.resolveSibling(""));
            Folders.makeFile(next);
            try (var out = new FileOutputStream(next.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            SessionLock.guarded(
                    target.resolveSibling(""),
                    () -> {
                        if (Files.exists(target) && !JsonlStore.isLeftover(id, target)) {
                            throw StoreErrors.exists(id);
                        }
                        return Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
                    });
        } catch (IOException e) {
            throw StoreErrors.unwritable(target, e);
        } finally {
            next.toFile().delete();
        }
    }
}
