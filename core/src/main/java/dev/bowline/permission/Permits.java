package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether each part of a call is permitted: free for everybody, by the mode, or by an allow rule.
final class Permits {
    private final Policy policy;
    private final ToolCall call;
    private final Question question;
    private final List<Coverage> allow;
    private RuleBook.@Nullable Given used;
    private boolean byMode;

    Permits(Question question) {
        this.question = question;
        this.policy = question.policy();
        this.call = question.call();
        this.allow = question.rules(Behavior.ALLOW);
    }

    Verdict verdict() {
        if (isFree()) {
            return Verdict.allow("reads only", null, ReasonType.OTHER);
        }
        if (policy.mode() == PermissionMode.PLAN && call.effect() == Effect.WRITE) {
            return Verdict.ask(
                    "the session is planning and " + call.tool() + " would change something",
                    ReasonType.MODE,
                    null);
        }
        var guarded = Touched.by(call).stream().filter(this::isProtected).findFirst();
        if (guarded.isPresent()) {
            return asks(guarded.get());
        }
        if (call.isFenced(Access.Fence::confines)) {
            return Verdict.allow("confined by the sandbox", null, ReasonType.OTHER);
        }
        if (call.accesses().isEmpty()) {
            return wholeCall().orElseGet(this::noRule);
        }
        return wholeLine()
                .orElseGet(() ->
                        call.accesses().stream()
                                .filter(access -> !permits(access))
                                .findFirst()
                                .map(this::asks)
                                .orElseGet(this::allowed));
    }

    /// Whether nobody has to be asked whatever the rules say.
    boolean isFree() {
        return call.accesses().isEmpty()
                ? call.effect() == Effect.READ
                : call.accesses().stream().allMatch(this::isFree);
    }

    private boolean isFree(Access access) {
        return switch (access) {
            case Access.Reads(Path path) -> policy.place().holds(path);
            case Access.Scans(Path root) -> policy.place().holds(root);
            case Access.Runs runs ->
                    runs.nature() == Nature.READS && runs.files().stream().allMatch(this::isFree);
            case Access.Session any -> true;
            case Access.Fenced any -> true;
            case Access.Writes any -> false;
            case Access.Removes any -> false;
            case Access.Contacts contacts ->
                    call.tool().equals("WebFetch") && DocumentationHosts.hold(contacts.url());
        };
    }

    private Verdict allowed() {
        var rule = used;
        return rule != null
                ? Verdict.allow("allow rule " + rule.rule(), rule, ReasonType.RULE).because(rule)
                : Verdict.allow(
                        byMode ? "mode " + policy.mode().wire() : "reads only",
                        null,
                        byMode ? ReasonType.MODE : ReasonType.OTHER);
    }

    private Optional<Verdict> wholeCall() {
        return allow.stream()
                .filter(one -> one.given().rule().specifier() == null || one.isSubject(false))
                .filter(one -> one.given().rule().unfitToAllow().isEmpty())
                .filter(one -> one.given().rule().names(call.tool(), false))
                .findFirst()
                .map(Coverage::given)
                .map(rule -> Verdict.allow("allow rule " + rule.rule(), rule, ReasonType.RULE));
    }

    /// A rule may be the very text of a command line; one that can't be read is asked about all the
    /// same.
    private Optional<Verdict> wholeLine() {
        var line = question.line();
        if (line.isEmpty() || isUnreadable()) {
            return Optional.empty();
        }
        return allow.stream()
                .map(Coverage::given)
                .filter(one -> one.rule().names(call.tool(), false))
                .filter(one -> isText(one.rule().specifier(), line.get()))
                .findFirst()
                .map(rule -> Verdict.allow("allow rule " + rule.rule(), rule, ReasonType.RULE));
    }

    private static boolean isText(@Nullable String specifier, String line) {
        return specifier != null && specifier.strip().equals(line.strip());
    }

    private boolean isUnreadable() {
        return call.accesses().stream()
                .anyMatch(access ->
                        access instanceof Access.Runs runs && runs.nature() == Nature.UNREADABLE);
    }

    private boolean permits(Access access) {
        if (isFree(access)) {
            return true;
        }
        if (policy.mode() == PermissionMode.ACCEPT_EDITS && isEdit(access)) {
            byMode = true;
            return true;
        }
        if (access instanceof Access.Runs runs && runs.nature() == Nature.UNREADABLE) {
            return false;
        }
        var rule = allow.stream().filter(one -> one.allows(access)).findFirst();
        if (rule.isPresent()) {
            used = rule.get().given();
            return true;
        }
        return access instanceof Access.Runs runs
                && runs.nature() == Nature.READS
                && runs.files().stream().allMatch(this::permits);
    }

    /// An edit as the mode `acceptEdits` accepts it: inside the working directories.
    private boolean isEdit(Access access) {
        return switch (access) {
            case Access.Writes(Path path) -> policy.place().holds(path);
            case Access.Removes(Path path) -> policy.place().holds(path);
            case Access.Runs runs ->
                    runs.nature() == Nature.EDITS
                            && runs.files().stream().allMatch(file -> isFree(file) || isEdit(file));
            case Access.Reads any -> false;
            case Access.Scans any -> false;
            case Access.Contacts any -> false;
            case Access.Session any -> true;
            case Access.Fenced any -> true;
        };
    }

    private boolean isProtected(Access access) {
        return switch (access) {
            case Access.Writes(Path path) -> ProtectedPaths.holds(path);
            case Access.Removes(Path path) -> ProtectedPaths.holds(path);
            case Access.Reads any -> false;
            case Access.Scans any -> false;
            case Access.Runs any -> false;
            case Access.Contacts any -> false;
            case Access.Session any -> false;
            case Access.Fenced any -> false;
        };
    }

    private Verdict asks(Access access) {
        return switch (access) {
            case Access.Reads(Path path) ->
                    Verdict.ask(outside("reading " + path), ReasonType.WORKING_DIR, path);
            case Access.Scans(Path path) ->
                    Verdict.ask(outside("reading " + path), ReasonType.WORKING_DIR, path);
            case Access.Writes(Path path) -> edits("writing " + path, path);
            case Access.Removes(Path path) -> edits("removing " + path, path);
            case Access.Runs runs -> runs(runs);
            case Access.Contacts contacts ->
                    Verdict.ask("contacting " + contacts.url(), ReasonType.NONE, null);
            case Access.Session any -> noRule();
            case Access.Fenced any -> noRule();
        };
    }

    private Verdict noRule() {
        return Verdict.ask(call.tool() + " is not allowed by any rule", ReasonType.OTHER, null);
    }

    private static String outside(String what) {
        return what + " outside the working directories";
    }

    private Verdict edits(String what, Path path) {
        if (ProtectedPaths.holds(path)) {
            return Verdict.ask(
                    what + ", which steers tools or agents", ReasonType.SAFETY_CHECK, path);
        }
        return policy.place().holds(path)
                ? Verdict.ask(what, ReasonType.NONE, path)
                : Verdict.ask(outside(what), ReasonType.WORKING_DIR, path);
    }

    private Verdict runs(Access.Runs runs) {
        if (runs.nature() == Nature.UNREADABLE) {
            return Verdict.ask("not understood: " + runs.source(), ReasonType.OTHER, null);
        }
        if (programs() > 1) {
            return Verdict.ask("running: " + runs.source(), ReasonType.SUBCOMMAND_RESULTS, null);
        }
        if (runs.nature() == Nature.READS) {
            return runs.files().stream()
                    .filter(file -> !isFree(file))
                    .findFirst()
                    .map(this::asks)
                    .orElseThrow();
        }
        var changed =
                runs.files().stream()
                        .filter(file -> !isFree(file))
                        .map(Suggestions::path)
                        .flatMap(Optional::stream)
                        .filter(path -> path.getNameCount() > 0)
                        .reduce((a, b) -> b);
        return Verdict.ask(
                "running: " + runs.source(),
                changed.isPresent() ? ReasonType.NONE : ReasonType.OTHER,
                changed.orElse(null));
    }

    private long programs() {
        return call.accesses().stream().filter(Access.Runs.class::isInstance).count();
    }
}
