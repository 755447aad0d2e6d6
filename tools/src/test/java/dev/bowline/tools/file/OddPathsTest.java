package dev.bowline.tools.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that are hard to take: ordinary ones in an odd way, and ones that are no files.
class OddPathsTest {
    @TempDir private Path temp;
    private TestContext context;
    private Path work;

    @BeforeEach
    void start() {
        context = new TestContext(temp);
        work = context.projectDirectory();
    }

    @AfterEach
    void end() throws Exception {
        context.close();
    }

    private static Json input(String path) {
        return TestContext.input("file_path", path, "content", "new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.txt",
                "./plain.txt",
                "sub/../plain.txt",
                "sub//deep/./x",
                "two words",
                "-rf",
                "--",
                "*",
                "a?b",
                "[id]",
                "{a,b}",
                "$HOME",
                "\\",
                "a\nb",
                "a\tb",
                "\u00e4\u00f6\u00fc",
                "e\u0301",
                "\ud83d\ude00",
                ".hidden",
                "...",
                "..x",
                "x..",
                "#",
                "!x",
                "'quoted'",
                "\"",
                ";",
                "a|b",
                "con",
                "aux.txt",
                " leading",
                "trailing "
            })
    void ordinaryFilesAreMadeAndReadUnderAnyName(String name) throws Exception {
        var write = TestContext.tool(ToolOptions.DEFAULTS, "Write");
        assertTrue(write.validate(input(name), context).isEmpty());
        assertEquals(
                List.of(new Access.Writes(work.resolve(name).normalize())),
                write.accesses(input(name), context));
        assertFalse(write.call(input(name), context).isError());
        assertEquals("new", Files.readString(work.resolve(name).normalize()));
        assertTrue(context.call("Read", "file_path", name).text().contains("new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b", "~x", "~ada/.ssh/id_rsa"})
    void whatIsNoPathIsRefusedBeforeAnybodyIsAsked(String text) {
        for (var tool : List.of("Read", "Write", "Edit")) {
            var known = TestContext.tool(ToolOptions.DEFAULTS, tool);
            assertTrue(known.validate(input(text), context).isPresent(), tool);
            for (var access : known.accesses(input(text), context)) {
                assertTrue(
                        access.equals(new Access.Reads(Path.of("/")))
                                || access.equals(new Access.Writes(Path.of("/"))));
            }
        }
    }

    @Test
    void aNameThatIsTooLongFails() throws Exception {
        assertTrue(context.call("Read", "file_path", "a".repeat(300)).isError());
        assertTrue(context.call("Write", "file_path", "a".repeat(300), "content", "x").isError());
        assertTrue(
                context.call("Write", "file_path", "a/".repeat(3_000) + "x", "content", "x")
                        .isError());
    }

    @ParameterizedTest
    @CsvSource({"plain/,x", "plain/x,x", "sub,x", "sub/,x", ".,x", "/,x"})
    void whatIsNoFileIsNotReplaced(String path, String content) throws Exception {
        context.file("plain", "old");
        context.file("sub/file", "old");
        context.call("Write", "file_path", path, "content", content);
        if (!path.equals("plain/")) {
            assertTrue(context.call("Read", "file_path", path).isError());
            assertEquals("old", Files.readString(work.resolve("plain")));
        }
        assertTrue(Files.isDirectory(work.resolve("sub")));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pipesSocketsAndDevicesAreRefusedAtOnce() throws Exception {
        var pipe = work.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(work.resolve("socket")));
            for (var path : List.of("pipe", "socket", "/dev/zero", "/dev/tty", "/dev/stdin")) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> {
                            assertTrue(context.call("Read", "file_path", path).isError(), path);
                            assertTrue(
                                    context.call("Write", "file_path", path, "content", "x")
                                            .isError(),
                                    path);
                        });
            }
        }
        assertTrue(context.call("Read", "file_path", "pipe/x").isError());
    }

    @Test
    void aHardLinkIsAnOrdinaryFileAndTheOtherNameKeepsTheOldContent() throws Exception {
        var file = context.file("one", "old");
        Files.createLink(work.resolve("two"), file);
        assertTrue(context.call("Read", "file_path", "two").text().contains("old"));
        assertFalse(context.call("Write", "file_path", "two", "content", "new").isError());
        assertEquals("old", Files.readString(file));
        assertEquals("new", Files.readString(work.resolve("two")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aliasesOfProcAreDecidedAsWhatTheyLeadTo() throws Exception {
        var secret = Files.writeString(temp.toRealPath().resolve("secret"), "x");
        var read = TestContext.tool(ToolOptions.DEFAULTS, "Read");
        var accesses = read.accesses(input("/proc/self/root" + secret), context);
        assertEquals(new Access.Reads(secret), accesses.getFirst());
        assertTrue(accesses.stream().anyMatch(one -> one.toString().contains("/proc/")));
    }

    @Test
    void aNotebookIsChangedLikeOtherFilesAndHasToBeReadFirst() throws Exception {
        var book =
                context.file(
                        "n.ipynb",
                        """
                        {"cells":[{"cell_type":"code","source":"1","metadata":{}}],"nbformat":4,"nbformat_minor":4}
                        """);
        var link = Files.createSymbolicLink(work.resolve("l.ipynb"), Path.of("n.ipynb"));
        Object[] fields = {"notebook_path", "l.ipynb", "cell_id", "cell-0", "new_source", "2"};
        var edit = TestContext.tool(ToolOptions.DEFAULTS, "NotebookEdit");
        assertEquals(
                List.of(new Access.Writes(book), new Access.Writes(link)),
                edit.accesses(TestContext.input(fields), context));
        assertTrue(context.call("NotebookEdit", fields).text().contains("has not been read"));
        context.call("Read", "file_path", "n.ipynb");
        assertFalse(context.call("NotebookEdit", fields).isError());
        assertTrue(Files.readString(book).contains("\"2\""));
        assertTrue(Files.isSymbolicLink(link));
    }
}
