package dev.bowline.message;

import java.util.Locale;

/// Who speaks in a [Message]. The wire word is the lower-case name.
public enum Role {
    USER,
    ASSISTANT,
    SYSTEM;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
