package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.json.JsonOut;
import java.time.Instant;
import java.util.UUID;

/// Entries as JSON, one object each, for stores and logs of other kinds than files:
/// `{"v":1,"n":7,"id":…,"at":…,"kind":"tool_started",…}`. An event of a kind or version that this
/// version doesn't know becomes [Event.Unknown]. [JsonlStore] writes the same members, spread over
/// lines that other programs can read; see `docs/transcripts.md`.
public final class TranscriptCodec {
    private TranscriptCodec() {}

    public static Json toJson(Entry entry) {
        try (var out = JsonOut.toText()) {
            out.beginObject()
                    .field("v", LineWriter.VERSION)
                    .field("n", entry.number())
                    .field("id", entry.id().toString())
                    .field("at", entry.at().toString())
                    .field("kind", EventJson.kind(entry.event()));
            EventJson.write(out, entry.event(), true);
            return Json.parse(out.endObject().text());
        }
    }

    /// @throws IllegalArgumentException if `json` isn't an entry
    public static Entry fromJson(Json json) {
        var draft = new EventDraft();
        long number = 0;
        long version = 0;
        String id = "";
        String at = "";
        try (var in = JsonIn.of(json.text())) {
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "v" -> version = in.number();
                    case "n" -> number = in.number();
                    case "id" -> id = in.string();
                    case "at" -> at = in.string();
                    default -> {
                        if (!draft.take(name, in)) {
                            in.skip();
                        }
                    }
                }
            }
        }
        if (number < 1 || at.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("not an entry of a transcript: " + json);
        }
        var event = version > LineWriter.VERSION ? null : draft.event();
        return new Entry(
                number,
                UUID.fromString(id),
                Instant.parse(at),
                event == null ? new Event.Unknown(json) : event);
    }
}
