package dev.bowline.project;

import dev.bowline.json.Json;
import dev.bowline.tool.ChildEnvironment;
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

    /// What is held back, one by one: first what runs and what loosens, variables last. Variables
    /// that look like credentials are named without their value.
    static List<HeldBack> heldBack(
            String file, Map<String, @Nullable Object> values, boolean running) {
        var rest = rest(values, running);
        var all = new ArrayList<HeldBack>();
        for (var key : List.of("hooks", PERMISSIONS)) {
            Trees.object(rest.remove(key))
                    .forEach((name, inner) ->
                            all.add(new HeldBack(file, key + "." + name, what(inner))));
        }
        var env = Trees.object(rest.remove("env"));
        rest.forEach((key, value) -> all.add(new HeldBack(file, key, what(value))));
        env.forEach((name, value) ->
                all.add(
                        new HeldBack(
                                file, "env." + name, isCredential(name) ? "***" : what(value))));
        return all;
    }

    /// Whether a variable's name says that its value is for few.
    static boolean isCredential(String name) {
        return ChildEnvironment.of(Map.of(name, "")).isEmpty();
    }

    private static String what(@Nullable Object value) {
        return value instanceof String text ? text : Json.of(value).text();
    }
}
