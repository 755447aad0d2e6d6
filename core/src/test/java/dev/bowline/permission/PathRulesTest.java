package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables in `paths/` say which paths patterns cover and which paths are guarded.
class PathRulesTest {
    private static final Path SOURCE = Path.of("/etc/rules");
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of(Path.of("/data/more")));

    static Stream<List<String>> patterns() throws IOException {
        return table("/paths/patterns.txt");
    }

    static Stream<List<String>> guarded() throws IOException {
        return table("/paths/guarded.txt");
    }

    private static Stream<List<String>> table(String name) throws IOException {
        try (var in = PathRulesTest.class.getResourceAsStream(name)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split("\\|"))
                                    .map(cell -> unescaped(cell.strip()))
                                    .toList());
        }
    }

    private static String unescaped(String cell) {
        var text = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) != '\\' || i + 1 == cell.length()) {
                text.append(cell.charAt(i));
                continue;
            }
            switch (cell.charAt(++i)) {
                case 'n' -> text.append('\n');
                case 'u' -> {
                    text.append((char) Integer.parseInt(cell.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(cell.charAt(i));
            }
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void aPatternCoversWhatTheTableSays(List<String> row) {
        var path = Path.of(row.get(2));
        boolean covered = row.get(3).equals("yes");
        if (!row.get(0).equals("deny")) {
            assertEquals(covered, PathPattern.matches(row.get(1), path, PLACE, SOURCE, true));
        }
        if (!row.get(0).equals("allow")) {
            assertEquals(covered, PathPattern.matches(row.get(1), path, PLACE, SOURCE, false));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void whatIsAllowedWouldAlsoBeDeniedAndShowsFromEveryFolderAbove(List<String> row) {
        var path = Path.of(row.get(2));
        boolean denied = PathPattern.matches(row.get(1), path, PLACE, SOURCE, false);
        if (PathPattern.matches(row.get(1), path, PLACE, SOURCE, true)) {
            assertTrue(denied);
        }
        for (var above = path.normalize(); denied && above != null; above = above.getParent()) {
            assertTrue(PathPattern.mayMatchBelow(row.get(1), above, PLACE, SOURCE), "" + above);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guarded")
    void whatSteersToolsIsProtectedAndWhatHoldsTheRestIsCritical(List<String> row) {
        var path = Path.of(row.get(0));
        assertEquals(row.get(1).equals("yes"), ProtectedPaths.holds(path), "protected");
        assertEquals(row.get(2).equals("yes"), CriticalPaths.holds(path, PLACE), "critical");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//etc/secret/**  | /etc        | true",
                "//etc/secret/**  | /etc/secret | true",
                "//etc/secret/**  | /etc/other  | false",
                "//etc/secret/**  | /           | true",
                "//etc/*/key      | /etc/a      | true",
                "//etc/*/key      | /etc/a/b    | false",
                "//etc/**/key     | /etc/a/b    | true",
                "//etc/a          | /etc/a/b    | true",
                "./conf/x         | /srv/app    | true",
                "./conf/x         | /srv/app/src | false",
                "./conf/x         | /srv/app/conf | true",
                "~/.ssh/**        | /srv/app    | false",
                "~/.ssh/**        | /home       | true",
                "~/.ssh/**        | /home/ann/src | false",
                ".env             | /srv/app/src | true",
                "src/**           | /srv/app/doc | true",
                "/x               | /srv/app    | false",
                "/x               | /etc        | true"
            })
    void aPatternMayCoverSomethingBelowAFolder(String pattern, Path root, boolean may) {
        assertEquals(may, PathPattern.mayMatchBelow(pattern, root, PLACE, SOURCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "!x",
                "a[b",
                "a\\",
                "a\0b",
                "x/**/../y",
                "[z-a]",
                "[[:nope:]]",
                "a\nb"
            })
    void badPatternsSaySo(String pattern) {
        assertTrue(PathPattern.problem(pattern).isPresent(), pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "//x",
                "~",
                "~/x",
                "/",
                "./x",
                "../x",
                "**",
                "a/**/b",
                "[a-z]",
                "[!a-z]",
                "[[:alpha:]]",
                "\\!x",
                "\\[x\\]",
                "*.{a,b}",
                "a b",
                "caf\u00e9",
                "x/",
                "a\\ "
            })
    void goodPatternsHaveNoProblem(String pattern) {
        assertEquals(Optional.empty(), PathPattern.problem(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a/b", "/a*b/[id]/x?", "/a\\b/c", "/ends with blank ", "/!x/#y", "/~/x"})
    void thePatternOfAPathCoversItAndNothingBeside(String path) {
        var pattern = PathPattern.of(Path.of(path));
        assertTrue(PathPattern.matches(pattern, Path.of(path), PLACE, SOURCE, true));
        assertTrue(PathPattern.matches(pattern, Path.of(path + "/z"), PLACE, SOURCE, true));
        assertFalse(PathPattern.matches(pattern, Path.of(path + "z"), PLACE, SOURCE, false));
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/app, true",
        "/srv/app/x, true",
        "/srv/apple, false",
        "/srv, false",
        "/data/more/x, true",
        "/data, false",
        "/srv/app/../x, false",
        "/home/ann, false"
    })
    void aPlaceHoldsWhatIsInItsDirectories(Path path, boolean held) {
        assertEquals(held, PLACE.holds(path));
    }
}
