package dev.bowline.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @TempDir Path temp;
    private Path folder;
    private Place place;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectories(temp.resolve("project")).toRealPath();
        place = new Place(folder, temp, Map.of(), TimeSource.system());
    }

    private void files(String... names) throws Exception {
        for (var name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
    }

    private ToolResult call(String pattern) throws Exception {
        return new Glob().call(Json.of(Map.of("pattern", pattern)), place);
    }

    private static List<?> names(ToolResult result) {
        return ((List<?>) result.structured().asMap().get("filenames")).stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.java|A.java,s/B.java,s/t/C.java",
                "**/*.java|A.java,s/B.java,s/t/C.java",
                "./*.java|A.java",
                "s/*.java|s/B.java",
                "s/**|s/B.java,s/t/C.java,s/x.md",
                "s/**/*.java|s/B.java,s/t/C.java",
                "*.{md,txt}|s/x.md,ü.txt",
                "[AB].java|A.java,s/B.java",
                "[!A].java|s/B.java,s/t/C.java",
                "?.txt|ü.txt",
                ".*|.env",
                "s/|s/B.java,s/t/C.java,s/x.md",
                "t/*.java|",
                "**/t/*|s/t/C.java"
            })
    void patternsFitPaths(String pattern, String expected) throws Exception {
        files("A.java", "s/B.java", "s/t/C.java", "s/x.md", "ü.txt", ".env", ".git/config");
        assertEquals(
                expected == null ? "" : expected,
                String.join(",", names(call(pattern)).stream().map(String::valueOf).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{src,../other}/*", "*/../../x", "{a,..}", "src/*/.."})
    void nothingLeadsUpBehindAWildcard(String pattern) {
        var input = Json.of(Map.of("pattern", pattern));
        assertTrue(new Glob().validate(input, place).isPresent());
        assertEquals(List.of(new Access.Reads(Path.of("/"))), new Glob().accesses(input, place));
    }

    @Test
    void theNewestHundredAreShownAndAllAreCounted() throws Exception {
        for (int i = 0; i < 130; i++) {
            files("d" + i % 3 + "/f" + i);
            Files.setLastModifiedTime(
                    folder.resolve("d" + i % 3 + "/f" + i), FileTime.fromMillis(1_000L * (i + 1)));
        }
        var result = call("*");
        var structured = result.structured().asMap();
        assertEquals(100L, structured.get("numFiles"));
        assertEquals(130L, structured.get("totalMatches"));
        assertEquals(true, structured.get("truncated"));
        assertEquals(true, structured.get("countIsComplete"));
        assertEquals("d0/f129", ((List<?>) structured.get("filenames")).getFirst());
        assertTrue(
                result.text()
                        .contains("newest 100 of 130 files. By folder: d0/ 44, d1/ 43, d2/ 43."),
                result.text());
    }

    @Test
    void ignoreFilesCountUnlessTheEnvironmentSaysNo() throws Exception {
        files("a.log", "b.txt");
        Files.writeString(folder.resolve(".gitignore"), "*.log\n");
        assertEquals(List.of(".gitignore", "b.txt"), names(call("*")));
        place =
                new Place(
                        folder,
                        temp,
                        Map.of("CLAUDE_CODE_GLOB_NO_IGNORE", "true"),
                        TimeSource.system());
        assertEquals(List.of(".gitignore", "a.log", "b.txt"), names(call("*")));
    }

    @Test
    void linksAreNeitherFollowedNorListed() throws Exception {
        files("a/x");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("up"), temp);
        assertEquals(List.of("a/x"), names(call("**/*")));
    }

    @Test
    void absolutePatternsAndPathsOutsideAreShownInFull() throws Exception {
        Files.writeString(Files.createDirectories(temp.resolve("other")).resolve("f.txt"), "");
        var other = temp.toRealPath().resolve("other");
        assertEquals(List.of(other + "/f.txt"), names(call(other + "/*.txt")));
        assertEquals(List.of(other + "/f.txt"), names(call("../other/*")));
        assertEquals(
                List.of(new Access.Reads(other)),
                new Glob().accesses(Json.parse("{\"pattern\":\"../other/*\"}"), place));
    }

    @Test
    void whatCannotBeIsSaidInOneSentence() throws Exception {
        assertEquals("No files found", call("*.none").text());
        assertTrue(call("a\0b").text().contains("NUL"));
        assertTrue(call("[a").text().contains("unclosed character class"));
        assertEquals("No files found", call("nowhere/*.x").text());
        assertTrue(
                new Glob()
                        .call(Json.parse("{\"pattern\":\"*\",\"path\":\"nowhere\"}"), place)
                        .text()
                        .startsWith("There is no folder " + folder + "/nowhere"));
        assertTrue(call("[a").isError());
    }
}
