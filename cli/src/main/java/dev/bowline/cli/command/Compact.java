package dev.bowline.cli.command;

import dev.bowline.error.BowlineException;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;

/// `/compact [focus]`: the model summarises what was said, and goes on with that.
public record Compact(String focus) implements LocalCommand {
    @Override
    public String name() {
        return "compact";
    }

    @Override
    public String arguments() {
        return focus;
    }

    @Override
    public void run(Place place) throws InterruptedException {
        if (place.session().state().messages().isEmpty()) {
            place.words(this, "Error: there is nothing to summarise yet", frame -> {});
            return;
        }
        try {
            place.session().compact(focus, update -> heard(place, update));
        } catch (BowlineException | IllegalStateException e) {
            place.failed(this, String.valueOf(e.getMessage()));
        }
    }

    private static void heard(Place place, Update update) {
        if (update instanceof Entry entry && entry.event() instanceof Event.Compacted done) {
            place.compacted(entry, done);
        } else if (update instanceof Update.Compacting) {
            place.compacting(update);
        }
    }
}
