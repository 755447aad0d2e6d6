package dev.bowline.transcript;

import dev.bowline.transcript.disk.Folders;
import dev.bowline.transcript.disk.SessionLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A folder beside a session where other processes leave answers to its open questions: one file
/// for each question, named by the question's entry, readable and writable by the owner only. Who
/// may write there may answer: the user that runs the session, nobody else. The process that holds
/// the session looks while a question is open.
public final class AnswerBox {
    /// Bytes of an answer; a larger file is none.
    private static final int LIMIT = 64 << 10;

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    /// The folder is made when the first answer is left.
    public AnswerBox(Path folder) {
        this.folder = folder;
    }

    static AnswerBox beside(Path file, SessionId id) {
        return new AnswerBox(file.resolveSibling(id.value()).resolve("answers"));
    }

    private Path file(UUID question) {
        return folder.resolve(question + ".json");
    }

    /// The answer that was left for a question. What isn't one is as good as nothing: a link,
    /// somebody else's file, a wrong member, a file system that doesn't tell whose a file is.
    public Optional<LeftAnswer> look(UUID question) {
        var file = file(question);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return isOurs(file)
                    ? LeftAnswer.of(text(file)).filter(one -> one.question().equals(question))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isOurs(Path file) throws IOException {
        var about = attributes(file);
        var around = attributes(folder);
        return about.isRegularFile()
                && around.isDirectory()
                && about.size() <= LIMIT
                && about.owner().equals(around.owner())
                && about.permissions().stream().noneMatch(OTHERS::contains)
                && around.permissions().stream().noneMatch(OTHERS::contains);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String text(Path file) throws IOException {
        var bytes = ByteBuffer.allocate(LIMIT);
        try (var in =
                Files.newByteChannel(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /// Leaves an answer, whole or not at all. The one that was there before, if there was: it
    /// stays.
    ///
    /// @throws dev.bowline.error.BowlineException `store_unwritable`, `store_full`
    public Optional<LeftAnswer> leave(LeftAnswer answer) {
        var file = file(answer.question());
        try {
            Folders.make(folder);
            return SessionLock.guarded(
                    folder,
                    () -> {
                        var before = look(answer.question());
                        if (before.isEmpty()) {
                            write(file, answer);
                        }
                        return before;
                    });
        } catch (IOException e) {
            throw StoreErrors.unwritable(file, e);
        }
    }

    private static void write(Path file, LeftAnswer answer) throws IOException {
        var draft = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            Folders.makeFile(draft);
            Files.writeString(draft, answer.toJson().text());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Removes what was left for a question.
    public void forget(UUID question) {
        try {
            Files.deleteIfExists(file(question));
        } catch (IOException left) {
            // no question has that name again
        }
    }
}
