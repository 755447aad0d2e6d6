package dev.bowline.error;

import java.util.Locale;

/// Stable names of everything that can go wrong. [#wire()] is what docs, logs and the wire use; it
/// never changes meaning.
public enum ErrorCode {
    PROMPT_EMPTY(Category.VALIDATION),
    PROMPT_TOO_LONG(Category.VALIDATION),
    PROMPT_NOT_UNICODE(Category.VALIDATION),
    PROMPT_REFUSED(Category.VALIDATION),
    PROMPT_BLOCKED_BY_HOOK(Category.VALIDATION),
    RATE_LIMITED_LOCALLY(Category.VALIDATION),
    QUEUE_FULL(Category.VALIDATION),
    SESSION_CLOSED(Category.VALIDATION),
    SESSION_NOT_FOUND(Category.VALIDATION),
    SESSION_EXISTS(Category.VALIDATION),
    POOL_FULL(Category.TIMEOUT),
    TOOL_UNKNOWN(Category.TOOL_ERROR),
    TOOL_INPUT_INVALID(Category.TOOL_ERROR),
    TOOL_FAILED(Category.TOOL_ERROR),
    TOOL_CRASHED(Category.TOOL_CRASH),
    TOOL_TIMEOUT(Category.TIMEOUT),
    TOOL_INTERRUPTED(Category.TOOL_ERROR),
    OUTCOME_UNKNOWN(Category.TOOL_ERROR),
    APPROVAL_UNKNOWN(Category.VALIDATION),
    APPROVAL_CLOSED(Category.VALIDATION),
    PERMISSION_DENIED(Category.PERMISSION),
    MODEL_SWITCH_REFUSED(Category.PERMISSION),
    API_AUTHENTICATION(Category.MODEL_API),
    API_PERMISSION(Category.MODEL_API),
    API_MODEL_NOT_FOUND(Category.MODEL_API),
    API_INVALID_REQUEST(Category.MODEL_API),
    API_PROMPT_TOO_LONG(Category.MODEL_API),
    API_REQUEST_TOO_LARGE(Category.MODEL_API),
    API_RATE_LIMIT(Category.MODEL_API),
    API_OVERLOADED(Category.MODEL_API),
    API_SERVER(Category.MODEL_API),
    API_BAD_ANSWER(Category.MODEL_API),
    API_TIMEOUT(Category.TIMEOUT),
    API_UNREACHABLE(Category.NETWORK),
    API_STREAM_BROKEN(Category.NETWORK),
    OUTPUT_LIMIT(Category.MODEL_API),
    STORE_IN_USE(Category.STORE),
    STORE_CONFLICT(Category.STORE),
    STORE_UNWRITABLE(Category.STORE),
    STORE_FULL(Category.STORE),
    STORE_UNREADABLE(Category.STORE),
    BUDGET_EXHAUSTED(Category.BUDGET),
    TURN_LIMIT(Category.BUDGET),
    TURN_TIMEOUT(Category.TIMEOUT),
    MODEL_REFUSED(Category.MODEL_API),
    STRUCTURED_OUTPUT_MISSING(Category.MODEL_API),
    COMPACTION_FAILED(Category.MODEL_API),
    CONFIG_INVALID(Category.VALIDATION),
    INTERNAL(Category.TOOL_CRASH);

    /// The coarse kind of a failure, for metrics and retry decisions.
    public enum Category {
        VALIDATION,
        PERMISSION,
        TOOL_ERROR,
        TOOL_CRASH,
        TIMEOUT,
        MODEL_API,
        NETWORK,
        STORE,
        BUDGET
    }

    private final Category category;
    private final String wire = name().toLowerCase(Locale.ROOT);

    ErrorCode(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /// The code in lower snake case, for example `session_not_found`.
    public String wire() {
        return wire;
    }
}
