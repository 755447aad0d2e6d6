package dev.bowline.loop;

import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.files.FileHistory;
import dev.bowline.transcript.files.FilesRewound;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps files before calls change them, if the session wants that, and brings them back.
final class Checkpoints {
    private final boolean on;
    private final Transcript transcript;
    private @Nullable FileHistory history;
    private long seen;

    Checkpoints(boolean on, Transcript transcript) {
        this.on = on;
        this.transcript = transcript;
    }

    /// What is recorded with a prompt that begins a turn.
    List<Event> prompted(UUID promptId) {
        return on ? List.of(new Event.FilesTracked(promptId)) : List.of();
    }

    /// What is recorded before calls run, after the files that they say they write were kept.
    List<Event> before(List<Call> calls) throws InterruptedException {
        var saved = new ArrayList<Event>();
        for (var call : calls) {
            if (!on || call.found().effect() != Effect.WRITE) {
                continue;
            }
            for (var access : call.accesses) {
                if (access instanceof Access.Writes(var path)) {
                    history().save(path).ifPresent(saved::add);
                }
            }
        }
        if (Thread.currentThread().isInterrupted() && !saved.isEmpty()) {
            throw new InterruptedException("interrupted while files were kept");
        }
        return saved;
    }

    FilesRewound rewind(UUID message, boolean dryRun) {
        return on
                ? history().rewind(message, dryRun)
                : FilesRewound.refused("File rewinding is not enabled.");
    }

    private synchronized FileHistory history() {
        var known = history;
        if (known == null) {
            known = new FileHistory(transcript.resultsDirectory(), List.of());
            history = known;
        }
        for (var entry : transcript.after(seen)) {
            known.plus(entry);
            seen = entry.number();
        }
        return known;
    }
}
