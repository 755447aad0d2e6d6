package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import java.util.List;
import java.util.Optional;

/// Makes the line of a list from a whole transcript.
final class Summaries {
    /// Longer titles are cut.
    static final int TITLE = 120;

    private Summaries() {}

    static SessionSummary of(SessionId id, List<Entry> entries, boolean held, long bytes) {
        var state = SessionState.of(entries);
        return new SessionSummary(
                id,
                state.title().or(() -> prompt(entries.reversed())).orElse(""),
                state.opened().map(Event.Opened::directory).orElse(""),
                state.tag().orElse(null),
                entries.getFirst().at(),
                entries.getLast().at(),
                held ? "active" : state.turn().open() ? "interrupted" : "completed",
                state.turn().number(),
                bytes);
    }

    private static Optional<String> prompt(List<Entry> newestFirst) {
        return newestFirst.stream()
                .filter(entry -> entry.event() instanceof Event.Prompted)
                .map(entry -> title(ContentBlock.text(((Event.Prompted) entry.event()).content())))
                .filter(title -> !title.isEmpty())
                .findFirst();
    }

    /// One line of at most [#TITLE] characters.
    static String title(String text) {
        return title(text, TITLE);
    }

    /// One line of at most `limit` characters.
    static String title(String text, int limit) {
        var line = new StringBuilder(Math.min(text.length(), limit + 1));
        boolean space = false;
        for (int i = 0; i < text.length() && line.length() <= limit; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = !line.isEmpty();
            } else {
                if (space) {
                    line.append(' ');
                    space = false;
                }
                line.append(c);
            }
        }
        if (line.length() > limit) {
            line.setLength(limit - 1);
            line.append('…');
        }
        return line.toString();
    }
}
