package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "*, '', true",
        "*, a, true",
        "**, a, true",
        "a, a, true",
        "a, b, false",
        "a, aa, false",
        "aa, a, false",
        "a*, a, true",
        "a*, ab, true",
        "*a, ba, true",
        "*a, ab, false",
        "a*b, ab, true",
        "a*b, axxb, true",
        "a*b, axbx, false",
        "a*bc, abbbc, true",
        "a*b*c, aXbYc, true",
        "a*b*c, aXcYb, false",
        "*ab*, xxaab, true",
        "?, a, false",
    })
    void aStarStandsForAnythingAndTheRestForItself(String pattern, String text, boolean fits) {
        assertEquals(fits, Glob.matches(pattern, text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "ab, '', true",
        "ab, a, true",
        "ab, ab, true",
        "ab, b, false",
        "ab, abc, false",
        "a*, abc, true",
        "*c, ab, true",
        "a*d, abc, true",
        "a*d, bc, false",
        "a**d, abc, true",
        "ab*, ac, false",
        "a*bc, abab, true",
    })
    void aBeginningFitsWhenSomeEndWouldMakeItFit(String pattern, String prefix, boolean may) {
        assertEquals(may, Glob.mayBegin(pattern, prefix));
    }
}
