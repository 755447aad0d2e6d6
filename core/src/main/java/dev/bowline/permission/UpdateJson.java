package dev.bowline.permission;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate.AddDirectories;
import dev.bowline.permission.PermissionUpdate.AddRules;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.PermissionUpdate.RemoveDirectories;
import dev.bowline.permission.PermissionUpdate.RemoveRules;
import dev.bowline.permission.PermissionUpdate.ReplaceRules;
import dev.bowline.permission.PermissionUpdate.SetMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The protocol's form of permission updates.
final class UpdateJson {
    private UpdateJson() {}

    static Json write(PermissionUpdate update) {
        return switch (update) {
            case AddRules(var rules, var behavior, var to) ->
                    rules("addRules", rules, behavior, to);
            case ReplaceRules(var rules, var behavior, var to) ->
                    rules("replaceRules", rules, behavior, to);
            case RemoveRules(var rules, var behavior, var to) ->
                    rules("removeRules", rules, behavior, to);
            case SetMode(var mode, var to) ->
                    Json.of(
                            members(
                                    "type",
                                    "setMode",
                                    "mode",
                                    mode.wire(),
                                    "destination",
                                    to.wire()));
            case AddDirectories(var paths, var to) -> directories("addDirectories", paths, to);
            case RemoveDirectories(var paths, var to) ->
                    directories("removeDirectories", paths, to);
        };
    }

    private static Json rules(String type, List<Rule> rules, Behavior behavior, Destination to) {
        return Json.of(
                members(
                        "type",
                        type,
                        "rules",
                        rules.stream().map(UpdateJson::rule).toList(),
                        "behavior",
                        behavior.wire(),
                        "destination",
                        to.wire()));
    }

    private static Map<String, Object> rule(Rule rule) {
        return rule.specifier() == null
                ? members("toolName", rule.tool())
                : members("toolName", rule.tool(), "ruleContent", rule.specifier());
    }

    private static Json directories(String type, List<Path> paths, Destination to) {
        return Json.of(
                members(
                        "type",
                        type,
                        "directories",
                        paths.stream().map(Path::toString).toList(),
                        "destination",
                        to.wire()));
    }

    /// Members in the order given.
    private static Map<String, Object> members(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    static PermissionUpdate read(Json json) {
        var members = json.asMap();
        var type = text(members, "type");
        var to = destination(members);
        return switch (type) {
            case "addRules" -> new AddRules(rules(members), behavior(members), to);
            case "replaceRules" -> new ReplaceRules(rules(members), behavior(members), to);
            case "removeRules" -> new RemoveRules(rules(members), behavior(members), to);
            case "setMode" -> new SetMode(PermissionMode.of(text(members, "mode")), to);
            case "addDirectories" -> new AddDirectories(paths(members), to);
            case "removeDirectories" -> new RemoveDirectories(paths(members), to);
            default ->
                    throw wrong(
                            "type",
                            type,
                            "addRules, replaceRules, removeRules, setMode, addDirectories, removeDirectories");
        };
    }

    /// Nobody changes an operator's settings, or those of a start, from outside.
    private static Destination destination(Map<String, @Nullable Object> members) {
        var open =
                Arrays.stream(Destination.values())
                        .filter(one ->
                                one != Destination.POLICY_SETTINGS
                                        && one != Destination.FLAG_SETTINGS)
                        .toArray(Destination[]::new);
        return word(members, "destination", open, Destination::wire);
    }

    private static Behavior behavior(Map<String, @Nullable Object> members) {
        return word(members, "behavior", Behavior.values(), Behavior::wire);
    }

    private static <T> T word(
            Map<String, @Nullable Object> members,
            String name,
            T[] known,
            Function<T, String> wire) {
        var text = text(members, name);
        return Arrays.stream(known)
                .filter(one -> wire.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        wrong(
                                name,
                                text,
                                String.join(", ", Arrays.stream(known).map(wire).toList())));
    }

    private static List<Rule> rules(Map<String, @Nullable Object> members) {
        return list(members, "rules").stream().map(UpdateJson::rule).toList();
    }

    private static Rule rule(@Nullable Object value) {
        var members = Json.of(value).asMap();
        var tool = text(members, "toolName");
        var content = members.get("ruleContent");
        if (content != null && !(content instanceof String)) {
            throw new IllegalArgumentException(
                    "a permission update's \"ruleContent\" must be a text, not "
                            + Json.of(content));
        }
        return Rule.parse(content == null ? tool : tool + "(" + content + ")");
    }

    private static List<Path> paths(Map<String, @Nullable Object> members) {
        return list(members, "directories").stream().map(UpdateJson::path).toList();
    }

    private static Path path(@Nullable Object value) {
        if (value instanceof String text && !text.isBlank() && text.indexOf('\0') < 0) {
            return Path.of(text);
        }
        throw new IllegalArgumentException(
                "a permission update's \"directories\" must hold paths, not " + Json.of(value));
    }

    private static List<?> list(Map<String, @Nullable Object> members, String name) {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(
                "a permission update of this type needs a list \"" + name + "\"");
    }

    private static String text(Map<String, @Nullable Object> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a permission update needs a text \"" + name + "\"");
    }

    private static IllegalArgumentException wrong(String name, String value, String known) {
        return new IllegalArgumentException(
                "a permission update's \""
                        + name
                        + "\" cannot be \""
                        + value
                        + "\"; use one of "
                        + known);
    }
}
