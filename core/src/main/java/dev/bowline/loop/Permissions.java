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
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// The permission stage: asks the policy, then hooks and people where the policy says so, and puts
/// on record what isn't a plain yes.
final class Permissions {
    /// Who interrupts a turn when a refusal says so.
    static final String REFUSAL = "permission";

    private final Grants grants;
    private final Question question;
    private final Recorder recorder;
    private final String sessionId;

    Permissions(Grants grants, Question question, Recorder recorder, String sessionId) {
        this.grants = grants;
        this.question = question;
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
        switch (decision) {
            case Decision.Allow yes -> {}
            case Decision.Deny no -> refuse(call, no, "policy");
            case Decision.Ask(String reason) ->
                    ask(
                            call,
                            byHook ? hookRequest(call, reason) : request(rules, call, verdict),
                            replaceInput);
        }
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

    /// Whether the yes of a PreToolUse hook is enough: not where a rule asks, for what steers tools,
    /// or while planning; and for a tool that is for a person only together with a new input.
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
        recorder.record(
                new Event.PermissionAsked(
                        request.toolUseId(), request.tool(), request.input(), request.reason()));
        var answer = question.ask(request, rule -> touches(call, rule));
        recorder.recordAll(answer.events());
        switch (answer.decision()) {
            case Decision.Allow yes -> allow(call, yes, answer.by(), replaceInput);
            case Decision.Deny no -> refuse(call, no, answer.by());
            case Decision.Ask(String reason) ->
                    refuse(
                            call,
                            new Decision.Deny(
                                    reason,
                                    "Permission to use " + call.name() + " was not granted."),
                            answer.by());
        }
    }

    private void allow(
            Call call, Decision.Allow yes, String by, BiConsumer<Call, Json> replaceInput) {
        recorder.record(new Event.PermissionDecided(call.use().id(), yes, by));
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
        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, no.message());
        if (no.interrupt()) {
            call.ending = new Outcome.Interrupted(REFUSAL);
        }
    }
}
