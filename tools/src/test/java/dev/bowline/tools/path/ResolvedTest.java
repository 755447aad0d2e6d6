package dev.bowline.tools.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A folder `work` beside a folder `out`, with links of all kinds between them.
class ResolvedTest {
    @TempDir private Path temp;
    private Path base;
    private Path work;

    @BeforeEach
    void links() throws IOException {
        base = temp.toRealPath();
        work = Files.createDirectories(base.resolve("work"));
        Files.createDirectories(base.resolve("out/deep"));
        Files.createDirectories(base.resolve("work/src"));
        Files.writeString(base.resolve("out/secret"), "secret");
        Files.writeString(base.resolve("work/src/a"), "a");
        link("work/inner", "src");
        link("work/a-link", "src/a");
        link("work/two", "a-link");
        link("work/leak", "../out/secret");
        link("work/door", "../out/deep");
        link("work/dangling", "../out/later");
        link("work/absolute", base.resolve("out").toString());
        link("work/loop", "loop");
        link("work/up", "..");
        link("alias", "work");
        link("out/back", "../work");
        link("out/file", "../work/src/a");
        link("out/part", "../work/src");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(base.resolve(name), Path.of(target));
    }

    /// Paths are shown from the folder that holds `work` and `out`.
    @ParameterizedTest
    @CsvSource({
        "src/a,               work/src/a",
        "./src/./a,           work/src/a",
        "src/../src/a,        work/src/a",
        "src//a,              work/src/a",
        "src/a/,              work/src/a",
        "missing,             work/missing",
        "missing/deep/er,     work/missing/deep/er",
        "missing/../x,        work/x",
        "inner/a,             work/src/a work/inner/a",
        "inner/new,           work/src/new work/inner/new",
        "inner/../x,          work/x",
        "a-link,              work/src/a work/a-link",
        "two,                 work/src/a work/two work/a-link",
        "leak,                out/secret work/leak",
        "door/x,              out/deep/x work/door/x",
        "door/../secret,      out/secret",
        "door/../../work/src/a, work/src/a",
        "dangling,            out/later work/dangling",
        "absolute/secret,     out/secret work/absolute/secret",
        "up/out/secret,       out/secret work/up/out/secret",
        "up/work/src/a,       work/src/a work/up/work/src/a",
        "../out/secret,       out/secret",
        "../alias/src/a,      work/src/a",
        "../alias/new/file,   work/new/file",
        "../alias/leak,       out/secret work/leak alias/leak",
        "../alias,            work",
        "../out/back/src/a,   work/src/a",
        "../out/file,         work/src/a out/file",
        "../out/part/a,       work/src/a out/part/a",
    })
    void everyNameCountsThatLeadsElsewhere(String asked, String names) {
        var expected = new TreeSet<>(List.of(names.split(" ")));
        var found =
                Resolved.namesOf(Path.of(asked), work).stream()
                        .map(name -> base.relativize(name).toString())
                        .map(name -> name.isEmpty() ? "." : name)
                        .collect(Collectors.toCollection(TreeSet::new));
        // A name with .. behind a link is shown without them and adds nothing but caution.
        if (asked.contains("..") && !asked.startsWith("..")) {
            assertTrue(found.containsAll(expected), found + " for " + asked);
        } else {
            assertEquals(expected, found);
        }
        assertEquals(
                base.resolve(names.split(" ")[0]), Resolved.namesOf(Path.of(asked), work).get(0));
    }

    @ParameterizedTest
    @CsvSource({"src/a", "a-link", "two", "leak", "inner/a", "up/work/src/a", "door/../secret"})
    void filesThatExistResolveAsTheSystemDoes(String asked) throws IOException {
        assertEquals(work.resolve(asked).toRealPath(), Resolved.of(work.resolve(asked)).real());
    }

    @Test
    void whatCannotBeResolvedIsAlsoTheRoot() {
        assertThrows(FileSystemLoopException.class, () -> Resolved.of(work.resolve("loop/x")));
        assertEquals(
                List.of(work.resolve("loop"), work.getRoot()),
                Resolved.namesOf(Path.of("loop"), work));
    }

    @Test
    void aLinkedDirectoryThatTheSessionAlsoWorksInIsNoOtherName() {
        var alias = base.resolve("alias/src/a");
        assertEquals(
                List.of(work.resolve("src/a")),
                Resolved.namesOf(alias, base.resolve("out"), List.of(work)));
        assertEquals(
                List.of(work.resolve("src/a"), alias),
                Resolved.namesOf(alias, base.resolve("out"), List.of()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theAliasesOfProcAreSeenThrough() {
        assertTrue(
                Resolved.namesOf(Path.of("/proc/self/root" + base + "/out/secret"), work)
                        .contains(base.resolve("out/secret")));
        assertTrue(
                Resolved.namesOf(Path.of("/proc/self/cwd/leak"), work)
                        .contains(base.resolve("out/secret")));
        assertTrue(
                Resolved.namesOf(Path.of("/proc/thread-self/cwd/src/a"), work)
                        .contains(work.resolve("src/a")));
        assertTrue(
                Resolved.namesOf(Path.of("/proc/self/root" + work + "/src/a"), work).stream()
                        .anyMatch(name -> name.startsWith("/proc")));
    }

    @Test
    void fortyLinksAreFollowedAndNoMore() throws IOException {
        link("work/link-1", "src/a");
        for (int count = 2; count <= 41; count++) {
            link("work/link-" + count, "link-" + (count - 1));
        }
        var last = Resolved.of(work.resolve("link-40"));
        assertEquals(work.resolve("src/a"), last.real());
        assertEquals(40, last.names().size());
        assertThrows(FileSystemLoopException.class, () -> Resolved.of(work.resolve("link-41")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFoldersOfAProcessAreThoseOfTheOneThatUsesThePath() {
        assertTrue(Resolved.namesOf(Path.of("/proc/self/cwd"), work).contains(work));
        assertTrue(Resolved.namesOf(Path.of("/proc/self/root"), work).contains(Path.of("/")));
        assertEquals(
                List.of(Path.of("/proc/version")),
                Resolved.namesOf(Path.of("/proc/version"), work));
        assertEquals(List.of(Path.of("/proc")), Resolved.namesOf(Path.of("/proc"), work));
    }
}
