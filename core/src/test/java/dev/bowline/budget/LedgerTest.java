package dev.bowline.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void refusesWhatNoLongerFitsBesideWhatIsReserved() {
        var ledger = new Ledger(100);
        var first = ledger.reserve(60);
        assertEquals(
                ErrorCode.BUDGET_EXHAUSTED,
                assertThrows(BowlineException.class, () -> ledger.reserve(50)).code());
        first.settle(20);
        first.settle(20);
        ledger.reserve(50).settle(80);
        assertEquals(100, ledger.spent());
        assertEquals(0, ledger.reserved());
        assertThrows(BowlineException.class, () -> ledger.reserve(0));
    }

    @Test
    void moneyIsExact() {
        assertEquals(1_234_567_891L, Money.nanos(new BigDecimal("1.234567891")));
        assertEquals(new BigDecimal("0.0000003"), Money.dollars(300).stripTrailingZeros());
        assertEquals("$1.2346", Money.text(1_234_567_891L));
    }
}
