package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserBoundsTest {
    /// Far more than it takes, so that a busy machine doesn't matter; quadratic time would be more.
    private static final Duration MOST = Duration.ofSeconds(5);

    private static final List<String> OPENINGS =
            List.of(
                    "(",
                    "$(",
                    "{ ",
                    "\"$(",
                    "${x:-",
                    "if ",
                    "while ",
                    "((",
                    "$((",
                    "<(",
                    "[[ (",
                    "x=(",
                    "f() { ",
                    "case x in a) ",
                    "$[",
                    "\"${x:-",
                    "a[",
                    "! ",
                    "for x in a; do ",
                    "coproc x ",
                    "cat <<E\n$(",
                    "((a;",
                    "$((a;",
                    "<((");

    @Test
    void whatStandsTooDeepIsRefusedAndNothingOverflows() {
        for (String opening : OPENINGS) {
            Parsed parsed = Bash.parse(opening.repeat(20_000));
            assertInstanceOf(Parsed.Problem.class, parsed, opening);
        }
    }

    @Test
    void aHundredLevelsAreTooManyAndThirtyAreNot() {
        assertInstanceOf(
                Parsed.Program.class, Bash.parse("a $(".repeat(30) + "b" + ")".repeat(30)));
        assertInstanceOf(
                Parsed.Problem.class, Bash.parse("a $(".repeat(110) + "b" + ")".repeat(110)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b ",
                "a;",
                "a|",
                "a && ",
                "'a' ",
                "\"a $b\" ",
                "$(a) ",
                "`a` ",
                "\\",
                "{a,b}",
                "a\n",
                "#a\n",
                "x=1 ",
                "((",
                "$((1))",
                "<<E ",
                ">f ",
                "${a}",
                "~",
                "[",
                "$",
                "{",
                "a[1]=2 ",
                "case a in b) c;; esac;",
                "if a; then b; fi;",
                "a() { b; }\n",
                "[[ a ]];",
                "\\\n",
                "$'\\n'",
                "(a);",
                "((a);b);",
                "$((a);b) ",
                "cat <<E\nx\nE\n",
                "1",
                "\t",
                "a=",
                "((a) )",
                "}",
                "'"
            })
    void timeGrowsWithTheLengthOnly(String part) {
        String text = part.repeat(100_000 / part.length());
        long start = System.nanoTime();
        Bash.parse(text);
        long took = System.nanoTime() - start;
        assertTrue(took < MOST.toNanos(), () -> "took " + Duration.ofNanos(took));
    }

    @Test
    void anyTextIsReadWithoutAnError() {
        Soup soup = new Soup(3);
        Random random = new Random(3);
        for (int count = 0; count < 30_000; count++) {
            String text =
                    switch (count % 4) {
                        case 0 -> soup.parts(30);
                        case 1 -> soup.mutated(soup.line(2));
                        case 2 -> soup.parts(8);
                        default -> characters(random);
                    };
            check(text);
        }
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(40); count > 0; count--) {
            boolean any = random.nextInt(50) == 0;
            text.append((char) (any ? random.nextInt(0x10000) : 9 + random.nextInt(118)));
        }
        return text.toString();
    }

    /// Reads a text, and whatever it is nothing but a tree or a problem may come of it.
    static void check(String text) {
        Parsed parsed = Bash.parse(text);
        if (parsed instanceof Parsed.Program program) {
            try {
                Found.in(program.script());
            } catch (Words.TooManyWords e) {
                return;
            }
            return;
        }
        Parsed.Problem problem = (Parsed.Problem) parsed;
        assertTrue(problem.position() >= 0 && problem.position() <= text.length(), text);
    }
}
