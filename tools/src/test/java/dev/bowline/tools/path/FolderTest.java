package dev.bowline.tools.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final Path NAME = Path.of("name");

    @TempDir private Path temp;
    private Path base;

    @BeforeEach
    void real() throws IOException {
        base = temp.toRealPath();
    }

    private static void write(Folder folder, Path name, String text) throws IOException {
        try (var out = folder.create(name)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String read(Folder folder, Path name) throws IOException {
        try (var in = Channels.newInputStream(folder.read(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void filesAreMadeReadListedRenamedAndRemoved() throws IOException {
        try (var folder = Folder.make(base.resolve("a/b/c"))) {
            write(folder, NAME, "text");
            assertEquals("text", read(folder, NAME));
            assertThrows(FileAlreadyExistsException.class, () -> folder.create(NAME));
            folder.rename(NAME, Path.of("other"));
            folder.sync();
            assertTrue(folder.attributes(NAME).isEmpty());
            assertEquals(4, folder.attributes(Path.of("other")).orElseThrow().size());
            var names = new ArrayList<Path>();
            folder.names().forEachRemaining(names::add);
            assertEquals(List.of(Path.of("other")), names);
            folder.delete(Path.of("other"));
        }
        try (var files = Files.list(base.resolve("a/b/c"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatIsDoneHappensInTheFolderThatWasOpened() throws IOException {
        var out = Files.createDirectories(base.resolve("out"));
        var sub = Files.createDirectories(base.resolve("work/sub"));
        try (var folder = Folder.open(sub)) {
            Files.move(sub, base.resolve("work/moved"));
            Files.createSymbolicLink(sub, out);
            write(folder, NAME, "text");
            folder.rename(NAME, Path.of("renamed"));
            assertEquals("text", read(folder, Path.of("renamed")));
        }
        assertEquals("text", Files.readString(base.resolve("work/moved/renamed")));
        try (var files = Files.list(out)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        var out = Files.createDirectories(base.resolve("out/deep")).getParent();
        Files.writeString(out.resolve("secret"), "secret");
        var link = Files.createSymbolicLink(base.resolve("link"), out);
        assertThrows(Folder.MovedException.class, () -> Folder.open(link));
        assertThrows(Folder.MovedException.class, () -> Folder.open(link.resolve("deep")));
        assertThrows(Folder.MovedException.class, () -> Folder.make(link.resolve("new")));
        assertFalse(Files.exists(out.resolve("new")));
        Files.createSymbolicLink(base.resolve("name"), out.resolve("secret"));
        try (var folder = Folder.open(base)) {
            assertThrows(Folder.MovedException.class, () -> folder.read(NAME));
            assertTrue(folder.attributes(NAME).orElseThrow().isSymbolicLink());
            assertThrows(FileAlreadyExistsException.class, () -> folder.create(NAME));
            write(folder, Path.of("temporary"), "mine");
            folder.rename(Path.of("temporary"), NAME);
            assertEquals("mine", read(folder, NAME));
            folder.delete(NAME);
        }
        assertEquals("secret", Files.readString(out.resolve("secret")));
    }

    @Test
    void whatIsMissingOrNoFolderSaysSo() throws IOException {
        Files.writeString(base.resolve("file"), "x");
        assertThrows(NoSuchFileException.class, () -> Folder.open(base.resolve("none")));
        assertThrows(NotDirectoryException.class, () -> Folder.open(base.resolve("file")));
        assertThrows(NotDirectoryException.class, () -> Folder.make(base.resolve("file/x")));
        try (var folder = Folder.open(base)) {
            assertThrows(NoSuchFileException.class, () -> folder.read(NAME));
        }
    }
}
