package dev.bowline.permission;

import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one rule covers of a call. To deny or ask, touching any part is enough; to allow, each part
/// has to be covered by itself.
final class Coverage {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*):(.+)", Pattern.DOTALL);

    /// The field of the input that a specifier is about, by tool.
    private static final Map<String, String> SUBJECTS =
            Map.of("Agent", "subagent_type", "Skill", "skill");

    private static final String DOMAIN = "domain:";
    private static final String ANY_NAME = "\uE020";

    private final RuleBook.Given given;
    private final Question question;
    private final ToolCall call;
    private final Place place;
    private @Nullable CommandPattern command;

    Coverage(RuleBook.Given given, Question question) {
        this.given = given;
        this.question = question;
        this.call = question.call();
        this.place = question.policy().place();
    }

    RuleBook.Given given() {
        return given;
    }

    private Rule rule() {
        return given.rule();
    }

    private CommandPattern command() {
        var known = command;
        if (known == null) {
            known = new CommandPattern(String.valueOf(rule().specifier()));
            command = known;
        }
        return known;
    }

    /// Whether a rule that denies or asks covers the call for certain.
    boolean hits() {
        return hit(false) == Hit.YES;
    }

    /// Whether it may.
    boolean mayHit() {
        return hit(true) != Hit.NO;
    }

    /// @param look whether to look into folders, which takes time and never gives a yes
    private Hit hit(boolean look) {
        var rule = rule();
        if (rule.specifier() == null) {
            return rule.names(call.tool(), true) || rule.isAboutEditing() && editsByCommand()
                    ? Hit.YES
                    : Hit.NO;
        }
        boolean named = rule.names(call.tool(), true);
        if (named && (hitsField(rule.specifier()) || hitsLine() || isSubject(true))) {
            return Hit.YES;
        }
        return hit(call.accesses(), named, look);
    }

    private Hit hit(List<Access> accesses, boolean named, boolean look) {
        var hit = Hit.NO;
        for (var access : accesses) {
            hit = hit.or(hit(access, named, look));
        }
        return hit;
    }

    /// Whether a command line writes files by itself, beside what its programs do.
    private boolean editsByCommand() {
        return question.isCommand() && call.accesses().stream().anyMatch(Coverage::edits);
    }

    private static boolean edits(Access access) {
        return switch (access) {
            case Access.Writes any -> true;
            case Access.Removes any -> true;
            case Access.Runs runs -> runs.files().stream().anyMatch(Coverage::edits);
            case Access.Reads any -> false;
            case Access.Scans any -> false;
            case Access.Contacts any -> false;
            case Access.Session any -> false;
            case Access.Fenced any -> false;
        };
    }

    private boolean hitsField(String specifier) {
        var field = FIELD.matcher(specifier);
        return field.matches()
                && question.field(field.group(1))
                        .filter(value -> !(value instanceof Map) && !(value instanceof List))
                        .filter(value -> Glob.matches(field.group(2), value.toString()))
                        .isPresent();
    }

    /// Whether the rule names what the call is about: `Agent(reviewer)`, `Skill(deploy)`,
    /// `Skill(deploy *)`. To allow, a skill with arguments needs a rule that says so.
    boolean isSubject(boolean toDeny) {
        var about = SUBJECTS.get(call.tool());
        if (about == null) {
            return false;
        }
        var what = String.valueOf(rule().specifier()).strip();
        var subject = question.field(about).map(Object::toString);
        if (subject.isEmpty() || !rule().names(call.tool(), toDeny)) {
            return false;
        }
        boolean begins = what.endsWith(" *") || what.endsWith(":*");
        var name = begins ? what.substring(0, what.length() - 2) : what;
        var given = question.field("args").map(Object::toString).orElse("");
        return Glob.matches(name, subject.get()) && (begins || toDeny || given.isBlank());
    }

    private boolean hitsLine() {
        return question.isCommand()
                && command().isOfLine()
                && question.line().filter(command()::hitsLine).isPresent();
    }

    private Hit hit(Access access, boolean named, boolean look) {
        var rule = rule();
        var what = String.valueOf(rule.specifier());
        boolean reading = named || rule.isAboutReading();
        boolean editing = named || rule.isAboutReading() || rule.isAboutEditing();
        return switch (access) {
            case Access.Reads(Path path) -> reading ? at(what, path) : Hit.NO;
            case Access.Scans(Path root) -> reading ? below(what, root, look) : Hit.NO;
            case Access.Writes(Path path) when editing && isAnywhere(path) -> Hit.MAYBE;
            case Access.Writes(Path path) -> editing ? at(what, path) : Hit.NO;
            case Access.Removes(Path path) when named || rule.isAboutEditing() ->
                    below(what, path, look);
            case Access.Removes(Path path) -> editing ? at(what, path) : Hit.NO;
            case Access.Runs runs ->
                    (named ? command().hits(runs, question.spelled(runs)) : doubt(runs))
                            .or(
                                    rule.isAboutReading() || rule.isAboutEditing()
                                            ? hit(runs.files(), false, look)
                                            : Hit.NO);
            case Access.Contacts contacts -> named && isHost(contacts) ? Hit.YES : Hit.NO;
            case Access.Session any -> Hit.NO;
            case Access.Fenced any -> Hit.NO;
        };
    }

    /// A rule about files may be meant by a command that can't be read.
    private Hit doubt(Access.Runs runs) {
        return runs.nature() == Access.Nature.UNREADABLE
                        && (rule().isAboutReading() || rule().isAboutEditing())
                ? Hit.MAYBE
                : Hit.NO;
    }

    /// The root stands for files of which only the run tells where they are.
    private static boolean isAnywhere(Path path) {
        return path.getNameCount() == 0;
    }

    private Hit at(String pattern, Path path) {
        return matches(pattern, path, false) ? Hit.YES : Hit.NO;
    }

    private Hit below(String pattern, Path root, boolean look) {
        return matches(pattern, root, false)
                ? Hit.YES
                : look
                                && PathPattern.mayMatchBelow(pattern, root, place, base())
                                && (isAnywhere(root)
                                        || place.contents()
                                                .hold(root, path -> matches(pattern, path, false)))
                        ? Hit.MAYBE
                        : Hit.NO;
    }

    private boolean matches(String pattern, Path path, boolean toAllow) {
        return PathPattern.matches(pattern, path, place, base(), toAllow);
    }

    private Path base() {
        @Nullable Path base = given.base();
        return base == null ? place.project() : base;
    }

    /// Whether an allow rule covers one part of the call.
    boolean allows(Access access) {
        var rule = rule();
        if (rule.unfitToAllow().isPresent()) {
            return false;
        }
        boolean named = rule.names(call.tool(), false);
        if (named && rule.specifier() == null) {
            return true;
        }
        boolean own = named && !question.isCommand();
        boolean edits = rule.tool().equals("Edit");
        boolean editing = own || edits;
        boolean reading = own || rule.tool().equals("Read") || edits && rule.specifier() != null;
        return switch (access) {
            case Access.Runs runs -> named && command().allows(runs, question.spelled(runs));
            case Access.Contacts contacts -> named && isHost(contacts);
            case Access.Reads(Path path) -> reading && covers(path);
            case Access.Scans(Path root) -> reading && coversAllOf(root);
            case Access.Writes(Path path) -> editing && covers(path);
            case Access.Removes(Path root) -> editing && covers(root) && coversAllOf(root);
            case Access.Session any -> true;
            case Access.Fenced any -> true;
        };
    }

    private boolean isHost(Access.Contacts contacts) {
        var what = String.valueOf(rule().specifier());
        return what.startsWith(DOMAIN)
                && HostPattern.matches(what.substring(DOMAIN.length()), contacts.url());
    }

    private boolean covers(Path path) {
        var pattern = rule().specifier();
        return pattern == null || matches(pattern, path, true);
    }

    /// Whether whatever a folder may hold is covered: tried with a name that no pattern has.
    private boolean coversAllOf(Path root) {
        return covers(root.resolve(ANY_NAME));
    }
}
