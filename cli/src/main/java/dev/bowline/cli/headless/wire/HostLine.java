package dev.bowline.cli.headless.wire;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One line of a host's.
public sealed interface HostLine {
    /// The user says something; `named` when the host has chosen the id. `query` is false for what
    /// only joins the history; `verbatim` text is never taken for a command; `synthetic` was not
    /// typed by anybody.
    record User(
            UUID id,
            boolean named,
            List<ContentBlock> content,
            Priority priority,
            boolean query,
            boolean verbatim,
            boolean synthetic)
            implements HostLine {}

    /// When a message is taken up that comes while a turn runs: at once, before the next model
    /// call, or in a turn of its own.
    enum Priority {
        NOW,
        NEXT,
        LATER
    }

    /// The host wants something.
    record Request(String id, String subtype, Json body) implements HostLine {}

    /// The host answers; `payload` is `null` in JSON when there is nothing to say.
    record Reply(String id, Json payload) implements HostLine {}

    /// The host could not do what it was asked for.
    record Refusal(String id, String error) implements HostLine {}

    /// The host no longer waits for an answer.
    record Cancel(String id) implements HostLine {}

    /// Variables for child processes from here on.
    record Variables(Map<String, String> values) implements HostLine {}

    /// Nothing to do.
    record Nothing() implements HostLine {}

    /// A line that means nothing; `why` is one sentence.
    record Unreadable(String why) implements HostLine {}
}
