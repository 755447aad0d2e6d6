package dev.bowline.transcript;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a list of sessions shows. `title` is the first of: the given title, the last prompt, the
/// first prompt. `status`: `active` while a writer holds it, `interrupted` when its last turn has
/// no end, otherwise `completed`.
public record SessionSummary(
        SessionId id,
        String title,
        String directory,
        @Nullable String tag,
        Instant created,
        Instant modified,
        String status,
        int turns,
        long bytes) {}
