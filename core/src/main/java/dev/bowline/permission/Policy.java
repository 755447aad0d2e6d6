package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides about calls from rules, mode and places, without looking at anything else. The order is
/// that of [#STAGES]; the first stage that has something to say decides.
///
/// `origins`: where the session has read content of strangers from and has to be careful because of
/// it; none where [Boundary#OPEN] holds
public record Policy(PermissionMode mode, RuleBook book, Place place, List<String> origins) {
    /// One question of the policy.
    private record Stage(String name, Look look) {}

    @FunctionalInterface
    private interface Look {
        Optional<Verdict> at(Policy policy, Question question);
    }

    private static final List<Stage> STAGES =
            List.of(
                    new Stage("addresses", Policy::byAddress),
                    new Stage("deny rules", Policy::byDenyRule),
                    new Stage("ask rules", Policy::byAskRule),
                    new Stage("a person's tools", Policy::byPerson),
                    new Stage("critical paths", Policy::byCriticalPath),
                    new Stage("rules that may be meant", Policy::byDoubt),
                    new Stage("content of strangers", Policy::byOrigin),
                    new Stage("sandbox", Policy::byMissingSandbox),
                    new Stage("mode", Policy::byMode),
                    new Stage("what is free, mode and allow rules", Policy::byPermits));

    public Policy {
        origins = List.copyOf(origins);
    }

    public Policy(PermissionMode mode, RuleBook book, Place place) {
        this(mode, book, place, List.of());
    }

    public Policy after(List<String> reading) {
        return new Policy(mode, book, place, reading);
    }

    /// Whether the model should not even see the tool.
    public boolean hides(String tool) {
        return book.given(Behavior.DENY).stream()
                .map(RuleBook.Given::rule)
                .anyMatch(rule ->
                        rule.specifier() == null
                                && (rule.tool().equals(tool)
                                        || !rule.isAboutReading()
                                                && !rule.isAboutEditing()
                                                && rule.names(tool, true)));
    }

    /// Whether a file may be read without asking anybody.
    public boolean mayRead(Path file) {
        return decide(reading(file)).decision() instanceof Decision.Allow;
    }

    /// Whether a search below `root`, which was permitted, may show a file that it comes upon: no
    /// rule denies reading it, and none asks about it that had nothing to ask about the root.
    public boolean mayFind(Path file, Path root) {
        return !covers(Behavior.DENY, file, null) && !covers(Behavior.ASK, file, root);
    }

    /// Whether a rule covers reading a file, but not reading `asked`.
    private boolean covers(Behavior behavior, Path file, @Nullable Path asked) {
        var about = new Question(this, reading(file)).rules(behavior);
        var before =
                asked == null
                        ? List.<RuleBook.Given>of()
                        : new Question(this, reading(asked))
                                .rules(behavior).stream()
                                        .filter(Coverage::hits)
                                        .map(Coverage::given)
                                        .toList();
        return about.stream().anyMatch(one -> one.hits() && !before.contains(one.given()));
    }

    private static ToolCall reading(Path file) {
        return new ToolCall("Read", Effect.READ, List.of(new Access.Reads(file)));
    }

    public Verdict decide(ToolCall call) {
        var chain = new ArrayList<String>();
        var question = new Question(this, call);
        for (var stage : STAGES) {
            var said = stage.look().at(this, question);
            if (said.isPresent()) {
                var verdict = unlessNobody(outside(said.get(), call), call.tool());
                chain.add(stage.name() + ": " + verdict.decision().reason());
                return verdict.after(chain);
            }
            chain.add(stage.name() + ": nothing");
        }
        throw new AssertionError("the last stage always decides");
    }

    /// What would make calls like this run without asking; nothing where a person has to say so
    /// each time.
    public List<PermissionUpdate> suggestions(ToolCall call, Verdict verdict) {
        return verdict.firm() || mode == PermissionMode.PLAN
                ? List.of()
                : Suggestions.of(call, place);
    }

    private Optional<Verdict> byAddress(Question question) {
        for (var access : question.call().accesses()) {
            if (access instanceof Access.Contacts(String url, String refusal) && refusal != null) {
                return Optional.of(
                        Verdict.deny("address: " + refusal, refusal, ReasonType.ADDRESS));
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict> byDenyRule(Question question) {
        return first(Behavior.DENY, question, Coverage::hits)
                .map(given ->
                        Verdict.deny(
                                        "deny rule " + given.rule(),
                                        "Permission to use "
                                                + question.call().tool()
                                                + " has been denied by the rule "
                                                + given.rule()
                                                + ".",
                                        ReasonType.RULE)
                                .because(given));
    }

    private Optional<Verdict> byAskRule(Question question) {
        return first(Behavior.ASK, question, Coverage::hits)
                .map(given ->
                        Verdict.ask("ask rule " + given.rule(), ReasonType.RULE, null)
                                .because(given)
                                .firmly());
    }

    private Optional<Verdict> byPerson(Question question) {
        var call = question.call();
        return call.needsPerson()
                ? Optional.of(Verdict.ask(call.tool() + " is for a person", ReasonType.OTHER, null))
                : Optional.empty();
    }

    private Optional<Verdict> byCriticalPath(Question question) {
        return Touched.by(question.call()).stream()
                .filter(access -> access instanceof Access.Removes)
                .map(access -> ((Access.Removes) access).path())
                .filter(path -> CriticalPaths.holds(path, place))
                .findFirst()
                .map(path ->
                        Verdict.ask("removing " + path, ReasonType.SAFETY_CHECK, path).firmly());
    }

    /// A rule that denies or asks and of which only the run can tell whether it is meant.
    private Optional<Verdict> byDoubt(Question question) {
        return first(Behavior.DENY, question, Coverage::mayHit)
                .or(() -> first(Behavior.ASK, question, Coverage::mayHit))
                .map(given ->
                        Verdict.ask(
                                        "the rule "
                                                + given.rule()
                                                + " may cover it; that is only known when it runs",
                                        ReasonType.OTHER,
                                        null)
                                .because(given)
                                .firmly());
    }

    private Optional<Verdict> byOrigin(Question question) {
        return !origins.isEmpty() && new Outward(question).isUnnamed()
                ? Optional.of(
                        Verdict.ask(
                                        "the session has read "
                                                + origins.getLast()
                                                + ", and this could carry data out",
                                        ReasonType.ORIGIN,
                                        null)
                                .firmly())
                : Optional.empty();
    }

    /// Rules and modes that count on a sandbox say little about a command that runs without.
    private Optional<Verdict> byMissingSandbox(Question question) {
        return question.call().isFenced(Access.Fence.MISSING::equals)
                        && !new Permits(question).isFree()
                ? Optional.of(
                        Verdict.ask(
                                        "the sandbox can't start, so this would run without it",
                                        ReasonType.SANDBOX_OVERRIDE,
                                        null)
                                .firmly())
                : Optional.empty();
    }

    /// Leaving the sandbox is worth a word of its own where nothing more special is.
    private static Verdict outside(Verdict verdict, ToolCall call) {
        boolean special =
                verdict.type() != ReasonType.OTHER
                        && verdict.type() != ReasonType.NONE
                        && verdict.type() != ReasonType.SUBCOMMAND_RESULTS;
        return special
                        || !(verdict.decision() instanceof Decision.Ask asks)
                        || !call.isFenced(Access.Fence.LEFT::equals)
                ? verdict
                : new Verdict(
                        new Decision.Ask("outside the sandbox: " + asks.reason()),
                        ReasonType.SANDBOX_OVERRIDE,
                        verdict.rule(),
                        verdict.firm(),
                        verdict.blockedPath(),
                        List.of());
    }

    private Optional<Verdict> byMode(Question question) {
        return mode == PermissionMode.BYPASS
                ? Optional.of(Verdict.allow("mode bypassPermissions", null, ReasonType.MODE))
                : Optional.empty();
    }

    private Optional<Verdict> byPermits(Question question) {
        return Optional.of(new Permits(question).verdict());
    }

    private Optional<RuleBook.Given> first(
            Behavior behavior, Question question, Predicate<Coverage> test) {
        return question.rules(behavior).stream().filter(test).findFirst().map(Coverage::given);
    }

    private Verdict unlessNobody(Verdict verdict, String tool) {
        return mode == PermissionMode.DONT_ASK && verdict.decision() instanceof Decision.Ask asks
                ? new Verdict(
                        new Decision.Deny(
                                "mode dontAsk",
                                "Permission to use "
                                        + tool
                                        + " has been denied: the mode dontAsk refuses what would ask ("
                                        + asks.reason()
                                        + ")."),
                        verdict.type(),
                        verdict.rule(),
                        true,
                        verdict.blockedPath(),
                        List.of())
                : verdict;
    }
}
