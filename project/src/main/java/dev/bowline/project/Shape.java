package dev.bowline.project;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a value in a settings file may look like.
@FunctionalInterface
interface Shape {
    Shape ANY = (at, value, findings) -> {};

    Shape TEXT = (at, value, findings) -> require(value instanceof String, "a text", at, findings);

    Shape YES_OR_NO =
            (at, value, findings) ->
                    require(value instanceof Boolean, "true or false", at, findings);

    Shape NUMBER =
            (at, value, findings) -> require(value instanceof Number, "a number", at, findings);

    Shape LIST = (at, value, findings) -> require(value instanceof List, "a list", at, findings);

    Shape OBJECT =
            (at, value, findings) -> require(value instanceof Map, "an object", at, findings);

    Shape TEXTS =
            (at, value, findings) ->
                    require(
                            value instanceof List<?> list
                                    && list.stream().allMatch(String.class::isInstance),
                            "a list of texts",
                            at,
                            findings);

    Shape TEXT_OR_TEXTS =
            (at, value, findings) -> {
                if (!(value instanceof String)) {
                    TEXTS.check(at, value, findings);
                }
            };

    /// Looks at a value that is there.
    void check(String at, Object value, Findings findings);

    private static void require(boolean holds, String what, String at, Findings findings) {
        if (!holds) {
            findings.broken(at, "it must be " + what);
        }
    }

    /// A text that is one of some words; another one is left out.
    static Shape word(String... known) {
        return (at, value, findings) -> {
            if (!(value instanceof String text)) {
                findings.broken(at, "it must be a text");
            } else if (!Arrays.asList(known).contains(text)) {
                findings.bad(
                        at,
                        Shown.quoted(text)
                                + " is not known; use one of "
                                + String.join(", ", known));
            }
        };
    }

    /// An object with known members; others are odd.
    static Shape object(Map<String, Shape> members) {
        return (at, value, findings) -> {
            if (!(value instanceof Map<?, ?> map)) {
                findings.broken(at, "it must be an object");
                return;
            }
            map.forEach((key, member) -> {
                var name = String.valueOf(key);
                var inner = at.isEmpty() ? name : at + "." + name;
                var shape = members.get(name);
                if (shape == null) {
                    findings.odd(inner, "this setting is not known");
                } else if (member != null) {
                    shape.check(inner, member, findings);
                }
            });
        };
    }

    /// An object whose members all look alike.
    static Shape map(Shape member) {
        return (at, value, findings) -> {
            if (!(value instanceof Map<?, ?> map)) {
                findings.broken(at, "it must be an object");
                return;
            }
            map.forEach((key, element) -> {
                if (element != null) {
                    member.check(at + "." + key, element, findings);
                }
            });
        };
    }
}
