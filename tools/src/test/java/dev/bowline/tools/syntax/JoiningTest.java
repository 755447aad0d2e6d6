package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What must hold for any command line.
class JoiningTest {
    private static final int LINES = 400;

    private static List<List<String>> commands(String text) {
        return Bash.parse(text) instanceof Parsed.Program program
                ? Found.in(program.script()).commands
                : List.of();
    }

    private static List<String> lines() {
        Soup soup = new Soup(11);
        List<String> lines = new ArrayList<>();
        while (lines.size() < LINES) {
            String line = soup.line(2);
            try {
                if (!commands(line).isEmpty()) {
                    lines.add(line);
                }
            } catch (Words.TooManyWords e) {
                continue;
            }
        }
        return lines;
    }

    @Test
    void twoLinesHaveTheCommandsOfBoth() {
        List<String> lines = lines();
        for (int index = 1; index < lines.size(); index++) {
            String first = lines.get(index - 1);
            List<List<String>> both = new ArrayList<>(commands(first));
            both.addAll(commands(lines.get(index)));
            assertEquals(both, commands(first + "\n" + lines.get(index)), first);
        }
    }

    @Test
    void whatStandsAroundALineTakesNothingFromIt() {
        for (String line : lines()) {
            List<List<String>> plain = commands(line);
            for (String around :
                    List.of(
                            "{ %s\n}",
                            "(%s\n)",
                            "if %s\nthen z; fi",
                            "while z; do %s\ndone",
                            "f() { %s\n}",
                            "case z in z) %s\nesac",
                            "for z in y; do %s\ndone")) {
                assertTrue(
                        commands(around.replace("%s", line)).containsAll(plain),
                        () -> around + " " + line);
            }
        }
    }

    @Test
    void aSubstitutionHasTheCommandsOfItsLineOrIsRefused() {
        int understood = 0;
        for (String line : lines()) {
            List<List<String>> inside = commands("z $(" + line + "\n)");
            understood += inside.isEmpty() ? 0 : 1;
            assertTrue(inside.isEmpty() || inside.containsAll(commands(line)), line);
        }
        assertTrue(understood > LINES * 8 / 10, "understood " + understood);
    }

    @Test
    void quotingAWordChangesNothing() {
        for (String word :
                List.of("a", "-rf", "a/b", "a.b", "x=y", "é", "a:b", "%s", "a@b", "a+b")) {
            List<List<String>> plain = commands("run " + word + " end");
            for (String quoted :
                    List.of("'%s'", "\"%s\"", "$'%s'", "''%s", "%s\"\"", "\\%s", "\\\n%s")) {
                String text = quoted.replace("%s", word);
                if (!text.equals("\\" + word) || !Characters.namePart(word.charAt(0))) {
                    assertEquals(plain, commands("run " + text + " end"), text);
                }
                assertEquals(plain, commands("\"run\" " + text + " 'end'"), text);
            }
        }
    }
}
