package dev.bowline.tools.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static List<Path> names(Folder folder) throws IOException {
        var names = new ArrayList<Path>();
        folder.names().forEachRemaining(names::add);
        return names;
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
            assertEquals(List.of(Path.of("other")), names(folder));
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
            assertEquals(List.of(Path.of("renamed")), names(folder));
            write(folder, Path.of("gone"), "");
            folder.delete(Path.of("gone"));
            folder.sync();
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

    @Test
    void aClosedFolderIsOfNoUse() throws IOException {
        var folder = Folder.open(base);
        folder.close();
        assertThrows(ClosedDirectoryStreamException.class, () -> folder.attributes(NAME));
    }

    @Test
    void aPathThatIsTooLongForTheSystemIsRefused() {
        var longest = base + "/a".repeat((4_000 - base.toString().length()) / 2);
        longest += "b".repeat(4_000 - longest.length());
        var path = Path.of(longest);
        assertThrows(NoSuchFileException.class, () -> Folder.open(path));
        var longer = Path.of(longest + "b");
        assertEquals(
                "File name too long",
                assertThrows(FileSystemException.class, () -> Folder.make(longer)).getReason());
        assertFalse(Files.exists(base.resolve("a")));
    }

    @Test
    void withoutDirectoryHandlesPathsAreUsed() throws IOException {
        var archive = base.resolve("files.zip");
        try (var system = FileSystems.newFileSystem(archive, Map.of("create", "true"));
                var folder = Folder.make(system.getPath("/a/b"))) {
            var file = system.getPath("/a/b/file");
            Files.writeString(file, "text");
            var name = system.getPath("file");
            assertEquals(4, folder.attributes(name).orElseThrow().size());
            folder.rename(name, system.getPath("other"));
            assertTrue(Files.exists(system.getPath("/a/b/other")));
            folder.delete(system.getPath("other"));
            assertThrows(NoSuchFileException.class, () -> folder.delete(system.getPath("other")));
            assertThrows(Folder.MovedException.class, () -> Folder.open(system.getPath("/a/../a")));
        }
    }
}
