package dev.bowline.bench.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The quick form; `bench/synthetic` is the long one.
final class CasesTest {
    @Test
    void oddInputsKeepTheirPromises() throws InterruptedException {
        try (var api = Answers.start()) {
            var findings = new Cases(api.baseUrl(), Sizes.QUICK).pathological();

            assertEquals(6, findings.size());
            assertTrue(api.violations().isEmpty(), () -> api.violations().toString());
        }
    }

    @Test
    void manySessionsTalkAtOnce() throws InterruptedException {
        try (var api = Answers.start()) {
            var finding = new Cases(api.baseUrl(), Sizes.QUICK).crowd();

            assertTrue(finding.figures().contains("200 turns"), finding::toString);
            assertTrue(api.violations().isEmpty(), () -> api.violations().toString());
        }
    }
}
