package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.Policy;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// The permission stage: asks the policy, then hooks and people where the policy says so, and puts
/// on record what isn't a plain yes.
final class Permissions {
    private final Supplier<Policy> policy;
    private final Approver approver;
    private final Hooks hooks;
    private final Recorder recorder;
    private final String sessionId;

    Permissions(
            Supplier<Policy> policy,
            Approver approver,
            Hooks hooks,
            Recorder recorder,
            String sessionId) {
        this.policy = policy;
        this.approver = approver;
        this.hooks = hooks;
        this.recorder = recorder;
        this.sessionId = sessionId;
    }

    boolean hides(String tool) {
        return policy.get().hides(tool);
    }

    /// Leaves the call as it is when it may run; otherwise answers it.
    void decide(Call call, BiConsumer<Call, Json> replaceInput) throws InterruptedException {
        var accesses = call.found().accesses(call.input, call.context);
        call.accesses = accesses;
        var rules = policy.get();
        var decision = rules.decide(call.name(), call.found().effect(), accesses);
        if (decision instanceof Decision.Ask
                && call.hookRuling == Ruling.ALLOW
                && !rules.asksByRule(call.name(), accesses)) {
            decision = new Decision.Allow("hook: " + call.hookReason);
        }
        if (decision instanceof Decision.Allow && call.hookRuling == Ruling.ASK) {
            decision = new Decision.Ask("hook: " + call.hookReason);
        }
        switch (decision) {
            case Decision.Allow yes -> {}
            case Decision.Deny no -> refuse(call, no, "policy");
            case Decision.Ask(String reason) ->
                    ask(
                            call,
                            new PermissionRequest(
                                    sessionId,
                                    call.use().id(),
                                    call.name(),
                                    call.input,
                                    accesses,
                                    reason),
                            replaceInput);
        }
    }

    private void ask(Call call, PermissionRequest request, BiConsumer<Call, Json> replaceInput)
            throws InterruptedException {
        recorder.record(
                new Event.PermissionAsked(
                        request.toolUseId(), request.tool(), request.input(), request.reason()));
        var said =
                hooks.run(
                        new HookEvent.PermissionRequested(
                                sessionId,
                                request.toolUseId(),
                                request.tool(),
                                request.input(),
                                request.reason()));
        recorder.recordAll(said.events());
        switch (said.outcome().ruling()) {
            case REFUSE -> refuse(call, new Decision.Deny("hook", said.reason()), "hook");
            case ALLOW ->
                    allow(
                            call,
                            new Decision.Allow(
                                    "hook: " + said.reason(), said.outcome().updatedInput()),
                            "hook",
                            replaceInput);
            case NONE, ASK -> answered(call, approver.ask(request), replaceInput);
        }
    }

    private void answered(Call call, Decision decision, BiConsumer<Call, Json> replaceInput)
            throws InterruptedException {
        var by = approver.equals(Approver.NOBODY) ? "policy" : "user";
        switch (decision) {
            case Decision.Allow yes -> allow(call, yes, by, replaceInput);
            case Decision.Deny no -> refuse(call, no, by);
            case Decision.Ask(String reason) ->
                    refuse(
                            call,
                            new Decision.Deny(
                                    reason,
                                    "Permission to use " + call.name() + " was not granted."),
                            by);
        }
    }

    private void allow(
            Call call, Decision.Allow yes, String by, BiConsumer<Call, Json> replaceInput) {
        recorder.record(new Event.PermissionDecided(call.use().id(), yes, by));
        if (yes.updatedInput() == null || yes.updatedInput().equals(call.input)) {
            return;
        }
        replaceInput.accept(call, yes.updatedInput());
        if (call.answer != null) {
            return;
        }
        call.accesses = call.found().accesses(call.input, call.context);
        var decision = policy.get().decide(call.name(), call.found().effect(), call.accesses);
        if (decision instanceof Decision.Deny no) {
            refuse(call, no, "policy");
        }
    }

    private void refuse(Call call, Decision.Deny no, String by) {
        recorder.record(new Event.PermissionDecided(call.use().id(), no, by));
        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, no.message());
        call.endsTurn = no.interrupt();
    }
}
