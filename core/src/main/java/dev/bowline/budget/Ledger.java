package dev.bowline.budget;

/// Money that several sessions share: a cap, what was spent, and what calls under way have
/// reserved. Amounts are nano-dollars. Safe for any thread.
public final class Ledger {
    private final long cap;
    private long spent;
    private long reserved;

    /// With [Budget#UNLIMITED] it only counts.
    public Ledger(long cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("a cap of " + cap + " nano-dollars is negative");
        }
        this.cap = cap;
    }

    /// Money set aside for one call; give it back through [#settle].
    public final class Reservation {
        private long amount;

        private Reservation(long amount) {
            this.amount = amount;
        }

        /// Ends the reservation with what the call came to; a second time does nothing.
        public void settle(long cost) {
            synchronized (Ledger.this) {
                if (amount >= 0) {
                    reserved -= amount;
                    spent += Math.max(0, cost);
                    amount = -1;
                }
            }
        }
    }

    /// Sets `estimate` aside.
    ///
    /// @throws dev.bowline.error.BowlineException `budget_exhausted` when it no longer fits under
    ///   the cap
    public synchronized Reservation reserve(long estimate) {
        if (spent + reserved + estimate > cap && spent + reserved > 0 || spent >= cap) {
            throw new dev.bowline.error.BowlineException(
                    dev.bowline.error.ErrorCode.BUDGET_EXHAUSTED,
                    "the shared budget of "
                            + Money.text(cap)
                            + " is used up ("
                            + Money.text(spent)
                            + " spent, "
                            + Money.text(reserved)
                            + " reserved); raise it or wait for its next period");
        }
        reserved += estimate;
        return new Reservation(estimate);
    }

    public synchronized long spent() {
        return spent;
    }

    public synchronized long reserved() {
        return reserved;
    }
}
