package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.Policy;
import dev.bowline.permission.ReasonType;
import dev.bowline.permission.Rule;
import dev.bowline.permission.ToolCall;
import dev.bowline.permission.Verdict;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The permission stage: asks the policy, then hooks and people where the policy says so, and puts
/// on record what isn't a plain yes.
final class Permissions {
    /// Who interrupts a turn when a refusal says so.
    static final String REFUSAL = "permission";

    private final Grants grants;
    private final Question question;
    private final Approvals approvals;
    private final Recorder recorder;
    private final String sessionId;
    private final Consumer<PermissionUpdate> applied;

    /// @param applied hears of updates that hold from now on
    Permissions(
            Grants grants,
            Question question,
            Approvals approvals,
            Recorder recorder,
            String sessionId,
            Consumer<PermissionUpdate> applied) {
        this.applied = applied;
        this.grants = grants;
        this.question = question;
        this.approvals = approvals;
        this.recorder = recorder;
        this.sessionId = sessionId;
    }

    boolean hides(String tool) {
        return grants.policy().hides(tool);
    }

    /// Whether a rule would deny the call. What can't be told counts as a yes: its text is no rule,
    /// or the call is a command that can't be read.
    boolean touches(Call call, String rule) {
        try {
            var only = Rule.parse(rule);
            call.accesses = call.found().accesses(call.input, call.context);
            boolean unread =
                    only.tool().equals(call.name())
                            && call.accesses.stream().anyMatch(Permissions::isUnread);
            return unread
                    || grants.policyOf(only).decide(seen(call)).decision() instanceof Decision.Deny;
        } catch (RuntimeException unknown) {
            return true;
        }
    }

    private static boolean isUnread(Access access) {
        return access instanceof Access.Runs runs
                && runs.nature().compareTo(Access.Nature.UNKNOWN) >= 0;
    }

    /// Leaves the call as it is when it may run; otherwise answers it.
    void decide(Call call, BiConsumer<Call, Json> replaceInput) throws InterruptedException {
        var rules = grants.policy();
        var verdict = verdict(rules, call);
        boolean byHook = false;
        var decision = verdict.decision();
        if (decision instanceof Decision.Ask && mayAllow(rules, call, verdict)) {
            decision = new Decision.Allow("hook: " + call.hookReason);
        }
        if (decision instanceof Decision.Allow && call.hookRuling == Ruling.ASK) {
            decision = asked(rules, call);
            byHook = true;
        }
        if (decision instanceof Decision.Deny no) {
            refuse(call, no, "policy");
            return;
        }
        if (refusedBefore(call)) {
            return;
        }
        if (decision instanceof Decision.Ask(String reason)) {
            var request = byHook ? hookRequest(call, reason) : request(rules, call, verdict);
            if (answered(call, request)) {
                settle(call, replaceInput);
            } else {
                ask(call, request, replaceInput);
            }
        }
    }

    /// Whether the question about the call was answered with a no before this turn or process; that
    /// counts even if a rule allows the call by now.
    private boolean refusedBefore(Call call) {
        boolean refused =
                recorder.state()
                        .answered(call.use().id())
                        .filter(one -> one.answer().decision() instanceof Decision.Deny)
                        .isPresent();
        if (refused) {
            settle(call, (same, input) -> {});
        }
        return refused;
    }

    /// Whether exactly this was asked and answered before: with another input, or where the session
    /// has begun to plan since, it is another question.
    private boolean answered(Call call, PermissionRequest request) {
        return recorder.state()
                .answered(call.use().id())
                .map(SessionState.Answered::question)
                .filter(before ->
                        before.tool().equals(call.name()) && before.input().equals(call.input))
                .filter(before ->
                        request.reasonType() != ReasonType.MODE
                                || before.reason().equals(request.reason()))
                .isPresent();
    }

    /// Does what is on record as the answer.
    private void settle(Call call, BiConsumer<Call, Json> replaceInput) {
        var entry = approvals.newest(call.use().id(), true);
        recorder.repeat(entry);
        use(call, ((Event.PermissionDecided) entry.event()).decision(), replaceInput);
    }

    /// What becomes of a call that a hook wants asked about.
    private static Decision asked(Policy rules, Call call) {
        return rules.mode() == PermissionMode.DONT_ASK
                ? new Decision.Deny(
                        "mode dontAsk",
                        "A hook wants somebody to be asked about "
                                + call.name()
                                + ", and the mode dontAsk refuses that: "
                                + call.hookReason)
                : new Decision.Ask(String.valueOf(call.hookReason));
    }

    private static Verdict verdict(Policy rules, Call call) {
        call.accesses = call.found().accesses(call.input, call.context);
        return rules.decide(seen(call));
    }

    private static ToolCall seen(Call call) {
        var tool = call.found();
        return new ToolCall(
                call.name(), call.input, tool.effect(), call.accesses, tool.needsPerson());
    }

    /// Whether the yes of a PreToolUse hook is enough: not where a rule asks, for what steers
    /// tools, or while planning; and for a tool that is for a person only together with a new
    /// input.
    private static boolean mayAllow(Policy rules, Call call, Verdict verdict) {
        return call.hookRuling == Ruling.ALLOW
                && !verdict.firm()
                && verdict.type() != ReasonType.SAFETY_CHECK
                && (call.found().needsPerson()
                        ? call.hookInput
                        : rules.mode() != PermissionMode.PLAN);
    }

    private PermissionRequest hookRequest(Call call, String reason) {
        return new PermissionRequest(
                sessionId,
                call.use().id(),
                call.name(),
                call.input,
                call.accesses,
                "hook: " + reason,
                ReasonType.HOOK,
                List.of(),
                null,
                null);
    }

    private PermissionRequest request(Policy rules, Call call, Verdict verdict) {
        var given = verdict.rule();
        return new PermissionRequest(
                sessionId,
                call.use().id(),
                call.name(),
                call.input,
                call.accesses,
                verdict.decision().reason(),
                verdict.type(),
                rules.suggestions(seen(call), verdict),
                verdict.blockedPath(),
                given == null || verdict.type() != ReasonType.RULE
                        ? null
                        : new PermissionRequest.MatchedRule(given.rule(), given.source()));
    }

    private void ask(Call call, PermissionRequest request, BiConsumer<Call, Json> replaceInput)
            throws InterruptedException {
        var id = call.use().id();
        if (approvals.isOpen(request)) {
            recorder.repeat(approvals.newest(id, false));
            approvals.collect();
        } else {
            recorder.record(
                    new Event.PermissionAsked(
                            id,
                            request.tool(),
                            request.input(),
                            request.reason(),
                            request.suggestions()));
        }
        var asked = approvals.question(id);
        if (!asked.isOpen()) {
            settle(call, replaceInput);
            return;
        }
        var answer = question.ask(request, rule -> touches(call, rule), call.mayWait);
        recorder.recordAll(answer.events());
        var decision = answer.decision();
        if (decision != null && decides(call, decision, answer.by())) {
            use(call, ruling(call, decision), replaceInput);
        } else if (recorder.state().asks(id)) {
            call.ending = new Outcome.Deferred(id, call.name(), call.input);
            return;
        } else {
            settle(call, replaceInput);
        }
        approvals.forgetLeft(asked);
    }

    /// Whether this answer was the first one.
    private boolean decides(Call call, Decision decision, String by) {
        var id = call.use().id();
        return recorder.recordIf(
                now -> now.asks(id),
                List.of(new Event.PermissionDecided(id, ruling(call, decision), by)));
    }

    /// Who doesn't decide refuses.
    private static Decision ruling(Call call, Decision decision) {
        return decision instanceof Decision.Ask(String reason)
                ? new Decision.Deny(
                        reason, "Permission to use " + call.name() + " was not granted.")
                : decision;
    }

    /// Does what was decided; it is on record.
    private void use(Call call, Decision decision, BiConsumer<Call, Json> replaceInput) {
        switch (decision) {
            case Decision.Allow yes -> allow(call, yes, replaceInput);
            case Decision.Deny no -> deny(call, no);
            case Decision.Ask(String reason) -> use(call, ruling(call, decision), replaceInput);
        }
    }

    private void allow(Call call, Decision.Allow yes, BiConsumer<Call, Json> replaceInput) {
        yes.updates().forEach(update -> apply(call, update));
        if (yes.updatedInput() == null || yes.updatedInput().equals(call.input)) {
            return;
        }
        replaceInput.accept(call, yes.updatedInput());
        if (call.answer != null) {
            return;
        }
        if (verdict(grants.policy(), call).decision() instanceof Decision.Deny no) {
            refuse(call, no, "policy");
        }
    }

    /// The call runs even if an update can't be kept for later sessions; the user is told.
    private void apply(Call call, PermissionUpdate update) {
        grants.apply(update, recorder::record);
        applied.accept(update);
        try {
            grants.keep(update);
        } catch (BowlineException e) {
            recorder.record(
                    new Event.HookRan(
                            "PermissionUpdate",
                            "settings",
                            Ruling.NONE.name(),
                            e.getMessage(),
                            Duration.ZERO,
                            call.name(),
                            "the permission holds for this session only: " + e.getMessage(),
                            null,
                            true));
        }
    }

    private void refuse(Call call, Decision.Deny no, String by) {
        recorder.record(new Event.PermissionDecided(call.use().id(), no, by));
        deny(call, no);
    }

    private static void deny(Call call, Decision.Deny no) {
        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, no.message());
        if (no.interrupt()) {
            call.ending = new Outcome.Interrupted(REFUSAL);
        }
    }
}
