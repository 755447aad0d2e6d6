package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// The folders that a session's sandboxes have to themselves: what is `/tmp` inside, for all
/// commands of the session, and one for the proxy of each command. Gone with the session.
public final class PrivateFolders implements AutoCloseable {
    private final Path folder;
    private final AtomicInteger proxies = new AtomicInteger();

    public PrivateFolders() {
        try {
            this.folder = Files.createTempDirectory("bowline-sandbox-").toRealPath();
            Files.createDirectory(tmp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path tmp() {
        return folder.resolve("tmp");
    }

    Path forProxy() throws IOException {
        return Files.createDirectory(folder.resolve("p" + proxies.incrementAndGet()));
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    /// Removes a folder with all that is in it, links not followed; what can't be removed stays.
    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (var entry : entries) {
                    remove(entry);
                }
            } catch (IOException unreadable) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }
}
