package dev.bowline.message;

/// Why a model stopped, in the service's words; words that this version does not know are kept.
public record StopReason(String wire) {
    public static final StopReason END_TURN = new StopReason("end_turn");
    public static final StopReason TOOL_USE = new StopReason("tool_use");
    public static final StopReason MAX_TOKENS = new StopReason("max_tokens");
    public static final StopReason STOP_SEQUENCE = new StopReason("stop_sequence");
    public static final StopReason PAUSE_TURN = new StopReason("pause_turn");
    public static final StopReason REFUSAL = new StopReason("refusal");
    public static final StopReason CONTEXT_WINDOW = new StopReason("model_context_window_exceeded");

    /// Ours: the stream was interrupted by the user; what was said so far was kept.
    public static final StopReason ABORTED = new StopReason("aborted");

    /// The constant for a known word, so that comparing costs nothing.
    public static StopReason of(String wire) {
        return switch (wire) {
            case "end_turn" -> END_TURN;
            case "tool_use" -> TOOL_USE;
            case "max_tokens" -> MAX_TOKENS;
            case "stop_sequence" -> STOP_SEQUENCE;
            case "pause_turn" -> PAUSE_TURN;
            case "refusal" -> REFUSAL;
            case "model_context_window_exceeded" -> CONTEXT_WINDOW;
            case "aborted" -> ABORTED;
            default -> new StopReason(wire);
        };
    }
}
