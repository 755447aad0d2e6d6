package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.PendingCall;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.TurnState;
import java.util.List;

/// What to do next. Decided from the state alone, so that a session goes on after a crash as if
/// nothing had happened.
sealed interface Step {
    record Idle() implements Step {}

    record CallModel() implements Step {}

    record RunTools(List<PendingCall> calls) implements Step {}

    /// Ask the model to go on with an answer that was cut.
    record GoOn() implements Step {}

    /// The model has answered with nothing; it is asked once more.
    record Nudge() implements Step {}

    /// Ask the model for the structured output that it has not handed in.
    record AskForOutput() implements Step {}

    record End(Outcome outcome) implements Step {}

    static Step after(SessionState state, Limits limits) {
        if (!state.turn().open()) {
            return new Idle();
        }
        if (!state.pending().isEmpty()) {
            return new RunTools(state.pending());
        }
        if (limits.outputAttempts() > 0 && !state.turn().answered()) {
            var output = state.turn().structured();
            if (output != null) {
                return new End(new Outcome.Completed(output.text(), StopReason.TOOL_USE, output));
            }
            if (state.turn().misses() >= limits.outputAttempts()) {
                return outputMissing(limits);
            }
        }
        var last = state.lastReply();
        return last.isPresent() && state.turn().answered()
                ? afterReply(last.get(), state, limits)
                : callUnlessLimited(state, limits);
    }

    private static Step outputMissing(Limits limits) {
        return new End(
                new Outcome.LimitReached(
                        Outcome.Limit.STRUCTURED_OUTPUT,
                        "Failed to provide valid structured output after "
                                + limits.outputAttempts()
                                + " attempts; the calls of "
                                + TurnState.OUTPUT_TOOL
                                + " say what was wrong"));
    }

    private static Step callUnlessLimited(SessionState state, Limits limits) {
        int max = limits.maxTurns();
        return max > 0 && state.turn().replies() >= max
                ? new End(
                        new Outcome.LimitReached(
                                Outcome.Limit.TURNS,
                                "Reached maximum number of turns ("
                                        + max
                                        + "); raise maxTurns or --max-turns to let it go on"))
                : new CallModel();
    }

    private static Step afterReply(Event.Replied reply, SessionState state, Limits limits) {
        var text = ContentBlock.text(reply.content());
        var reason = reply.stopReason();
        if (reason.equals(StopReason.PAUSE_TURN)) {
            return callUnlessLimited(state, limits);
        }
        if (reason.equals(StopReason.MAX_TOKENS)) {
            return state.turn().continuations() < Limits.CONTINUATIONS
                    ? new GoOn()
                    : new End(
                            new Outcome.LimitReached(
                                    Outcome.Limit.OUTPUT,
                                    "The answer was cut by its output limit "
                                            + (Limits.CONTINUATIONS + 1)
                                            + " times; raise maxTokens or ask for less at once"));
        }
        if (reason.equals(StopReason.REFUSAL)) {
            return new End(new Outcome.Refused(text, reply.stopDetails()));
        }
        if (reason.equals(StopReason.CONTEXT_WINDOW)) {
            return new End(
                    new Outcome.Failed(
                            ErrorCode.API_PROMPT_TOO_LONG.wire(),
                            "The conversation no longer fits the model's context window; rewind, fork or start a new session",
                            0));
        }
        if (reason.equals(StopReason.ABORTED)) {
            return new End(new Outcome.Interrupted("user"));
        }
        if (isEmpty(reply) && state.turn().continuations() == 0) {
            return new Nudge();
        }
        if (limits.outputAttempts() > 0) {
            return state.turn().misses() + 1 >= limits.outputAttempts()
                    ? outputMissing(limits)
                    : new AskForOutput();
        }
        return new End(new Outcome.Completed(text, reason));
    }

    /// Nothing was said, and nothing done.
    private static boolean isEmpty(Event.Replied reply) {
        return reply.stopReason().equals(StopReason.END_TURN)
                && reply.content().stream()
                        .allMatch(block ->
                                block instanceof ContentBlock.Text text && text.text().isBlank());
    }
}
