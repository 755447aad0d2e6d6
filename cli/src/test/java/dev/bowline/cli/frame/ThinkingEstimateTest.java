package dev.bowline.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThinkingEstimateTest {
    private final ThinkingEstimate estimate = new ThinkingEstimate();

    @Test
    void fourCharactersAreATokenAndABrokenRestIsOne() {
        assertEquals(1, estimate.read("Hm, "));
        assertEquals(2, estimate.read("think"));
        assertEquals(0, estimate.read(""));
        assertEquals(3, estimate.tokens());
    }

    @Test
    void aLongSignatureTellsOfThinkingThatIsNotShown() {
        estimate.read("Hm, let me think.");
        assertEquals(5, estimate.signed("x".repeat(50)));
        assertEquals(10, estimate.tokens());
        assertEquals(0, estimate.signed("x"));
    }

    @Test
    void aShortSignatureAddsNothing() {
        estimate.read("x".repeat(400));
        assertEquals(0, estimate.signed("x".repeat(50)));
        assertEquals(100, estimate.tokens());
    }

    @Test
    void blocksAddUpAndMessagesBeginAnew() {
        estimate.read("x".repeat(40));
        estimate.block();
        estimate.read("x".repeat(40));
        assertEquals(20, estimate.tokens());
        estimate.message();
        assertEquals(0, estimate.tokens());
    }
}
