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

/// A whole new session at once: the beginning of another one, or what was exported.
final class SessionCopy {
    private final SessionId id;
    private final byte[] bytes;

    private SessionCopy(SessionId id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    SessionId id() {
        return id;
    }

    /// The file's lines; not to be changed.
    byte[] bytes() {
        return bytes;
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
        if (!loaded.cutsForeign(last)) {
            return new SessionCopy(
                    id,
                    new LineRewriter(parent, id, UUID::randomUUID, last)
                            .copy(bytes, loaded.goodLength(), last, loaded.keepsForeign(last)));
        }
        var kept = loaded.entries().subList(0, (int) last);
        var out = new ByteArrayOutputStream();
        try (var json = JsonOut.to(out)) {
            var chain = LineWriter.Chain.begin("", "HEAD");
            for (var entry : kept) {
                var writer = new LineWriter(id, chain, loaded.links()::headAt, json);
                chain = writer.append(List.of(entry));
            }
        }
        return new SessionCopy(id, out.toByteArray());
    }

    /// What was exported, as session `id`.
    ///
    /// @throws dev.bowline.error.BowlineException `store_unreadable` if it isn't a transcript
    static SessionCopy ofExport(SessionId id, byte[] bytes) {
        LineRewriter.validate(bytes);
        return new SessionCopy(
                id,
                new LineRewriter(id, id, null, 0).copy(bytes, bytes.length, Long.MAX_VALUE, true));
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
