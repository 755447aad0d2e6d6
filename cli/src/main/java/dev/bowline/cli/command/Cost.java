package dev.bowline.cli.command;

import dev.bowline.Session;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.Locale;

/// `/usage` and `/cost`: what the session has used.
public record Cost() implements LocalCommand {
    @Override
    public String name() {
        return "usage";
    }

    @Override
    public void run(Place place) {
        place.words(this, text(place.session()), frame -> {});
    }

    private static String text(Session session) {
        var totals = session.state().totals();
        var api = Duration.ZERO;
        var wall = Duration.ZERO;
        for (var entry : session.entries()) {
            if (entry.event() instanceof Event.TurnEnded ended) {
                api = api.plus(ended.figures().api());
                wall = wall.plus(ended.figures().total());
            }
        }
        var text = new StringBuilder();
        text.append("Estimated cost:        ").append(dollars(totals.cost()));
        text.append("\nTotal duration (API):  ").append(api.toSeconds()).append('s');
        text.append("\nTotal duration (wall): ").append(wall.toSeconds()).append('s');
        text.append("\nUsage by model:");
        totals.models()
                .forEach((model, used) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "\n%20s:  %s input, %s output, %s cache read, %s cache write (%s)",
                                        model,
                                        ContextUsage.figure(used.usage().inputTokens()),
                                        ContextUsage.figure(used.usage().outputTokens()),
                                        ContextUsage.figure(used.usage().cacheReadTokens()),
                                        ContextUsage.figure(used.usage().cacheWriteTokens()),
                                        used.unpriced() > 0
                                                ? "no price known"
                                                : dollars(used.cost()))));
        return text.toString();
    }

    private static String dollars(long nanos) {
        return String.format(Locale.ROOT, "$%.4f", nanos / 1e9);
    }
}
