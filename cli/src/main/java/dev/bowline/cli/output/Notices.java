package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Says once what hooks want the user to read, also that one has failed. For one thread at a time.
public final class Notices {
    private final Lines err;
    private final Instant since;
    private final Set<UUID> said = new HashSet<>();

    /// @param since older entries are of other runs
    public Notices(Lines err, Instant since) {
        this.err = err;
        this.since = since;
    }

    /// What happened while nobody listened.
    public void missed(List<Entry> entries) {
        entries.forEach(entry -> hear(entry, null));
    }

    /// @param status stands aside for the words, unless it is null
    public void hear(Update update, @Nullable StatusLine status) {
        if (update instanceof Entry entry
                && entry.event() instanceof Event.HookRan ran
                && ran.message() != null
                && !entry.at().isBefore(since)
                && said.add(entry.id())) {
            var about = ran.about() == null ? "" : ":" + ran.about();
            var words =
                    Style.harmless("bowline: " + ran.event() + about + " says: " + ran.message());
            if (status == null) {
                err.line(words);
            } else {
                status.aside(() -> err.line(words));
            }
        }
    }
}
