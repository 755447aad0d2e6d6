package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static Word word(String source) {
        Script script = BashTest.program("echo " + source);
        return assertInstanceOf(Node.Simple.class, script.nodes().getFirst()).words().get(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '%',
            value = {
                "a{b,c}d ! abd acd",
                "{1..3} ! 1 2 3",
                "{3..1} ! 3 2 1",
                "{01..3} ! 01 02 03",
                "{1..9..4} ! 1 5 9",
                "{a..e..2} ! a c e",
                "{a,b}{1,2} ! a1 a2 b1 b2",
                "{a,b{c,d}}e ! ae bce bde",
                "x{,y} ! x xy",
                "{,} ! %%",
                "{} ! {}",
                "{a} ! {a}",
                "{a,b ! {a,b",
                "a,b} ! a,b}",
                "'{a,b}' ! {a,b}",
                "\\{a,b} ! {a,b}",
                "{a\\,b} ! {a,b}",
                "{'a,b',c} ! a,b c",
                "{'a,b'} ! {a,b}",
                "${x:-{a,b}} ! null",
                "{1...3} ! {1...3}",
                "{a..3} ! {a..3}",
                "{{a,b} ! {a {b",
                "{a,b}} ! a} b}",
                "{$'\\'',b} ! ' b",
                "~{,/x} ! null null",
                "{a,$x} ! a null",
                "stash@{0} ! stash@{0}",
                "HEAD@{1} ! HEAD@{1}",
            })
    void bracesBecomeTheWordsThatBashMakesOfThem(String source, String words) {
        List<String> texts =
                Words.expand(word(source)).stream().map(word -> "" + word.text()).toList();
        assertEquals(words, String.join(" ", texts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{1..1000000}",
                "{1..99}{1..99}",
                "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
                "{1..999999999999999999999}",
                "{Z..a}"
            })
    void tooManyWordsAreRefused(String source) {
        assertThrows(Words.TooManyWords.class, () -> Words.expand(word(source)));
    }

    @Test
    void manyBracesTakeBoundedTime() {
        for (String part : List.of("{", "}", "{a", "{,", "{a,b}", "${x", "$(a)", "{a..")) {
            String source = part.repeat(25_000);
            if (Bash.parse("echo " + source) instanceof Parsed.Program) {
                assertThrows(Words.TooManyWords.class, () -> refused(source));
            }
        }
    }

    private static void refused(String source) {
        Words.expand(word(source));
        throw new Words.TooManyWords();
    }
}
