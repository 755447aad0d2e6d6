package dev.bowline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.message.Usage;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final Pricing PRICES = Pricing.published();

    @Test
    void addsUpEveryKindOfToken() {
        // 1,000 in at $2, 100 out at $10, 300 written for 5 min at $2.50 and 200 for 1 h at $4,
        // 5,000 read at $0.10 per million, 2 searches at $0.01
        var usage = new Usage(1000, 100, 500, 200, 5000, 2);
        assertEquals(
                2_000_000 + 1_000_000 + 750_000 + 800_000 + 500_000 + 20_000_000,
                PRICES.cost("claude-sonnet-5-5", usage));
    }

    @Test
    void aModelThatTheTableDoesNotNameHasNoPrice() {
        var usage = Usage.of(1, 1);
        assertEquals(-1, PRICES.cost("llama", usage));
        assertEquals(-1, PRICES.cost("claude-sonnet-5-9", usage));
        assertEquals(-1, PRICES.cost("claude-opus-4-9-20270101", usage));
        assertEquals(-1, PRICES.contextWindow("llama"));
    }

    @Test
    void understandsDatesAndWindowsAfterAName() {
        var usage = Usage.of(1_000_000, 0);
        assertEquals(15_000_000_000L, PRICES.cost("claude-opus-4-20250514", usage));
        assertEquals(5_000_000_000L, PRICES.cost("claude-opus-4-8[1m]", usage));
        assertEquals(1_000_000_000L, PRICES.cost("claude-haiku-4-5-latest", usage));
        assertEquals(200_000, PRICES.contextWindow("claude-haiku-4-5-20251001"));
    }

    @Test
    void aLongPromptCostsMoreWhereTheServiceSaysSo() {
        assertEquals(10_000_000L + 500, PRICES.cost("claude-haiku-5-5", Usage.of(100_000, 1)));
        assertEquals(50_000_500L + 2500, PRICES.cost("claude-haiku-5-5", Usage.of(100_001, 1)));
    }

    @Test
    void aPromptLongerThanAnyPriceHasNone() {
        assertEquals(-1, PRICES.cost("claude-sonnet-4-5", Usage.of(200_001, 1)));
    }

    @Test
    void saysWhenAndWhereThePricesWereFound() {
        assertTrue(PRICES.date().isAfter(LocalDate.of(2026, 1, 1)));
        assertFalse(PRICES.source().isBlank());
    }

    @Test
    void refusesATableWithPricesThatAreNone() {
        var table =
                Json.parse(
                        "{\"date\":\"2026-01-01\",\"models\":[{\"name\":\"m\",\"rates\":[{\"input\":\"x\"}]}]}");
        assertThrows(IllegalArgumentException.class, () -> Pricing.of(table));
        assertThrows(
                IllegalArgumentException.class,
                () -> Pricing.of(Json.parse("{\"date\":\"soon\"}")));
    }
}
