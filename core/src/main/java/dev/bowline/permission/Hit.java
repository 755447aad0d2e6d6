package dev.bowline.permission;

/// Whether a rule that denies or asks covers a call.
enum Hit {
    NO,
    /// It may, but that is only known when the call runs.
    MAYBE,
    YES;

    Hit or(Hit other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
