package dev.bowline.testkit.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Signatures of thinking blocks: functions of the text, so that a changed block is found without
/// remembering it.
final class Signature {
    private static final String REDACTED = "fakeredacted";

    private Signature() {}

    static String of(String thinking) {
        return "fakesig" + digest(thinking);
    }

    /// Data of an encrypted block: a marker, the text in Base64, and its digest.
    static String redacted(String secret) {
        var text =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return REDACTED + "." + text + "." + digest(text);
    }

    /// Whether data claims to be ours but is not as it was made.
    static boolean spoiled(String data) {
        if (!data.startsWith(REDACTED)) {
            return false;
        }
        var parts = data.split("\\.", -1);
        return parts.length != 3 || !digest(parts[1]).equals(parts[2]);
    }

    private static String digest(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("fake " + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
