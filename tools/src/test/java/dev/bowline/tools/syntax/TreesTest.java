package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines and their trees in full, or the reason and the place of the problem. Every command that
/// the trees have is compared with what bash runs by {@link BashDifferentialTest}.
class TreesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ansi",
                "braces",
                "compounds",
                "conditions",
                "expansions",
                "here",
                "lines",
                "refused",
                "redirections",
                "words"
            })
    void aLineHasTheTreeOfTheTable(String table) throws IOException {
        var text = table(table);
        var cases = cases(text);
        assertFalse(cases.isEmpty());
        for (int index = 0; index < cases.size(); index += 2) {
            assertEquals(cases.get(index + 1), tree(cases.get(index)), cases.get(index));
        }
    }

    /// Writes the trees anew for the lines in the tables of a folder.
    public static void main(String[] arguments) throws IOException {
        try (var files = Files.newDirectoryStream(Path.of(arguments[0]), "*.txt")) {
            for (var file : files) {
                var cases = cases(Files.readString(file));
                var text = new StringBuilder();
                for (int index = 0; index < cases.size(); index += 2) {
                    var line = cases.get(index);
                    text.append("$ ").append(line.replace("\n", "\n| ")).append('\n');
                    text.append("= ").append(tree(line)).append('\n');
                }
                Files.writeString(file, text);
            }
        }
    }

    /// Lines (`$` and further lines with a bar) and their trees (`=`), by turns.
    private static List<String> cases(String text) {
        var cases = new ArrayList<String>();
        for (var row : text.lines().toList()) {
            var rest = row.substring(Math.min(2, row.length()));
            if (row.startsWith("$")) {
                cases.add(rest);
                cases.add("");
            } else if (row.startsWith("|")) {
                cases.set(cases.size() - 2, cases.get(cases.size() - 2) + "\n" + rest);
            } else {
                cases.set(cases.size() - 1, rest);
            }
        }
        return cases;
    }

    /// The tree, or the words that braces make where the line is one word.
    private static String tree(String line) {
        var parsed = Bash.parse(line);
        var braces =
                parsed instanceof Parsed.Program(Script script)
                                && script.nodes().size() == 1
                                && script.nodes().getFirst() instanceof Node.Simple simple
                                && simple.words().size() == 1
                                && line.contains("{")
                        ? expanded(simple.words().getFirst())
                        : "";
        return TreeText.of(parsed) + TreeText.visible(braces);
    }

    private static String expanded(Word word) {
        try {
            var words = Words.expand(word);
            return words.size() > 40
                    ? " -> " + words.size() + " words"
                    : words.stream()
                            .map(part -> part.text() + "‹" + part.source() + "›")
                            .collect(Collectors.joining(" ", " -> ", ""));
        } catch (Words.TooManyWords e) {
            return " -> too many";
        }
    }

    private static String table(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(
                        TreesTest.class.getResourceAsStream("trees/" + name + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
