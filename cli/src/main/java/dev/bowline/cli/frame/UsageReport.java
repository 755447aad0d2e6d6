package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Totals;
import java.time.Duration;

/// What a session has used, as a program reads it: costs and tokens of the whole session, times of
/// this run. Safe for any thread.
public final class UsageReport {
    private final TimeSource time;
    private final long began;
    private Duration asked = Duration.ZERO;

    /// The run begins now.
    public UsageReport(TimeSource time) {
        this.time = time;
        this.began = time.nanos();
    }

    /// A turn is over.
    public synchronized void turn(Event.Figures figures) {
        asked = asked.plus(figures.api());
    }

    /// The answer to `get_usage`. There are no plans whose limits could be told, and changed lines
    /// are not counted.
    public synchronized Json json(Totals totals) {
        try (var out = JsonOut.toText()) {
            out.beginObject().name("session").beginObject().name("total_cost_usd");
            out.number(ResultFrame.dollars(totals.cost()))
                    .field("total_api_duration_ms", asked.toMillis())
                    .field("total_duration_ms", Duration.ofNanos(time.nanos() - began).toMillis())
                    .field("total_lines_added", 0)
                    .field("total_lines_removed", 0);
            ResultFrame.models(out.name("model_usage"), totals.models());
            out.endObject()
                    .field("subscription_type", Json.NULL)
                    .field("rate_limits_available", false)
                    .field("rate_limits", Json.NULL)
                    .field("behaviors", Json.NULL)
                    .endObject();
            return Json.parse(out.text());
        }
    }
}
