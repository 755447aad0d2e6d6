package dev.bowline.project;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From the bytes of a settings file to its members. A key that stands twice in one object counts
/// as if each stood in a file of its own, so that no rule is lost.
final class SettingsText {
    /// No settings are larger.
    static final int MOST_BYTES = 1 << 20;

    private static final int DEEPEST = 64;

    private final Consumer<String> twice;

    private SettingsText(Consumer<String> twice) {
        this.twice = twice;
    }

    /// @throws IllegalArgumentException in one sentence, when it is no regular file of a size that
    ///   settings have
    /// @throws IOException when it can't be read
    static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("it is not a regular file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than 1 MiB");
            }
            return bytes;
        }
    }

    /// The text of a file: UTF-8, or UTF-16 where a mark at its beginning says so.
    ///
    /// @throws IllegalArgumentException when it is neither
    static String decode(byte[] bytes) {
        var charset = charset(bytes);
        try {
            var text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not " + charset + " text", e);
        }
    }

    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return switch (mark) {
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }

    /// The members of the object that the text is; none for a blank text.
    ///
    /// @param twice hears of each key that stands twice in one object
    /// @throws IllegalArgumentException when it is anything else, saying where
    static Map<String, @Nullable Object> parse(String text, Consumer<String> twice) {
        if (text.isBlank()) {
            return Map.of();
        }
        try (var in = JsonIn.of(text)) {
            if (!in.isObject()) {
                throw new IllegalArgumentException("it is not a JSON object");
            }
            var members = new SettingsText(twice).object(in, "", 1);
            in.end();
            return members;
        }
    }

    private Map<String, @Nullable Object> object(JsonIn in, String at, int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            var key = at.isEmpty() ? name : at + "." + name;
            var value = value(in, key, depth + 1);
            var old = members.get(name);
            if (members.containsKey(name)) {
                twice.accept(key);
            }
            if (old == null || value == null) {
                members.putIfAbsent(name, value);
            } else {
                members.put(name, Trees.merged(old, value));
            }
        }
        return members;
    }

    private List<@Nullable Object> array(JsonIn in, String at, int depth) {
        var elements = new ArrayList<@Nullable Object>();
        while (in.nextElement()) {
            elements.add(value(in, at + "[" + elements.size() + "]", depth + 1));
        }
        return elements;
    }

    private @Nullable Object value(JsonIn in, String at, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "it is more than " + DEEPEST + " levels deep, which no settings are");
        }
        if (in.isObject()) {
            return object(in, at, depth);
        }
        return in.isArray() ? array(in, at, depth) : scalar(in);
    }

    private static @Nullable Object scalar(JsonIn in) {
        return in.isString() ? in.string() : Json.parse(in.raw().text()).value();
    }
}
