package dev.bowline.cli.sessions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.output.Style;
import dev.bowline.json.JsonOut;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.SessionSummary;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// `bowline sessions list`.
final class SessionList {
    private static final int DEFAULT_LIMIT = 50;

    private SessionList() {}

    static void print(SessionStore store, Arguments args, Console console) {
        int limit = args.number("--limit", 0).orElse(DEFAULT_LIMIT);
        var all =
                store.list(args.has("--all") ? Optional.empty() : Optional.of(console.directory()));
        var shown = limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
        if (args.has("--json")) {
            console.out().line(json(shown));
            return;
        }
        if (shown.isEmpty()) {
            console.err()
                    .line(
                            args.has("--all")
                                    ? "bowline: there are no sessions yet"
                                    : "bowline: there are no sessions of this directory yet; --all looks everywhere");
            return;
        }
        for (var session : shown) {
            console.out().line(line(session, args.has("--all")));
        }
        if (shown.size() < all.size()) {
            console.err()
                    .line("bowline: " + (all.size() - shown.size()) + " more; --limit 0 shows all");
        }
    }

    private static String line(SessionSummary session, boolean withDirectory) {
        var modified = session.modified().atZone(ZoneId.systemDefault());
        return session.id()
                + "  "
                + modified.toLocalDate()
                + " "
                + two(modified.getHour())
                + ":"
                + two(modified.getMinute())
                + "  "
                + session.turns()
                + (session.turns() == 1 ? " turn   " : " turns  ")
                + (session.status().equals("completed") ? "" : "(" + session.status() + ") ")
                + Style.oneLine(session.title(), 60)
                + (session.tag() == null ? "" : "  #" + session.tag())
                + (withDirectory ? "  " + session.directory() : "");
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String json(List<SessionSummary> sessions) {
        try (var out = JsonOut.toText()) {
            out.beginArray();
            for (var session : sessions) {
                out.beginObject()
                        .field("session_id", session.id().value())
                        .field("title", session.title())
                        .field("directory", session.directory());
                var tag = session.tag();
                if (tag != null) {
                    out.field("tag", tag);
                }
                out.field("created", session.created().toString())
                        .field("modified", session.modified().toString())
                        .field("status", session.status())
                        .field("turns", session.turns())
                        .field("bytes", session.bytes())
                        .endObject();
            }
            out.endArray();
            return out.text();
        }
    }
}
