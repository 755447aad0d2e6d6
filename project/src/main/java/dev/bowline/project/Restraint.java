package dev.bowline.project;

import dev.bowline.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a folder's settings counts without trust: what can only tighten.
final class Restraint {
    private static final String PERMISSIONS = "permissions";

    private static final Set<String> TIGHTENS =
            Set.of("deny", "ask", "disableBypassPermissionsMode", "disableAutoMode");

    /// What loosens permissions, beside `permissions`.
    private static final Set<String> LOOSENS =
            Set.of(
                    PERMISSIONS,
                    "sandbox",
                    "enableAllProjectMcpServers",
                    "enabledMcpjsonServers",
                    "enabledPlugins",
                    "extraKnownMarketplaces",
                    "disableAllHooks");

    private Restraint() {}

    /// The part that counts: what only tightens, and when `running` also what runs and sets.
    static Map<String, @Nullable Object> counting(
            Map<String, @Nullable Object> values, boolean running) {
        var some = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((key, value) -> {
            if (key.equals(PERMISSIONS)) {
                some.put(key, tightening(value));
            } else if (key.equals("$schema") || running && !LOOSENS.contains(key)) {
                some.put(key, value);
            }
        });
        return some;
    }

    private static Map<String, @Nullable Object> tightening(@Nullable Object permissions) {
        var some = Trees.object(permissions);
        some.keySet().retainAll(TIGHTENS);
        return some;
    }

    /// The rest.
    private static Map<String, @Nullable Object> rest(
            Map<String, @Nullable Object> values, boolean running) {
        var rest = new LinkedHashMap<String, @Nullable Object>(values);
        rest.keySet().removeAll(counting(values, running).keySet());
        var permissions = Trees.object(values.get(PERMISSIONS));
        permissions.keySet().removeAll(TIGHTENS);
        permissions.values().removeIf(value -> value == null || List.of().equals(value));
        if (!permissions.isEmpty()) {
            rest.put(PERMISSIONS, permissions);
        }
        rest.values().removeIf(value -> value == null || Map.of().equals(value));
        return rest;
    }

    /// Whether nothing is held back of it.
    static boolean isFree(Map<String, @Nullable Object> values, boolean running) {
        return rest(values, running).isEmpty();
    }

    /// The name of what needs trust: the same for the same settings, however they are written.
    static String fingerprint(Map<String, @Nullable Object> values) {
        try {
            var text = Json.of(Trees.ordered(rest(values, false))).text();
            var digest = MessageDigest.getInstance("SHA-256");
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What is held back, one by one.
    static List<HeldBack> heldBack(
            String file, Map<String, @Nullable Object> values, boolean running) {
        var all = new ArrayList<HeldBack>();
        rest(values, running)
                .forEach((key, value) -> {
                    if (Set.of(PERMISSIONS, "env", "hooks").contains(key)) {
                        Trees.object(value)
                                .forEach((name, inner) ->
                                        all.add(new HeldBack(file, key + "." + name, what(inner))));
                    } else {
                        all.add(new HeldBack(file, key, what(value)));
                    }
                });
        return all;
    }

    private static String what(@Nullable Object value) {
        return value instanceof String text ? text : Json.of(value).text();
    }
}
