package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.JsonIn;
import dev.bowline.json.JsonOut;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Copies the lines of a transcript into one with another name. Links keep their order and get new
/// names if `ids` is there; lines that belong to no session are copied byte for byte.
final class LineRewriter {
    private final SessionId from;
    private final SessionId to;
    private final @Nullable Supplier<UUID> ids;
    private final long origin;
    private final Map<String, String> names = new HashMap<>();
    private final Map<Long, UUID> entries = new HashMap<>();
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

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
        try (var out = JsonOut.to(target)) {
            int kept = 0;
            for (int at = 0; at < length; ) {
                int end = at;
                while (end < length && bytes[end] != '\n') {
                    end++;
                }
                var line = TranscriptLine.parse(bytes, at, end - at, false);
                if (line != null && line.ours && line.number > last) {
                    break;
                }
                line(out, line, bytes, at, end);
                out.flush();
                kept = line != null && line.ours ? target.size() : kept;
                at = end + 1;
            }
            var all = target.toByteArray();
            return foreign ? all : Arrays.copyOf(all, kept);
        }
    }

    private void line(JsonOut out, @Nullable TranscriptLine line, byte[] bytes, int at, int end) {
        boolean named = line != null && (line.ours || line.uuid != null || isMetadata(line));
        if (line == null || !named) {
            out.flush();
            target.write(bytes, at, end - at);
            target.write('\n');
            return;
        }
        if (ids != null && line.uuid != null) {
            names.put(line.uuid, name(line, ids).toString());
        }
        try (var in = JsonIn.of(bytes, at, end - at)) {
            out.beginObject();
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                member(out, name, in);
            }
            if (ids != null && line.uuid != null) {
                out.name("forkedFrom")
                        .beginObject()
                        .field("sessionId", from.value())
                        .field("messageUuid", line.uuid)
                        .endObject();
            }
            out.endObject().line();
        }
    }

    private static boolean isMetadata(TranscriptLine line) {
        return switch (line.type) {
            case "custom-title", "tag", "last-prompt", "ai-title", "summary" -> true;
            default -> false;
        };
    }

    /// The blocks of one entry stay neighbours.
    private UUID name(TranscriptLine line, Supplier<UUID> ids) {
        if (!line.ours) {
            return ids.get();
        }
        var id = entries.computeIfAbsent(line.number, number -> ids.get());
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + line.part - 1);
    }

    private void member(JsonOut out, String name, JsonIn in) {
        out.name(name);
        switch (name) {
            case "sessionId" -> {
                in.skip();
                out.string(to.value());
            }
            case "uuid",
                    "parentUuid",
                    "logicalParentUuid",
                    "leafUuid",
                    "sourceToolAssistantUUID" -> {
                var old = in.stringOrNull();
                out.string(old == null ? null : names.getOrDefault(old, old));
            }
            case "bowline" -> bowline(out, in);
            default -> out.rawLine(in.raw());
        }
    }

    /// The copy is made at once: no append in it can be torn.
    private void bowline(JsonOut out, JsonIn in) {
        if (!in.isObject()) {
            out.rawLine(in.raw());
            return;
        }
        out.beginObject();
        boolean opens = false;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "left" -> in.skip();
                case "kind" -> {
                    var kind = in.string();
                    opens = origin > 0 && kind.equals("opened");
                    out.field("kind", kind);
                }
                case "origin" -> {
                    var parent = in.raw();
                    if (!opens) {
                        out.name(name).rawLine(parent);
                    }
                }
                default -> out.name(name).rawLine(in.raw());
            }
        }
        if (opens) {
            out.name("origin")
                    .beginObject()
                    .field("session", from.value())
                    .field("number", origin)
                    .endObject();
        }
        out.endObject();
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
