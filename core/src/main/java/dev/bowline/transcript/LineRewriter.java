package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.JsonIn;
import dev.bowline.json.JsonOut;
import dev.bowline.transcript.LineSpots.Spot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Copies the lines of a transcript into one with another name. Links keep their order and get new
/// names if `ids` is there; everything else is copied byte for byte.
final class LineRewriter {
    private final SessionId from;
    private final SessionId to;
    private final @Nullable Supplier<UUID> ids;
    private final long origin;
    private final Map<String, String> names = new HashMap<>();
    private final Map<Long, UUID> entries = new HashMap<>();
    private final Map<Long, UUID> renamed = new HashMap<>();
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();
    private long last;
    private boolean whole = true;

    /// `origin` is the number of the parent's entry that a fork starts from, or 0.
    LineRewriter(SessionId from, SessionId to, @Nullable Supplier<UUID> ids, long origin) {
        this.origin = origin;
        this.from = from;
        this.to = to;
        this.ids = ids;
    }

    /// The lines of `bytes` up to entry `last`; with those of another program that follow it if
    /// `foreign`.
    byte[] copy(byte[] bytes, long length, long last, boolean foreign) {
        this.last = last;
        var starts = TranscriptReader.starts(bytes, (int) length);
        var lines = new @Nullable LineSpots[starts.length - 1];
        TranscriptReader.each(
                lines, i -> LineSpots.of(bytes, starts[i], starts[i + 1] - 1 - starts[i]));
        int kept = 0;
        for (int i = 0; i < lines.length; i++) {
            var line = lines[i];
            if (line != null && line.ours() && line.number() > last) {
                break;
            }
            if (line != null && line.isNamed()) {
                line(line, bytes, starts[i], starts[i + 1] - 1);
            } else {
                whole &= line != null;
                target.write(bytes, starts[i], starts[i + 1] - 1 - starts[i]);
            }
            target.write('\n');
            kept = line != null && line.ours() ? target.size() : kept;
        }
        var all = target.toByteArray();
        return foreign ? all : Arrays.copyOf(all, kept);
    }

    /// Whether every line that was copied could be read.
    boolean isWhole() {
        return whole;
    }

    /// What became of an entry whose lines have been copied.
    Entry copied(Entry entry) {
        var event =
                entry.event() instanceof Event.Opened e && origin > 0
                        ? new Event.Opened(
                                e.directory(),
                                e.model(),
                                e.mode(),
                                e.version(),
                                new Event.Origin(from, origin))
                        : entry.event();
        var id = renamed.getOrDefault(entry.number(), entry.id());
        return new Entry(entry.number(), id, entry.at(), event);
    }

    private void line(LineSpots line, byte[] bytes, int start, int end) {
        var named = rename(line);
        boolean said = false;
        int at = start;
        for (var spot : line.spots()) {
            var text = said(line, spot, bytes, start);
            if (text != null) {
                target.write(bytes, at, start + spot.from() - at);
                write(text);
                at = start + spot.to();
                said |= spot.name().equals("forkedFrom");
            }
        }
        int brace = end - 1;
        while (bytes[brace] != '}') {
            brace--;
        }
        target.write(bytes, at, brace - at);
        if (named != null && !said) {
            write(",\"forkedFrom\":" + forkedFrom(named));
        }
        target.write('}');
    }

    private void write(String text) {
        target.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The old name of a line that gets a new one; the blocks of one entry stay neighbours.
    private @Nullable String rename(LineSpots line) {
        var old = line.uuid();
        if (ids == null || old == null) {
            return null;
        }
        if (!line.ours()) {
            names.put(old, ids.get().toString());
            return old;
        }
        var id = entries.computeIfAbsent(line.number(), number -> ids.get());
        names.put(old, Entry.blockId(id, line.part() - 1).toString());
        if (line.namesEntry()) {
            renamed.put(line.number(), id);
        }
        return old;
    }

    /// What the copy says in a place of the line, as JSON; null for the same.
    private @Nullable String said(LineSpots line, Spot spot, byte[] bytes, int start) {
        boolean opens = origin > 0 && line.opens();
        return switch (spot.name()) {
            case "sessionId" -> '"' + to.value() + '"';
            case "left" -> opens || keepsLeft(line) ? null : "0";
            case "bowline" ->
                    opens ? opened(line, bytes, start + spot.from(), start + spot.to()) : null;
            case "forkedFrom" -> {
                var name = line.uuid();
                yield ids == null || name == null ? null : forkedFrom(name);
            }
            default -> {
                var name = names.get(spot.text());
                yield name == null ? null : '"' + name + '"';
            }
        };
    }

    /// Whether all lines of a line's append are copied that are there. One that the end of the copy
    /// cuts counts up to there.
    private boolean keepsLeft(LineSpots line) {
        return ids != null && line.number() + line.left() <= last;
    }

    private String forkedFrom(String name) {
        try (var out = JsonOut.toText()) {
            return out.beginObject()
                    .field("sessionId", from.value())
                    .field("messageUuid", name)
                    .endObject()
                    .text();
        }
    }

    /// The member `bowline` of a fork's beginning.
    private String opened(LineSpots line, byte[] bytes, int start, int end) {
        try (var in = JsonIn.of(bytes, start, end - start);
                var out = JsonOut.toText()) {
            out.beginObject();
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "origin" -> in.skip();
                    case "left" -> {
                        in.skip();
                        out.field("left", keepsLeft(line) ? line.left() : 0);
                    }
                    default -> out.name(name).rawLine(in.raw());
                }
            }
            return out.name("origin")
                    .beginObject()
                    .field("session", from.value())
                    .field("number", origin)
                    .endObject()
                    .endObject()
                    .text();
        }
    }

    /// Says what is wrong with text that should be a transcript; returns if nothing is.
    static void validate(byte[] bytes) {
        int number = 0;
        boolean known = false;
        for (int at = 0; at < bytes.length; ) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            number++;
            if (!new String(bytes, at, end - at, StandardCharsets.UTF_8).isBlank()) {
                var line = TranscriptLine.parse(bytes, at, end - at, false);
                if (line == null) {
                    throw notOne("line " + number + " is not a JSON object");
                }
                known |= line.ours || line.uuid != null && !line.type.isEmpty();
            }
            at = end + 1;
        }
        if (!known) {
            throw notOne("it has no messages");
        }
    }

    private static BowlineException notOne(String why) {
        return new BowlineException(
                ErrorCode.STORE_UNREADABLE,
                "this is not a transcript: " + why + "; give a file made by export");
    }
}
