package dev.bowline.cli.headless.wire;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of a user message: a text, or a list of blocks of the Messages API. A list of one
/// text stays a list. What isn't known is passed on as it came; half a surrogate pair becomes
/// U+FFFD.
public final class PromptContent {
    private PromptContent() {}

    /// @param content a value of [Json#value()]
    public static List<ContentBlock> read(@Nullable Object content) {
        if (content instanceof String text) {
            return List.of(new ContentBlock.Text(whole(text)));
        }
        var blocks = new ArrayList<ContentBlock>();
        if (content instanceof List<?> all) {
            for (var block : all) {
                if (block instanceof Map<?, ?> members) {
                    blocks.add(block(members));
                } else if (block instanceof String text) {
                    blocks.add(new ContentBlock.Text(whole(text)));
                }
            }
        }
        return blocks.size() == 1
                        && blocks.getFirst() instanceof ContentBlock.Text(String text, var more)
                        && more == null
                ? List.of(new ContentBlock.Text(text, Json.EMPTY_OBJECT))
                : blocks;
    }

    private static ContentBlock block(Map<?, ?> members) {
        var source = data(members);
        return switch (word(members, "type")) {
            case "text" -> new ContentBlock.Text(whole(word(members, "text")), beside(members));
            case "image" ->
                    source == null
                            ? new ContentBlock.Unknown(Json.of(members))
                            : new ContentBlock.Image(
                                    word(source, "media_type"), word(source, "data"));
            case "document" ->
                    source == null
                            ? new ContentBlock.Unknown(Json.of(members))
                            : new ContentBlock.Document(
                                    word(source, "media_type"),
                                    word(source, "data"),
                                    members.get("title") instanceof String title ? title : null);
            default -> new ContentBlock.Unknown(Json.of(members));
        };
    }

    /// The source, if the data itself is in it and the block says nothing that a record of ours
    /// would lose.
    private static @Nullable Map<?, ?> data(Map<?, ?> members) {
        return !members.containsKey("cache_control")
                        && members.get("source") instanceof Map<?, ?> source
                        && "base64".equals(source.get("type"))
                        && source.get("data") instanceof String
                        && source.get("media_type") instanceof String
                ? source
                : null;
    }

    private static String word(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    private static @Nullable Json beside(Map<?, ?> members) {
        var extra = new LinkedHashMap<Object, @Nullable Object>(members);
        extra.remove("type");
        extra.remove("text");
        return extra.isEmpty() ? null : Json.of(extra);
    }

    /// The text with every half of a surrogate pair replaced.
    public static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        out.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point));
        return out.toString();
    }
}
