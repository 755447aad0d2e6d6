package dev.bowline.transcript;

import java.util.UUID;
import java.util.regex.Pattern;

/// The name of a session: 1 to 64 letters, digits, `_` or `-`. Chosen by the caller, or a random
/// UUID.
public record SessionId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SessionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "session id \"" + value + "\" must be 1 to 64 letters, digits, _ or -");
        }
    }

    public static SessionId random() {
        return new SessionId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
