package dev.bowline.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Amounts of money as whole nano-dollars (a thousand-millionth of a US dollar), so that sums are
/// exact.
public final class Money {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private Money() {}

    /// Dollars as nano-dollars, rounded half up.
    ///
    /// @throws ArithmeticException above nine thousand million dollars
    public static long nanos(BigDecimal dollars) {
        return dollars.multiply(NANOS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public static BigDecimal dollars(long nanos) {
        return BigDecimal.valueOf(nanos).divide(NANOS);
    }

    /// For people, for example `$0.0123`.
    public static String text(long nanos) {
        return "$" + dollars(nanos).setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
