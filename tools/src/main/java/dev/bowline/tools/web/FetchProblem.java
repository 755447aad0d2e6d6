package dev.bowline.tools.web;

import dev.bowline.error.ErrorCode;

/// Why a page could not be had, in one sentence for the model.
final class FetchProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    FetchProblem(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    FetchProblem(String message) {
        this(ErrorCode.TOOL_FAILED, message);
    }

    ErrorCode code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
