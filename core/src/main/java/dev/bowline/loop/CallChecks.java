package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.tool.SchemaCheck;
import dev.bowline.tool.ToolRegistry;
import dev.bowline.tool.ToolResult;

/// Whether a call makes sense: there is such a tool, and it can do something with the input. A call
/// that doesn't is answered.
final class CallChecks {
    private final ToolRegistry registry;
    private final Permissions permissions;

    CallChecks(ToolRegistry registry, Permissions permissions) {
        this.registry = registry;
        this.permissions = permissions;
    }

    void find(Call call) {
        call.tool =
                registry.find(call.name())
                        .filter(tool -> !permissions.hides(tool.name()))
                        .orElse(null);
        if (call.tool == null) {
            var names =
                    registry.all().stream()
                            .map(tool -> tool.name())
                            .filter(name -> !permissions.hides(name))
                            .toList();
            call.answer =
                    problem(
                            ErrorCode.TOOL_UNKNOWN,
                            "No such tool available: "
                                    + call.name()
                                    + ". Available tools: "
                                    + String.join(", ", names));
        }
    }

    /// Against the tool's schema; what can be read as what was meant is changed into it.
    void schema(Call call) {
        if (call.input.asMap().containsKey("__unparsedToolInput")) {
            call.answer =
                    invalid(
                            "the input of "
                                    + call.name()
                                    + " is not valid JSON; send one JSON object that fits the schema");
            return;
        }
        var checked = SchemaCheck.check(call.found().definition().inputSchema(), call.input);
        call.input = checked.input();
        if (!checked.problems().isEmpty()) {
            call.answer =
                    invalid(
                            call.name()
                                    + " failed because "
                                    + String.join("; ", checked.problems()));
        }
    }

    /// By the tool itself.
    void tool(Call call) {
        call.found()
                .validate(call.input, call.context)
                .ifPresent(wrong -> call.answer = invalid(wrong));
    }

    private static ToolResult invalid(String wrong) {
        return problem(ErrorCode.TOOL_INPUT_INVALID, "InputValidationError: " + wrong);
    }

    private static ToolResult problem(ErrorCode code, String message) {
        return ToolResult.failure(code, "<tool_use_error>" + message + "</tool_use_error>");
    }
}
