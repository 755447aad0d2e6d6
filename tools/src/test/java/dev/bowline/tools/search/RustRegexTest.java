package dev.bowline.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RustRegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(?P<year>\\d{4}) 1999 true",
                "^[[:upper:]]+$ ABC true",
                "^[[:^upper:]]+$ ABC false",
                "^\\pL+$ äöü true",
                "^\\p{Greek}+$ αβγ true",
                "^\\p{Lowercase_Letter}+$ abc true",
                "^\\PL$ a false",
                "^[\\w&&[^\\d]]+$ abc true",
                "^[a-z--[aeiou]]+$ xyz true",
                "^[a-z--[aeiou]]+$ xay false",
                "^[a-f~~d-h]+$ abgh true",
                "^[a-f~~d-h]+$ e false",
                "^[^[:digit:]x]$ 7 false",
                "^\\x{1F600}$ 😀 true",
                "^(?i:a)b$ Ab true",
                "^(?U)a+$ aaa true",
                "^a**$ aaa true",
                "^a{2}{2}$ aaaa true",
                "^(?-u:\\w)$ ä false",
                "^\\w$ ä true",
                "^[]a]+$ a]a true",
                "^[a-]+$ a-a true",
                "\\bfoo\\b xfoo false",
                "^\\/$ / true",
                "^x++$ xx true"
            })
    void patternsMeanWhatTheyMeanInRipgrep(String pattern, String text, boolean found) {
        assertEquals(
                found, RustRegex.compile(pattern, false, false).pattern().matcher(text).find());
    }

    @Test
    void aPossessiveLookIsARepetitionOfARepetition() {
        assertTrue(RustRegex.compile("^a*+a$", false, false).pattern().matcher("aa").find());
    }

    @Test
    void plainTextIsRecognized() {
        assertEquals("a.b/c", RustRegex.compile("a\\.b\\/c", false, false).literal());
        assertEquals(null, RustRegex.compile("a.b", false, false).literal());
    }

    @Test
    void aTextThatEveryMatchHoldsIsKnown() {
        assertEquals("_init", RustRegex.compile("\\w+_init\\b", false, false).required());
        assertEquals("abc", RustRegex.compile("abc(d|e)xy", false, false).required());
        assertEquals("ab", RustRegex.compile("abc?", false, false).required());
        for (var pattern : new String[] {"ab|cd", "(?i)ab", "(ab)?", "(?i:x)ab"}) {
            assertEquals(null, RustRegex.compile(pattern, false, false).required(), pattern);
        }
        assertEquals(null, RustRegex.compile("ab", true, false).required());
    }

    @Test
    void onlyPatternsThatFitALineEndSpanLines() {
        assertTrue(RustRegex.compile("a.b", false, true).spansLines());
        assertTrue(RustRegex.compile("[^x]", false, true).spansLines());
        assertFalse(RustRegex.compile("a[bc]d", false, true).spansLines());
        assertFalse(RustRegex.compile("a.b", false, false).spansLines());
    }

    @Test
    void ripgrepGetsNoEscapeThatItMayNotKnow() {
        assertEquals("a/b\"c\\.\\\\d(?P<n>x)", RustRegex.normal("a\\/b\\\"c\\.\\\\d(?<n>x)"));
    }
}
