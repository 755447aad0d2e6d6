package dev.bowline.transcript;

import dev.bowline.json.JsonIn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a transcript that is to be copied: what it is, and where the values stand that its
/// copy says otherwise. Everything between them is copied byte for byte.
final class LineSpots {
    /// The bytes `from` to `to` of the line are the value of member `name`; `text` is what it says,
    /// null if that is no text.
    record Spot(String name, int from, int to, @Nullable String text) {}

    private final List<Spot> spots = new ArrayList<>(6);
    private String type = "";
    private String kind = "";
    private boolean ours;
    private boolean identified;
    private @Nullable String uuid;
    private long number;
    private int part = 1;
    private int left;

    private LineSpots() {}

    /// Null if the bytes aren't one JSON object.
    static @Nullable LineSpots of(byte[] bytes, int from, int length) {
        try (var in = JsonIn.of(bytes, from, length)) {
            if (!in.isObject()) {
                return null;
            }
            var line = new LineSpots();
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                line.take(name, in);
            }
            in.end();
            return line;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private void take(String name, JsonIn in) {
        switch (name) {
            case "type" -> type = in.string();
            case "uuid" -> uuid = text(name, in);
            case "sessionId",
                    "parentUuid",
                    "logicalParentUuid",
                    "leafUuid",
                    "sourceToolAssistantUUID" ->
                    text(name, in);
            case "forkedFrom" -> whole(name, in);
            case "bowline" -> bowline(in);
            default -> in.skip();
        }
    }

    /// Null if the value is no text: then it stays as it is.
    private @Nullable String text(String name, JsonIn in) {
        if (!in.isString()) {
            in.skip();
            return null;
        }
        int from = (int) in.mark();
        var text = in.string();
        spots.add(new Spot(name, from, (int) in.position(), text));
        return text;
    }

    private void whole(String name, JsonIn in) {
        if (in.isObject()) {
            int from = (int) in.mark();
            in.skip();
            spots.add(new Spot(name, from, (int) in.position(), null));
        } else {
            in.skip();
        }
    }

    private void bowline(JsonIn in) {
        if (!in.isObject()) {
            in.skip();
            return;
        }
        ours = true;
        int from = (int) in.mark();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "n" -> number = in.number();
                case "part" -> part = (int) in.number();
                case "kind" -> kind = in.string();
                case "id" -> {
                    identified = true;
                    in.skip();
                }
                case "left" -> left(in);
                default -> in.skip();
            }
        }
        if (opens()) {
            spots.add(new Spot("bowline", from, (int) in.position(), null));
        }
    }

    private void left(JsonIn in) {
        int from = (int) in.mark();
        left = (int) in.number();
        if (left > 0) {
            spots.add(new Spot("left", from, (int) in.position(), null));
        }
    }

    /// In the order of the line; that of `bowline` as a whole follows those inside.
    List<Spot> spots() {
        return spots;
    }

    boolean ours() {
        return ours;
    }

    /// Whether this is the line of a session's beginning.
    boolean opens() {
        return ours && kind.equals("opened");
    }

    /// Whether the entry is named by the line's `uuid`.
    boolean namesEntry() {
        return ours && !identified && uuid != null;
    }

    /// The line's own name.
    @Nullable String uuid() {
        return uuid;
    }

    /// The entry's number.
    long number() {
        return number;
    }

    /// Which line of the entry this is, from 1.
    int part() {
        return part;
    }

    /// How many lines of the same append follow.
    int left() {
        return left;
    }

    /// Whether the line belongs to the session, and says so.
    boolean isNamed() {
        return ours || uuid != null || isMetadata();
    }

    private boolean isMetadata() {
        return switch (type) {
            case "custom-title", "tag", "last-prompt", "ai-title", "summary" -> true;
            default -> false;
        };
    }
}
