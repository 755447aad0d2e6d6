package dev.bowline.tools.file;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriteAndEditTest {
    @TempDir Path folder;
    private TestContext context;

    @BeforeEach
    void open() {
        context = new TestContext(folder);
    }

    private ToolResult write(Object file, String content) throws Exception {
        return context.call("Write", "file_path", file.toString(), "content", content);
    }

    private ToolResult edit(Object file, String before, String after) throws Exception {
        return context.call(
                "Edit", "file_path", file.toString(), "old_string", before, "new_string", after);
    }

    private void read(Object file) throws Exception {
        assertFalse(context.call("Read", "file_path", file.toString()).isError());
    }

    private long filesIn(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void createsAFileWithItsFolders() throws Exception {
        var result = write("a/b/c.txt", "hello\n");
        assertFalse(result.isError(), result.text());
        var file = context.projectDirectory().resolve("a/b/c.txt");
        assertEquals("hello\n", Files.readString(file));
        var told = result.structured().asMap();
        assertEquals("create", told.get("type"));
        assertEquals(file.toString(), told.get("filePath"));
        assertEquals(List.of(), told.get("structuredPatch"));
        assertTrue(told.containsKey("originalFile"));
        assertNull(told.get("originalFile"));
        assertEquals(1, filesIn(file.getParent()));
    }

    @Test
    void replacesWhatIsUnchangedSinceItWasRead() throws Exception {
        var file = context.file("f.txt", "old\n");
        read(file);
        var result = write(file, "new\n");
        assertEquals("update", result.structured().asMap().get("type"));
        assertEquals("old\n", result.structured().asMap().get("originalFile"));
        assertFalse(write(file, "newer\n").isError());
        Files.writeString(file, "someone else");
        assertTrue(write(file, "mine").text().contains("has changed since"));
        assertEquals("someone else", Files.readString(file));
    }

    @Test
    void aTouchedFileWithTheSameContentIsUnchanged() throws Exception {
        var file = context.file("f.txt", "same");
        read(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertFalse(write(file, "new").isError());
    }

    @Test
    void aPartlyReadFileIsNotReplaced() throws Exception {
        var file = context.file("f.txt", "1\n2\n3\n");
        context.call("Read", "file_path", file.toString(), "limit", 1);
        assertTrue(write(file, "x").text().contains("only in part"));
        assertFalse(edit(file, "1", "one").isError());
    }

    @Test
    void theEncodingOfALargeFileIsKeptWhenItIsReplaced() throws Exception {
        var file = context.projectDirectory().resolve("large");
        Files.write(
                file,
                ("\ufeff"
                                + "some words of a line that is a bit longer than the others\n"
                                        .repeat(6_000))
                        .getBytes(StandardCharsets.UTF_16LE));
        context.call("Read", "file_path", file.toString(), "allow_large", true);
        var result = write(file, "short");
        assertFalse(result.isError(), result.text());
        assertArrayEquals(
                "\ufeffshort".getBytes(StandardCharsets.UTF_16LE), Files.readAllBytes(file));
    }

    @Test
    void lookingAgainAtAPartTakesNothingAway() throws Exception {
        var file = context.file("f.txt", "1\n2\n3\n");
        read(file);
        context.call("Read", "file_path", file.toString(), "limit", 1);
        assertFalse(write(file, "x").isError());
    }

    @Test
    void filesThatWereNotReadAreChanged() throws Exception {
        var file = context.file("f.txt", "old");
        assertFalse(write(file, "new").isError());
        assertEquals("new", Files.readString(file));
        var other = context.file("g.txt", "old");
        assertFalse(edit(other, "old", "new").isError());
        assertEquals("new", Files.readString(other));
        Files.writeString(other, "someone else");
        assertTrue(write(other, "mine").text().contains("has changed since"));
    }

    @Test
    void readingFirstCanBeSwitchedOn() throws Exception {
        var file = context.file("f.txt", "old").toString();
        var options = ToolOptions.DEFAULTS.withReadBeforeOverwrite(true);
        var write = context.call(options, "Write", "file_path", file, "content", "new");
        assertTrue(write.text().contains("has not been read"));
        var edit =
                context.call(
                        options,
                        "Edit",
                        "file_path",
                        file,
                        "old_string",
                        "old",
                        "new_string",
                        "new");
        assertTrue(edit.text().contains("has not been read"));
        read(file);
        assertFalse(context.call(options, "Write", "file_path", file, "content", "new").isError());
    }

    @Test
    void modeOwnerAndLinksAreKept() throws Exception {
        var file = context.file("real/f.sh", "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        var link =
                Files.createSymbolicLink(
                        context.projectDirectory().resolve("link"), Path.of("real/f.sh"));
        read(link);
        assertFalse(write(link, "new").isError());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aDanglingLinkMakesItsTarget() throws Exception {
        var link =
                Files.createSymbolicLink(
                        context.projectDirectory().resolve("link"), Path.of("later.txt"));
        assertFalse(write(link, "x").isError());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("x", Files.readString(context.projectDirectory().resolve("later.txt")));
    }

    @Test
    void directoriesAndSpecialFilesAreRefused() throws Exception {
        assertTrue(
                write(context.projectDirectory(), "x").text().startsWith("<tool_use_error>EISDIR"));
        assertTrue(write("/dev/null", "x").text().contains("not a regular file"));
        context.file("plain", "x");
        assertTrue(write("plain/below", "x").text().contains("Could not write"));
        assertTrue(write("a\0b", "x").isError());
        assertTrue(write("", "x").isError());
        assertTrue(write("n".repeat(300), "x").text().contains("Could not write"));
    }

    @Test
    void aFullDiskLeavesTheOldFile() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        var mounted =
                new ProcessBuilder(
                                "mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
        assumeTrue(mounted == 0, "needs the right to mount");
        try {
            var file = Files.writeString(disk.resolve("f"), "old");
            read(file);
            var result = write(file, "x".repeat(1 << 20));
            assertTrue(result.text().contains("No space left"), result.text());
            assertEquals("old", Files.readString(file));
            assertEquals(1, filesIn(disk));
            new ProcessBuilder("mount", "-o", "remount,ro", disk.toString()).start().waitFor();
            var refused = write(file, "new");
            assertTrue(refused.isError(), refused.text());
            assertTrue(write(disk.resolve("other"), "x").text().contains("Read-only file system"));
            assertEquals("old", Files.readString(file));
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    @Test
    void loneSurrogatesAreRefused() throws Exception {
        var input = Json.parse("{\"file_path\":\"f\",\"content\":\"a\\ud800b\"}");
        var result = TestContext.tool(ToolOptions.DEFAULTS, "Write").call(input, context);
        assertTrue(result.text().contains("cannot hold"), result.text());
        assertFalse(Files.exists(context.projectDirectory().resolve("f")));
    }

    @Test
    void replacesAUniqueMatch() throws Exception {
        var file = context.file("f.txt", "one\ntwo\nthree\n");
        read(file);
        var result = edit(file, "two", "2");
        assertEquals("one\n2\nthree\n", Files.readString(file));
        var told = result.structured().asMap();
        assertEquals("one\ntwo\nthree\n", told.get("originalFile"));
        assertEquals(false, told.get("replaceAll"));
        var hunk = (Map<?, ?>) ((List<?>) told.get("structuredPatch")).getFirst();
        assertEquals(List.of(" one", "-two", "+2", " three"), hunk.get("lines"));
        assertEquals(1L, hunk.get("oldStart"));
        assertEquals(3L, hunk.get("oldLines"));
    }

    @Test
    void severalMatchesNeedReplaceAll() throws Exception {
        var file = context.file("f.txt", "a a a");
        read(file);
        assertTrue(edit(file, "a", "b").text().startsWith("<tool_use_error>Found 3 matches"));
        assertEquals("a a a", Files.readString(file));
        var result =
                context.call(
                        "Edit",
                        "file_path",
                        file.toString(),
                        "old_string",
                        "a",
                        "new_string",
                        "b",
                        "replace_all",
                        "true");
        assertFalse(result.isError());
        assertEquals("b b b", Files.readString(file));
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheFileStays() throws Exception {
        var file = context.file("f.txt", "abc");
        read(file);
        assertTrue(edit(file, "x", "y").text().contains("not found"));
        assertTrue(edit(file, "a", "a").text().contains("the same"));
        assertTrue(edit(file, "", "y").text().contains("exists already"));
        assertTrue(edit("missing", "x", "y").text().contains("does not exist"));
        assertEquals("abc", Files.readString(file));
    }

    @Test
    void anEmptyOldStringCreatesAFile() throws Exception {
        assertFalse(edit("new.txt", "", "content").isError());
        assertEquals("content", Files.readString(context.projectDirectory().resolve("new.txt")));
    }

    @Test
    void aChangedFileIsEditedOnlyAtAUniqueMatch() throws Exception {
        var file = context.file("f.txt", "one\ntwo\n");
        read(file);
        Files.writeString(file, "zero\none\ntwo\n");
        var result = edit(file, "two", "2");
        assertTrue(result.text().contains("had changed since it was read"), result.text());
        assertEquals("zero\none\n2\n", Files.readString(file));
        Files.writeString(file, "other");
        assertTrue(edit(file, "zero", "0").text().contains("has changed since"));
    }

    @Test
    void windowsLineEndsAreKept() throws Exception {
        var file = context.file("f.txt", "a\r\nb\r\nc\r\n");
        read(file);
        assertFalse(edit(file, "a\nb\n", "x\ny\nz\n").isError());
        assertEquals("x\r\ny\r\nz\r\nc\r\n", Files.readString(file));
        assertFalse(edit(file, "c", "c\nd").isError());
        assertEquals("x\r\ny\r\nz\r\nc\r\nd\r\n", Files.readString(file));
    }

    @Test
    void encodingAndMarkAreKept() throws Exception {
        var file = context.projectDirectory().resolve("f.txt");
        for (var charset :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_8)) {
            Files.write(file, "\ufeffgrüße\n".getBytes(charset));
            read(file);
            assertFalse(edit(file, "grüße", "größe").isError());
            assertArrayEquals("\ufeffgröße\n".getBytes(charset), Files.readAllBytes(file));
        }
        Files.write(file, "caf\u00e9 a\n".getBytes(StandardCharsets.ISO_8859_1));
        read(file);
        assertFalse(edit(file, "é a", "é ü").isError());
        assertArrayEquals(
                "café ü\n".getBytes(StandardCharsets.ISO_8859_1), Files.readAllBytes(file));
        assertTrue(edit(file, "ü", "\u4e2d").text().contains("cannot hold"));
    }

    @Test
    void aPartialViewDoesNotCountAsRead() throws Exception {
        var file = context.file("big", "words words words\n".repeat(20_000) + "end");
        read(file);
        assertTrue(edit(file, "end", "END").text().contains("Only a part"));
        context.call("Read", "file_path", file.toString(), "offset", 20_001);
        assertFalse(edit(file, "end", "END").isError());
    }
}
