package dev.bowline.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.json.Json;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both engines over trees and queries drawn from a seed; empty matches with `-o` are left out, of
/// which ripgrep counts one per byte. `-Dbowline.search.rounds=500` for more,
/// `-Dbowline.search.seed=7` for others.
class SameResultsTest {
    private static final List<String> NAMES =
            List.of("a", "b", "lib", "src", "Main", "x y", "target", ".hid", "ü", "node");
    private static final List<String> ENDS =
            List.of(".java", ".js", ".md", ".log", "", ".txt", ".py");
    private static final List<String> RULES =
            List.of(
                    "*.log",
                    "target/",
                    "/a",
                    "!Main.java",
                    "lib/**",
                    "**/b",
                    "src/*.js",
                    "!*.log",
                    "a/**/b",
                    "*.{md,txt}",
                    "[ab].*",
                    "# comment",
                    "",
                    "node",
                    "!node/",
                    "/src/lib",
                    "**/lib/*.py",
                    "Main*",
                    "\\!x",
                    "x\\ y",
                    "*~",
                    "b/",
                    "!/a",
                    "**",
                    "foo/**/",
                    "?.java",
                    "[!a-m]*.md");
    private static final List<String> WORDS =
            List.of(
                    "foo", "Bar", "class", "x1", "{", "}", "(a|b)", "ÄÖ", "42", "\t", "  ", "end.",
                    "straße", "\r");
    private static final List<String> PATTERNS =
            List.of(
                    "foo",
                    "Bar|class",
                    "^foo",
                    "end\\.$",
                    "\\bfoo\\b",
                    "x[0-9]+",
                    "[[:alpha:]]+1",
                    "(?i)bar",
                    "\\w+\\s\\w+",
                    "\\{",
                    "[^a-z\\s]{2,}",
                    "ö",
                    "\\p{Lu}\\p{L}*",
                    "(?P<n>a|b)",
                    "^$",
                    "fo{2}",
                    "\\d+",
                    "a.b",
                    "(?:foo|Bar) +",
                    "[\\w--\\d]+",
                    "[a-f&&[^b]]+",
                    ".",
                    "\\x{62}",
                    "straSSe|straße",
                    "[^\\x00-\\x7F]",
                    "foo.*end",
                    "\\S+$",
                    "(?-u:\\w)+",
                    "^\\s*class",
                    "x*",
                    "\\/",
                    "\\)|\"",
                    "[]a]",
                    "[^]a]+",
                    "\\pL\\d");
    private static final List<String> SPANNING =
            List.of(
                    "foo\\nclass",
                    "Bar[\\s\\S]*?end",
                    "class.*foo",
                    "^foo$",
                    "(?s-m:a.b)",
                    "\\n\\n",
                    "foo",
                    "\\s+x1");
    private static final List<String> GLOBS =
            List.of(
                    "*.java",
                    "*.{js,md}",
                    "!*.log",
                    "src/**",
                    "**/*.py",
                    "/a/*",
                    "*.log",
                    "lib",
                    "!src/",
                    "Main.*",
                    "*.js,*.md",
                    "[am]*");

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
    Path folder;

    @TempDir Path results;

    @Test
    void bothEnginesFindTheSame() throws Exception {
        var place = new Place(folder.toRealPath(), results);
        assumeTrue(Ripgrep.on(place.environment()).isPresent(), "rg is not installed");
        long seed = Long.getLong("bowline.search.seed", 20_261_120L);
        int rounds = Integer.getInteger("bowline.search.rounds", 12);
        var rg = new Grep();
        var own = new Grep(Grep.DEFAULT_TIME, false);
        int hits = 0;
        for (int round = 0; round < rounds; round++) {
            var random = new Random(seed + round);
            var root = folder.resolve("t" + round);
            tree(random, root, 0);
            for (int i = 0; i < 12; i++) {
                var input = query(random, "t" + round);
                var one = rg.call(input, place);
                var two = own.call(input, place);
                assertEquals(shown(one), shown(two), () -> "seed " + seed + " query " + input);
                hits += one.text().length() > 40 ? 1 : 0;
            }
        }
        assertTrue(hits > rounds, "the queries find next to nothing: " + hits);
    }

    private static String shown(ToolResult result) {
        return (result.isError() ? "ERROR" : result.text() + "\n" + result.structured());
    }

    private static Json query(Random random, String path) {
        Map<String, Object> in = new LinkedHashMap<>();
        boolean multiline = random.nextInt(5) == 0;
        in.put("pattern", pick(random, multiline ? SPANNING : PATTERNS));
        in.put("path", random.nextInt(4) == 0 ? path + "/src" : path);
        if (random.nextInt(3) == 0) {
            in.put("glob", pick(random, GLOBS));
        }
        if (random.nextInt(6) == 0) {
            in.put("type", pick(random, List.of("java", "js", "md", "py", "txt")));
        }
        in.put(
                "output_mode",
                pick(random, List.of("content", "content", "count", "files_with_matches")));
        for (var flag : List.of("-i", "-o")) {
            if (random.nextInt(4) == 0) {
                in.put(flag, true);
            }
        }
        for (var context : List.of("-A", "-B", "-C")) {
            if (random.nextInt(5) == 0) {
                in.put(context, random.nextInt(3));
            }
        }
        if ("x*".equals(in.get("pattern"))) {
            in.remove("-o");
        }
        if (multiline) {
            in.put("multiline", true);
        }
        in.put("head_limit", pick(random, List.of(0, 5, 250)));
        if (random.nextInt(5) == 0) {
            in.put("offset", random.nextInt(6));
        }
        return Json.of(in);
    }

    private static void tree(Random random, Path folder, int depth) throws IOException {
        Files.createDirectories(folder);
        if (random.nextInt(3) == 0) {
            rules(random, folder.resolve(".gitignore"));
        }
        if (random.nextInt(8) == 0) {
            rules(random, folder.resolve(pick(random, List.of(".ignore", ".rgignore"))));
        }
        if (random.nextInt(depth == 0 ? 2 : 10) == 0) {
            Files.createDirectories(folder.resolve(".git/info"));
            rules(random, folder.resolve(".git/info/exclude"));
            Files.writeString(folder.resolve(".git/config"), "foo Bar class x1");
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            var name = pick(random, NAMES) + pick(random, ENDS);
            if (!Files.exists(folder.resolve(name))) {
                Files.write(folder.resolve(name), content(random));
            }
        }
        for (int i = random.nextInt(4); depth < 3 && i > 0; i--) {
            var name = i == 1 ? "src" : pick(random, NAMES);
            if (!Files.exists(folder.resolve(name))) {
                tree(random, folder.resolve(name), depth + 1);
            }
        }
        if (random.nextInt(6) == 0 && !Files.exists(folder.resolve("link"))) {
            Files.createSymbolicLink(folder.resolve("link"), folder);
        }
    }

    private static void rules(Random random, Path file) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            lines.add(pick(random, RULES));
        }
        Files.write(file, lines);
    }

    private static byte[] content(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            for (int j = random.nextInt(5); j > 0; j--) {
                text.append(pick(random, WORDS)).append(random.nextBoolean() ? " " : "");
            }
            text.append(i == 1 && random.nextBoolean() ? "" : "\n");
        }
        return switch (random.nextInt(12)) {
            case 0 -> (text + "\0binary").getBytes(StandardCharsets.UTF_8);
            case 1 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
            case 2 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
            case 3 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> (text + "foo " + "long ".repeat(200) + "\n").getBytes(StandardCharsets.UTF_8);
            default -> text.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
