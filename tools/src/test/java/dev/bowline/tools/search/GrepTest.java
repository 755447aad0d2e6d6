package dev.bowline.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bowline.json.Json;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the engine in the JVM; [SameResultsTest] holds the other one to it.
class GrepTest {
    @TempDir Path temp;
    private Path folder;
    private Place place;
    private final Grep grep = new Grep(Grep.DEFAULT_TIME, false);

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectories(temp.resolve("project")).toRealPath();
        place = new Place(folder, temp.resolve("results"));
    }

    private void file(String name, String content) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ToolResult call(String input) throws Exception {
        return grep.call(Json.parse(input.replace('\'', '"')), place);
    }

    private static Map<String, Object> structured(ToolResult result) {
        return result.structured().asMap();
    }

    @Test
    void filesComeNewestFirst() throws Exception {
        file("a", "foo");
        file("b", "foo");
        Files.setLastModifiedTime(
                folder.resolve("a"), java.nio.file.attribute.FileTime.fromMillis(5_000));
        Files.setLastModifiedTime(
                folder.resolve("b"), java.nio.file.attribute.FileTime.fromMillis(9_000));
        var result = call("{'pattern':'foo'}");
        assertEquals("Found 2 files\nb\na", result.text());
        assertEquals(List.of("b", "a"), structured(result).get("filenames"));
        assertEquals(2L, structured(result).get("numFiles"));
    }

    @Test
    void contentComesByPathWithNumbersAndContext() throws Exception {
        file("b", "one\ntwo\nthree\nfour\nfive\nsix two");
        file("a", "two");
        assertEquals(
                "a:1:two\n--\nb-1-one\nb:2:two\nb-3-three\n--\nb-5-five\nb:6:six two",
                call("{'pattern':'two','output_mode':'content','-C':1}").text());
        assertEquals(
                "a:two\nb:two\nb:six two",
                call("{'pattern':'two','output_mode':'content','-n':false}").text());
        assertEquals("b:6:six", call("{'pattern':'s.x','output_mode':'content','-o':true}").text());
    }

    @Test
    void countsEndWithATotal() throws Exception {
        file("a", "x\nx\ny");
        file("b", "x");
        var result = call("{'pattern':'x','output_mode':'count'}");
        assertEquals("a:2\nb:1\n\nFound 3 occurrences in 2 files", result.text());
        assertEquals(3L, structured(result).get("numMatches"));
    }

    @Test
    void limitAndOffsetPageThroughAndSaySo() throws Exception {
        file("a", "x1\nx2\nx3\nx4\n");
        var result = call("{'pattern':'x','output_mode':'content','head_limit':2,'offset':1}");
        assertTrue(
                result.text().startsWith("a:2:x2\na:3:x3\n\n[Shown from offset 1, limited to 2"),
                result.text());
        assertEquals(4L, structured(result).get("totalLines"));
        assertEquals(2L, structured(result).get("appliedLimit"));
        assertTrue(
                call("{'pattern':'x','output_mode':'content','offset':9}")
                        .text()
                        .startsWith("No entries at this offset; there are 4"));
        assertEquals("No files found", call("{'pattern':'zzz'}").text());
    }

    @Test
    void ignoredGitAndBinaryFilesAreLeftOutHiddenOnesAreNot() throws Exception {
        file(".gitignore", "*.log\n/out/\n!keep.log\n");
        file(".git/config", "foo");
        file(".env", "foo");
        file("a.log", "foo");
        file("keep.log", "foo");
        file("out/x", "foo");
        file("sub/out/y", "foo");
        file("bin", "foo\0");
        var names =
                new ArrayList<>((List<?>) structured(call("{'pattern':'foo'}")).get("filenames"));
        names.sort(null);
        assertEquals(List.of(".env", "keep.log", "sub/out/y"), names);
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.writeString(Files.createDirectories(temp.resolve("other")).resolve("secret"), "foo");
        Files.createSymbolicLink(folder.resolve("link"), temp.resolve("other"));
        Files.createSymbolicLink(folder.resolve("secret"), temp.resolve("other/secret"));
        assertEquals("No files found", call("{'pattern':'foo'}").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)",
                "(?<!a)b",
                "(a)\\\\1",
                "a{",
                "[a",
                "(a",
                "a)",
                "*a",
                "\\\\h",
                "\\\\p{Nope}",
                "a{3,1}",
                "(?z)"
            })
    void patternsThatRipgrepRefusesAreRefusedWithTheirPlace(String pattern) throws Exception {
        file("a", "x");
        var result = call("{'pattern':'" + pattern + "'}");
        assertTrue(result.isError(), result.text());
        assertTrue(result.text().startsWith("regex parse error:\n    "), result.text());
        assertTrue(result.text().contains("\nerror: "), result.text());
    }

    @Test
    void aCatastrophicPatternEndsWithItsTime() throws Exception {
        file("a", "x".repeat(200) + "!\n");
        file("b", "nothing");
        var slow = new Grep(Duration.ofMillis(300), false);
        long start = System.nanoTime();
        var result = slow.call(Json.parse("{\"pattern\":\".*.*.*.*.*.*y\"}"), place);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
        assertTrue(result.text().contains("not complete"), result.text());
    }

    @Test
    void aTimeThatIsOverGivesWhatWasFoundAndSaysSo() throws Exception {
        for (int i = 0; i < 200; i++) {
            file("d" + i + "/f", "foo");
        }
        var ticking =
                new TimeSource() {
                    private final java.util.concurrent.atomic.AtomicLong now =
                            new java.util.concurrent.atomic.AtomicLong();

                    @Override
                    public java.time.Instant now() {
                        return java.time.Instant.EPOCH;
                    }

                    @Override
                    public long nanos() {
                        return now.addAndGet(50_000_000L);
                    }

                    @Override
                    public void sleep(Duration duration) {
                        fail("searching never sleeps");
                    }
                };
        var result =
                grep.call(
                        Json.parse("{\"pattern\":\"foo\"}"),
                        new Place(folder, temp, Map.of(), ticking));
        assertEquals(true, structured(result).get("timedOut"));
        assertTrue(result.text().contains("not complete"), result.text());
    }

    @Test
    void anInterruptEndsASearch() throws Exception {
        file("a", "x".repeat(200) + "!\n");
        var thrown = new AtomicReference<Throwable>();
        var searching =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            try {
                                Thread.currentThread().interrupt();
                                call("{'pattern':'.*.*.*.*.*.*y'}");
                            } catch (Throwable e) {
                                thrown.set(e);
                            }
                        });
        searching.start();
        searching.join(Duration.ofSeconds(10));
        assertFalse(searching.isAlive());
        assertInstanceOf(InterruptedException.class, thrown.get());
    }

    @Test
    void longLinesAreCutAndLongResultsAreKeptInAFile() throws Exception {
        file("a", ("x" + "y".repeat(3_000) + "\n").repeat(100));
        var result = call("{'pattern':'x','output_mode':'content'}");
        assertTrue(result.text().contains("[… line cut at 500 characters]"));
        assertTrue(result.text().length() < 31_000, "length " + result.text().length());
        var kept = temp.resolve("results/toolu_1.txt");
        assertTrue(result.text().contains(kept.toString()), result.text().substring(29_000));
        assertEquals(100, Files.readString(kept).lines().count());
    }

    @Test
    void aFileMayBeNamedItself() throws Exception {
        file("sub/a", "x\nfoo");
        assertEquals(
                "sub/a:2:foo",
                call("{'pattern':'foo','path':'sub/a','output_mode':'content'}").text());
        file("sub/bin", "foo\0");
        assertTrue(call("{'pattern':'foo','path':'sub/bin'}").text().contains("is binary"));
    }

    @Test
    void whatCannotBeSearchedIsNamed() throws Exception {
        assertTrue(
                call("{'pattern':'a','path':'nowhere'}")
                        .text()
                        .startsWith("There is no file or folder " + folder + "/nowhere"));
        assertTrue(
                call("{'pattern':'a','type':'nope'}")
                        .text()
                        .startsWith("unrecognized file type: nope"));
        assertTrue(call("{'pattern':'a','glob':'[a'}").text().contains("unclosed character class"));
        assertTrue(call("{'pattern':'a\\u0000b'}").text().contains("NUL"));
        assertTrue(call("{'pattern':'a\\nb'}").text().contains("multiline"));
    }

    @Test
    void itReadsTheRealPathOfItsRootUnderAllItsNames() throws Exception {
        Files.createDirectories(temp.resolve("other"));
        Files.createSymbolicLink(folder.resolve("link"), temp.resolve("other"));
        assertEquals(
                List.of(
                        new Access.Reads(temp.toRealPath().resolve("other")),
                        new Access.Reads(folder.toRealPath().resolve("link"))),
                grep.accesses(Json.parse("{\"pattern\":\"a\",\"path\":\"link\"}"), place));
    }

    @Test
    void aRootThatLeadsElsewhereByThenIsNotSearched() throws Exception {
        Files.createDirectories(temp.resolve("other"));
        Files.writeString(temp.resolve("other/secret"), "sesame");
        Files.createDirectories(folder.resolve("sub"));
        var input = Json.parse("{\"pattern\":\"sesame\",\"path\":\"sub\"}");
        grep.accesses(input, place);
        Files.delete(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("sub"), temp.resolve("other"));
        assertTrue(grep.call(input, place).text().contains("led elsewhere"));
        var files = Json.parse("{\"pattern\":\"sub/*\"}");
        Files.delete(folder.resolve("sub"));
        Files.createDirectories(folder.resolve("sub"));
        var glob = new Glob();
        glob.accesses(files, place);
        Files.delete(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("sub"), temp.resolve("other"));
        assertTrue(glob.call(files, place).text().contains("led elsewhere"));
    }

    @Test
    void whatIsNoPathIsDecidedAsTheRoot() {
        for (var path : List.of("a\\u0000b", "loop")) {
            if (path.equals("loop")) {
                org.junit.jupiter.api.Assertions.assertDoesNotThrow(
                        () -> Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop")));
            }
            assertEquals(
                    List.of(new Access.Reads(Path.of("/"))),
                    grep.accesses(
                            Json.parse("{\"pattern\":\"a\",\"path\":\"" + path + "\"}"), place));
        }
    }

    @Test
    void aPatternThatLooksLikeAnOptionIsAPattern() throws Exception {
        file("a", "--help");
        assertEquals("Found 1 file\na", call("{'pattern':'--help'}").text());
        assertEquals(
                "Found 1 file\na",
                new Grep().call(Json.parse("{\"pattern\":\"--help\"}"), place).text());
    }
}
