package dev.bowline.tool;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The environment that child processes get: everything but what looks like a credential.
public final class ChildEnvironment {
    /// Names that are left out: those of the model service, and what commonly holds keys, tokens,
    /// secrets and passwords.
    private static final Pattern SECRET =
            Pattern.compile(
                    "ANTHROPIC_(API_KEY|AUTH_TOKEN|CUSTOM_HEADERS)|CLAUDE_CODE_OAUTH_TOKEN|AWS_(SECRET_.*|SESSION_TOKEN|ACCESS_KEY_ID)|"
                            + "GOOGLE_APPLICATION_CREDENTIALS|.*(_|^)(API_?KEY|APIKEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)(_.*)?");

    private ChildEnvironment() {}

    /// A copy without credentials.
    public static Map<String, String> of(Map<String, String> environment) {
        var kept = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (!SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
