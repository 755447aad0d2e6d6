package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of a call that could carry data out of the session: addresses, programs and tools of
/// which nobody knows what they do, and files that steer what runs later.
record Outward(Question question) {
    private static final String DOMAIN = "domain:";

    /// Whether there are some that no rule names.
    boolean isUnnamed() {
        if (question.call().isFenced(Access.Fence.SEALED::equals)) {
            return false;
        }
        var parts = parts();
        return parts.isEmpty()
                ? question.call().accesses().isEmpty()
                        && question.call().effect() == Effect.WRITE
                        && !isNamed()
                : !parts.stream().allMatch(this::isNamed);
    }

    private List<Access> parts() {
        return question.call().accesses().stream().flatMap(Outward::parts).toList();
    }

    private static Stream<Access> parts(Access access) {
        return switch (access) {
            case Access.Contacts any -> Stream.of(access);
            case Access.Runs runs ->
                    runs.nature().compareTo(Access.Nature.PLAIN) >= 0
                            ? Stream.of(access)
                            : runs.files().stream().flatMap(Outward::parts);
            case Access.Reads any -> Stream.of();
            case Access.Scans any -> Stream.of();
            case Access.Writes(Path path) -> steering(access, path);
            case Access.Removes(Path path) -> steering(access, path);
            case Access.Session any -> Stream.of();
            case Access.Fenced any -> Stream.of();
        };
    }

    private static Stream<Access> steering(Access access, Path path) {
        return ProtectedPaths.holds(path) ? Stream.of(access) : Stream.of();
    }

    private boolean isNamed(Access part) {
        boolean file = part instanceof Access.Writes || part instanceof Access.Removes;
        return rules().anyMatch(rule -> rule.allows(part)) || !file && isNamed();
    }

    /// A rule for the tool as a whole, or for its server, names a channel only where the tool is
    /// one by itself.
    private boolean isNamed() {
        return question.rules(Behavior.ALLOW).stream()
                .map(one -> one.given().rule())
                .anyMatch(rule ->
                        rule.specifier() == null
                                && rule.unfitToAllow().isEmpty()
                                && rule.names(question.call().tool(), false)
                                && !question.call().isCommand()
                                && !question.call().tool().startsWith("Web"));
    }

    private Stream<Coverage> rules() {
        return question.rules(Behavior.ALLOW).stream()
                .filter(one -> saysWhich(one.given().rule().specifier()));
    }

    /// Whether a rule is about something in particular: `WebFetch(domain:*)` is not.
    private static boolean saysWhich(@Nullable String specifier) {
        return specifier != null
                && specifier
                        .substring(specifier.startsWith(DOMAIN) ? DOMAIN.length() : 0)
                        .chars()
                        .anyMatch(Character::isLetterOrDigit);
    }
}
