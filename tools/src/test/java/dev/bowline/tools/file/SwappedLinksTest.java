package dev.bowline.tools.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Tools work below a folder and on a file that somebody else turns into links to the outside and
/// back, as fast as they can.
@Timeout(120)
class SwappedLinksTest {
    private static final int ROUNDS = 2_000;
    private static final Duration TIME = Duration.ofSeconds(4);

    @TempDir private Path temp;
    private Path outside;
    private Path work;
    private TestContext context;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger swaps = new AtomicInteger();
    private final List<Thread> swappers = new ArrayList<>();

    @BeforeEach
    void folders() throws IOException {
        context = new TestContext(temp);
        work = context.projectDirectory();
        outside = Files.createDirectories(temp.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("file"), "SECRET");
        Files.writeString(context.projectDirectory().resolve("file"), "plain");
        Files.createDirectories(work.resolve("sub"));
        Files.writeString(work.resolve("sub/file"), "plain");
        Files.createSymbolicLink(work.resolve("folder-link"), outside);
        Files.createSymbolicLink(work.resolve("file-link"), outside.resolve("file"));
        Files.writeString(work.resolve("file-real"), "plain");
    }

    @AfterEach
    void end() throws Exception {
        over.set(true);
        for (var swapper : swappers) {
            swapper.join();
        }
        context.close();
    }

    /// `name` is the real thing and the link by turns.
    private void swap(String name, String link) {
        swappers.add(
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                exchange(work.resolve(name), work.resolve(link));
                                swaps.incrementAndGet();
                            }
                        }));
    }

    private void exchange(Path name, Path link) {
        var real = name.resolveSibling(name.getFileName() + "-aside");
        try {
            Files.move(name, real, StandardCopyOption.ATOMIC_MOVE);
            Files.move(link, name, StandardCopyOption.ATOMIC_MOVE);
            Thread.onSpinWait();
            Files.move(name, link, StandardCopyOption.ATOMIC_MOVE);
            Files.move(real, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException made) {
            // A tool made the name anew meanwhile; what was put aside comes back.
            back(name, link, real);
        }
    }

    private static void back(Path name, Path link, Path real) {
        try {
            if (Files.isSymbolicLink(name) && !Files.exists(link)) {
                Files.move(name, link, StandardCopyOption.ATOMIC_MOVE);
            }
            if (Files.isDirectory(real) && Files.isDirectory(name)) {
                Files.move(name, name.resolveSibling("spare-" + System.nanoTime()));
            }
            if (Files.exists(real)) {
                Files.move(real, name, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException again) {
            // The next turn tries again.
        }
    }

    private interface Work {
        void go(int round) throws Exception;
    }

    private void rounds(Work work) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) {
            work.go(i);
        }
        assertTrue(swaps.get() > 10, "the links were swapped");
    }

    private void assertUntouched() throws IOException {
        try (var files = Files.walk(outside)) {
            assertEquals(List.of(outside, outside.resolve("file")), files.sorted().toList());
        }
        assertEquals("SECRET", Files.readString(outside.resolve("file")));
    }

    @Test
    void nothingIsReadThroughAFolder() throws Exception {
        swap("sub", "folder-link");
        var seen = new AtomicInteger();
        rounds(round -> {
            var path = work.resolve("sub/file");
            var target = new Target(path, path);
            try {
                target.regular();
                var text = target.text();
                assertFalse(text.contains("SECRET"));
                seen.incrementAndGet();
            } catch (IOException refused) {
                return;
            }
        });
        assertTrue(seen.get() > 0, "some reads were good");
    }

    @Test
    void nothingIsReadThroughAFile() throws Exception {
        swap("file-real", "file-link");
        rounds(round -> {
            var path = work.resolve("file-real");
            try {
                assertFalse(new Target(path, path).text().contains("SECRET"));
            } catch (IOException refused) {
                return;
            }
        });
    }

    /// Writes, or is refused; both will do.
    private static void write(Path path, String text) {
        try {
            AtomicFile.write(new Target(path, path), text.getBytes());
        } catch (IOException refused) {
            return;
        }
    }

    @Test
    void nothingIsWrittenThroughAFolder() throws Exception {
        swap("sub", "folder-link");
        rounds(round -> write(work.resolve("sub/file"), "mine" + round));
        assertUntouched();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingIsMadeThroughAFolder() throws Exception {
        swap("sub", "folder-link");
        rounds(round -> write(work.resolve("sub/new" + round + "/deep/file"), "mine" + round));
        assertUntouched();
    }

    @Test
    void nothingIsWrittenThroughAFile() throws Exception {
        swap("file-real", "file-link");
        rounds(round -> write(work.resolve("file-real"), "mine" + round));
        assertUntouched();
    }

    @Test
    void theToolsKeepToWhatWasDecided() throws Exception {
        swap("sub", "folder-link");
        rounds(round -> {
            var input = TestContext.input("file_path", "sub/file", "content", "mine" + round);
            var write = TestContext.tool(ToolOptions.DEFAULTS, "Write");
            var allowed =
                    write.accesses(input, context).stream()
                            .noneMatch(access -> access.toString().contains("outside"));
            if (allowed) {
                write.call(input, context);
            }
            var read = TestContext.tool(ToolOptions.DEFAULTS, "Read");
            var inside =
                    read.accesses(input, context).stream()
                            .noneMatch(access -> access.toString().contains("outside"));
            if (inside) {
                assertFalse(read.call(input, context).text().contains("SECRET"));
            }
        });
        assertUntouched();
    }
}
