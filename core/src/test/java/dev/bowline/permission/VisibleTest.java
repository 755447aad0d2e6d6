package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0, 0x7, 0x1B, 0x7F, 0x9B, 0xA0, 0xAD, 0x34F, 0x115F, 0x1160, 0x180B, 0x180D,
                0x180F, 0x2003, 0x200B, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066, 0x2800, 0x3000,
                0x3164, 0xD800, 0xE000, 0xFE00, 0xFE0E, 0xFEFF, 0xFFA0, 0xFFFF, 0xE0041, 0xE0100,
                0xE01EF
            })
    void whatIsNotSeenIsSpelledOut(int c) {
        assertEquals(
                "a" + String.format("\u2039U+%04X\u203a", c) + "b",
                Visible.text("a" + Character.toString(c) + "b"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', 'a', '~', 0xA1, 0xE9, 0x34E, 0x350, 0x115E, 0x1161, 0x180A, 0x27FF, 0x2801,
                0x3163, 0x3165, 0xFE10, 0xFF9F, 0x1F600, 0x4E2D, 0x0301, 0xFE0F
            })
    void whatIsSeenStays(int c) {
        assertEquals(Character.toString(c), Visible.text(Character.toString(c)));
    }

    @Test
    void lineEndsAndTabsStayInATextAndAreShownInALine() {
        assertEquals("a\nb\tc", Visible.text("a\nb\tc"));
        assertEquals("a\u240ab\u2409c", Visible.line("a\nb\tc"));
        assertEquals("a\n\u2039U+000D\u203a", Visible.text("a\n\r"));
    }

    @Test
    void aTextWithNothingHiddenIsGivenBackAsItIs() {
        var plain = "nothing to see";
        assertSame(plain, Visible.text(plain));
    }
}
