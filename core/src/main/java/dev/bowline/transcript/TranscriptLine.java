package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.message.ContentBlock;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of a transcript, as far as anybody asks about it. Lines with a `bowline` member are
/// ours; all others come from another program.
final class TranscriptLine {
    String type = "";
    @Nullable String uuid;
    @Nullable String parent;
    @Nullable String cwd;
    private @Nullable String timestamp;
    boolean meta;
    boolean sidechain;
    boolean ours;
    boolean fromTeam;
    long number;
    int left;
    int part = 1;
    int of = 1;
    private long version = LineWriter.VERSION;
    private @Nullable String id;
    private @Nullable String promptId;
    final EventDraft draft = new EventDraft();
    private final int lineStart;
    private int selfStart;
    private int selfEnd;

    private TranscriptLine(int lineStart) {
        this.lineStart = lineStart;
    }

    /// Null if the bytes aren't one JSON object. With `quick` no more of a line of ours is looked
    /// at than is needed: what follows its message only serves other programs.
    static @Nullable TranscriptLine parse(byte[] bytes, int from, int length, boolean quick) {
        try (var in = JsonIn.of(bytes, from, length)) {
            if (!in.isObject()) {
                return null;
            }
            var line = new TranscriptLine(from);
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                line.take(name, in);
                if (quick && line.ours && line.complete(name)) {
                    return line;
                }
            }
            in.end();
            return line;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private boolean complete(String name) {
        return name.equals("message") || name.equals("bowline") && type.equals("bowline");
    }

    private void take(String name, JsonIn in) {
        switch (name) {
            case "type" -> type = in.string();
            case "bowline" -> ours(in);
            case "uuid" -> uuid = in.stringOrNull();
            case "parentUuid" -> parent = in.stringOrNull();
            case "cwd" -> cwd = ours ? skipped(in) : in.stringOrNull();
            case "timestamp" -> timestamp = in.stringOrNull();
            case "isMeta" -> meta = in.bool();
            case "isSidechain" -> sidechain = in.bool();
            case "promptId" -> promptId = in.stringOrNull();
            case "teamName" -> fromTeam = !in.string().isEmpty();
            case "message" -> message(in);
            case "requestId" -> draft.request = in.stringOrNull();
            case "toolUseResult" -> toolUseResult(in);
            case "customTitle" -> draft.title = in.string();
            case "tag" -> draft.tag = in.string();
            default -> in.skip();
        }
    }

    private static @Nullable String skipped(JsonIn in) {
        in.skip();
        return null;
    }

    /// Only the first line of a reply has to say what all of them say.
    private void message(JsonIn in) {
        if (part == 1) {
            draft.message(in);
            return;
        }
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            if (name.equals("content")) {
                draft.content = BlockJson.readAll(in);
            } else {
                in.skip();
            }
        }
    }

    private void toolUseResult(JsonIn in) {
        if (draft.code == null && !(!ours && in.isString())) {
            draft.structured = in.raw();
        } else {
            in.skip();
        }
    }

    private void ours(JsonIn in) {
        if (!in.isObject()) {
            in.skip();
            return;
        }
        ours = true;
        long start = in.mark();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "v" -> version = in.number();
                case "n" -> number = in.number();
                case "left" -> left = (int) in.number();
                case "part" -> part = (int) in.number();
                case "of" -> of = (int) in.number();
                case "id" -> id = in.string();
                default -> {
                    if (!draft.take(name, in)) {
                        in.skip();
                    }
                }
            }
        }
        selfStart = lineStart + (int) start;
        selfEnd = lineStart + (int) in.position();
    }

    /// The event of a line of ours; `content` is that of all lines of the entry.
    Event event(List<ContentBlock> content, byte[] bytes) {
        draft.content = content;
        if (draft.kind.equals("tool_finished")) {
            result(content);
        }
        try {
            var event = version > LineWriter.VERSION ? null : draft.event();
            if (event != null) {
                return event;
            }
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            // kept as it came, below
        }
        return new Event.Unknown(
                Json.parse(
                        new String(bytes, selfStart, selfEnd - selfStart, StandardCharsets.UTF_8)));
    }

    /// Takes a line's tool result apart; false if there is none.
    boolean result(List<ContentBlock> content) {
        for (var block : content) {
            if (block instanceof ContentBlock.ToolResult result) {
                draft.toolUse = result.toolUseId();
                draft.content = result.content();
                return true;
            }
        }
        return false;
    }

    Instant at() {
        return timestamp == null ? Instant.EPOCH : instant(timestamp);
    }

    /// The entry's id.
    UUID entryId() {
        var name = id != null ? id : uuid;
        return name == null ? new UUID(0, number) : uuid(name);
    }

    /// The prompt that a line of another program belongs to.
    UUID promptId() {
        return promptId == null ? entryId() : uuid(promptId);
    }

    private static UUID uuid(String name) {
        try {
            return UUID.fromString(name);
        } catch (IllegalArgumentException other) {
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A point in time in ISO form; the usual form without the costs of a general parser.
    static Instant instant(String text) {
        try {
            int end = text.length() - 1;
            if (end < 19 || text.charAt(end) != 'Z' || text.charAt(4) != '-') {
                return Instant.parse(text);
            }
            long day =
                    LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                            .toEpochDay();
            long second =
                    digits(text, 11, 13) * 3600L
                            + digits(text, 14, 16) * 60L
                            + digits(text, 17, 19);
            int nanos = end > 20 ? digits(text, 20, end) : 0;
            for (int i = end - 20; i > 0 && i < 9; i++) {
                nanos *= 10;
            }
            return Instant.ofEpochSecond(day * 86_400 + second, nanos);
        } catch (DateTimeException | NumberFormatException notATime) {
            return Instant.EPOCH;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException(text);
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
