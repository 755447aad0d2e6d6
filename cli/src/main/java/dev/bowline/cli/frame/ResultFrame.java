package dev.bowline.cli.frame;

import dev.bowline.json.JsonOut;
import dev.bowline.message.Usage;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Totals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The fields of the frame that ends a turn. `total_cost_usd` and `modelUsage` are the session's so
/// far, `usage` is the turn's.
final class ResultFrame {
    private ResultFrame() {}

    /// @param before the session's totals at its last result
    static void write(
            JsonOut frame, Ending ending, TurnRecord record, SessionState state, Totals before) {
        var figures = record.figures();
        boolean ran = record.ran();
        var structured = record.structured();
        frame.field("type", "result")
                .field("subtype", ending.subtype())
                .field("is_error", ending.isError())
                .field("duration_ms", figures.total().toMillis())
                .field("duration_api_ms", figures.api().toMillis())
                .field("num_turns", record.turns());
        if (ending.hasResult()) {
            frame.field("result", ending.text()).name("api_error_status");
            nullable(frame, ending.apiStatus());
            var type = ending.apiErrorType();
            if (type != null) {
                frame.field("api_error_type", type);
            }
            var lost = ending.apiError();
            if (lost != null) {
                frame.field("api_error", lost);
            }
            if (structured != null) {
                frame.name("structured_output").rawLine(structured);
            }
        } else {
            Frames.strings(frame.name("errors"), List.of(ending.text()));
        }
        frame.field("stop_reason", ending.stopReason());
        if (!record.command().isEmpty()) {
            frame.field("local_command", record.command());
        }
        if (!ending.terminalReason().isEmpty()) {
            frame.field("terminal_reason", ending.terminalReason());
        }
        if (ending.deferred() != null) {
            frame.name("deferred_tool_use").rawLine(ending.deferred());
        }
        frame.name("total_cost_usd").number(dollars(state.totals().cost()));
        Blocks.usageOfTurn(frame.name("usage"), ran ? state.turn().usage() : Usage.NONE);
        models(frame.name("modelUsage"), state.totals().models());
        models(frame.name("model_usage_since_last_result"), since(before, state.totals()));
        denials(frame.name("permission_denials"), record);
        if (!ending.isError()) {
            milliseconds(frame, "ttft_ms", record.toFirstByte());
            milliseconds(frame, "first_content_frame_ms", record.toFirstContent());
        }
    }

    private static void nullable(JsonOut frame, @org.jspecify.annotations.Nullable Integer value) {
        if (value == null) {
            frame.nothing();
        } else {
            frame.number(value);
        }
    }

    /// What has been used since then, by model.
    private static Map<String, Totals.PerModel> since(Totals before, Totals now) {
        var used = new TreeMap<String, Totals.PerModel>();
        now.models()
                .forEach((model, all) -> {
                    var old = before.models().get(model);
                    if (old == null) {
                        used.put(model, all);
                    } else if (all.calls() > old.calls()) {
                        used.put(
                                model,
                                new Totals.PerModel(
                                        all.usage().minus(old.usage()),
                                        all.cost() - old.cost(),
                                        all.calls() - old.calls(),
                                        all.unpriced() - old.unpriced()));
                    }
                });
        return used;
    }

    static void models(JsonOut frame, Map<String, Totals.PerModel> models) {
        frame.beginObject();
        models.forEach((model, used) ->
                frame.name(model)
                        .beginObject()
                        .field("inputTokens", used.usage().inputTokens())
                        .field("outputTokens", used.usage().outputTokens())
                        .field("cacheReadInputTokens", used.usage().cacheReadTokens())
                        .field("cacheCreationInputTokens", used.usage().cacheWriteTokens())
                        .field("webSearchRequests", used.usage().webSearches())
                        .name("costUSD")
                        .number(dollars(used.cost()))
                        .field("costBasis", used.unpriced() == 0 ? "list" : "unknown")
                        .field("contextWindow", ModelSizes.contextWindow(model))
                        .field("maxOutputTokens", ModelSizes.maxOutput(model))
                        .field("canonicalModel", model)
                        .field("provider", "firstParty")
                        .field(
                                "cacheCreationEphemeral5mInputTokens",
                                used.usage().cacheWriteTokens() - used.usage().cacheWrite1hTokens())
                        .field(
                                "cacheCreationEphemeral1hInputTokens",
                                used.usage().cacheWrite1hTokens())
                        .endObject());
        frame.endObject();
    }

    private static void denials(JsonOut frame, TurnRecord record) {
        frame.beginArray();
        for (var denial : record.denials()) {
            frame.beginObject()
                    .field("tool_name", denial.tool())
                    .field("tool_use_id", denial.toolUseId())
                    .name("tool_input")
                    .rawLine(denial.input())
                    .endObject();
        }
        frame.endArray();
    }

    private static void milliseconds(JsonOut frame, String name, Optional<Duration> time) {
        time.ifPresent(known -> frame.field(name, known.toMillis()));
    }

    static double dollars(long nanos) {
        return nanos / 1e9;
    }
}
