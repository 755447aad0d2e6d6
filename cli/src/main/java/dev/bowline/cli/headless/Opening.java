package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.json.JsonOut;
import java.util.Optional;
import java.util.UUID;

/// How a run may begin: with `--await-initialize` the host's first line is its `initialize`, which
/// holds every field that flags announce.
final class Opening {
    private final Arguments args;
    private boolean begun;

    Opening(Arguments args) {
        this.args = args;
    }

    /// Why the run cannot go on, in the protocol's word and a sentence.
    record Trouble(String reason, String sentence) {
        /// The one result that the host gets.
        String result() {
            try (var frame = JsonOut.toText()) {
                frame.beginObject()
                        .field("type", "result")
                        .field("subtype", "error_during_execution")
                        .field("is_error", true)
                        .field("duration_ms", 0)
                        .field("duration_api_ms", 0)
                        .field("num_turns", 0)
                        .name("errors")
                        .beginArray()
                        .string(sentence)
                        .endArray()
                        .field("startup_failure_reason", reason)
                        .field("terminal_reason", "turn_setup_failed")
                        .field("total_cost_usd", 0)
                        .field("uuid", UUID.randomUUID().toString())
                        .field("session_id", UUID.randomUUID().toString());
                return frame.endObject().text();
            }
        }
    }

    /// Looks at a line of the host's; only the first one that says something counts.
    Optional<Trouble> look(HostLine line) {
        if (begun || line instanceof HostLine.Nothing) {
            return Optional.empty();
        }
        begun = true;
        if (line instanceof HostLine.Request request && request.subtype().equals("initialize")) {
            return missing(Greeting.of(request.body()));
        }
        return args.has("--await-initialize")
                ? Optional.of(
                        new Trouble(
                                "initialize_not_first",
                                "The first line of the input must be an initialize request, because the engine was started with --await-initialize."))
                : Optional.empty();
    }

    private Optional<Trouble> missing(Greeting greeting) {
        for (var field : args.value("--initialize-fields", "").split(",", -1)) {
            if (!field.isBlank() && !greeting.has(field.strip())) {
                return Optional.of(
                        new Trouble(
                                "initialize_fields_not_delivered",
                                "The initialize request lacks "
                                        + field.strip()
                                        + ", which --initialize-fields announced."));
            }
        }
        return args.has("--managed-settings-in-initialize") && !greeting.has("managedSettings")
                ? Optional.of(
                        new Trouble(
                                "managed_settings_not_delivered",
                                "The initialize request lacks managedSettings, which --managed-settings-in-initialize announced."))
                : Optional.empty();
    }
}
