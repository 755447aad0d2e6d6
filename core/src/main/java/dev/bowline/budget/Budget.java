package dev.bowline.budget;

/// What a session may use; checked before each model call, so that it is exceeded by one call at
/// most. Money in nano-dollars, [#UNLIMITED] for no bound.
public record Budget(long sessionCost, long turnCost, long sessionTokens) {
    public static final long UNLIMITED = Long.MAX_VALUE;
    public static final Budget NONE = new Budget(UNLIMITED, UNLIMITED, UNLIMITED);

    public Budget {
        if (sessionCost < 0 || turnCost < 0 || sessionTokens < 0) {
            throw new IllegalArgumentException(
                    "a budget cannot be negative; use Budget.UNLIMITED for no bound");
        }
    }
}
