package dev.bowline.tool;

import java.util.Comparator;
import java.util.List;
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
                    "ANTHROPIC_.*(KEY|TOKEN|HEADERS).*|CLAUDE_CODE_OAUTH.*|AWS_(SECRET_.*|SESSION_TOKEN|BEARER_.*|ACCESS_KEY_ID)|"
                            + "(AZURE|GOOGLE|GCP|GCLOUD|VERTEX)_.*(KEY|TOKEN|CREDENTIALS?).*|.*SECRET.*|.*_AUTH(TOKEN|_CONFIG)?|"
                            + ".*(_|^)(API_?KEY|ACCESS_KEY|PRIVATE_KEY|TOKEN|PAT|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)(_.*)?");

    private ChildEnvironment() {}

    /// Shorter values are words, and replacing them would tear texts apart.
    private static final int SHORTEST_SECRET = 8;

    /// The values of what looks like a credential, longest first.
    public static List<String> secrets(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(one -> isHidden(one.getKey()))
                .map(Map.Entry::getValue)
                .filter(ChildEnvironment::isSecret)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// Whether a value is long enough to be taken for a credential, and no path to one.
    public static boolean isSecret(String value) {
        return value.strip().length() >= SHORTEST_SECRET && !value.startsWith("/");
    }

    private static boolean isHidden(String name) {
        return SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    /// A copy without credentials.
    public static Map<String, String> of(Map<String, String> environment) {
        var kept = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (!isHidden(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
