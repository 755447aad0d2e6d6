package dev.bowline.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Reads JSON piece by piece: the reader stands on a value, and [#nextField()] or [#nextElement()]
/// moves to the next one.
///
/// ```java
/// try (var in = JsonIn.of(text)) {
///     for (var name = in.nextField(); name != null; name = in.nextField()) {
///         switch (name) {
///             case "id" -> id = in.string();
///             default -> in.skip();
///         }
///     }
/// }
/// ```
///
/// Malformed text gives an `IllegalArgumentException` that says where.
public final class JsonIn implements AutoCloseable {
    private final JsonParser in;

    private JsonIn(JsonParser in) {
        this.in = in;
        guarded(in::nextToken);
    }

    public static JsonIn of(String text) {
        return new JsonIn(Wire.FACTORY.createParser(ObjectReadContext.empty(), text));
    }

    public static JsonIn of(byte[] utf8, int from, int length) {
        return new JsonIn(Wire.FACTORY.createParser(ObjectReadContext.empty(), utf8, from, length));
    }

    /// Inside an object: moves to the value of the next member and returns its name; null at the
    /// end of the object.
    public @Nullable String nextField() {
        return guarded(() -> {
            var name = in.nextName();
            if (name != null) {
                in.nextToken();
            } else if (in.currentToken() != JsonToken.END_OBJECT) {
                throw new IllegalArgumentException("not valid JSON: an object was expected");
            }
            return name;
        });
    }

    /// Inside an array: moves to the next element; false at its end.
    public boolean nextElement() {
        return guarded(() -> {
            var token = in.nextToken();
            if (token == null) {
                throw new IllegalArgumentException("not valid JSON: an array was expected");
            }
            return token != JsonToken.END_ARRAY;
        });
    }

    public boolean isObject() {
        return in.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isArray() {
        return in.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isString() {
        return in.currentToken() == JsonToken.VALUE_STRING;
    }

    public boolean isNull() {
        return in.currentToken() == JsonToken.VALUE_NULL;
    }

    /// The current scalar as text; "" for null, objects and arrays are skipped and give "".
    public String string() {
        return guarded(() -> {
            var token = in.currentToken();
            if (token == JsonToken.VALUE_NULL || token == null) {
                return "";
            }
            if (token.isStructStart()) {
                in.skipChildren();
                return "";
            }
            return in.getString();
        });
    }

    public @Nullable String stringOrNull() {
        return isNull() ? null : string();
    }

    /// The current number; 0 for anything else.
    public long number() {
        return guarded(() -> {
            var token = in.currentToken();
            if (token != null && token.isNumeric()) {
                return in.getValueAsLong();
            }
            in.skipChildren();
            return 0L;
        });
    }

    public boolean bool() {
        return in.currentToken() == JsonToken.VALUE_TRUE;
    }

    /// Steps over the current value.
    public void skip() {
        guarded(in::skipChildren);
    }

    /// The current value, whole.
    public Json raw() {
        return guarded(() -> {
            var text = new java.io.StringWriter();
            try (var out = Wire.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
                out.copyCurrentStructureExact(in);
            }
            return Json.trusted(text.toString());
        });
    }

    @Override
    public void close() {
        in.close();
    }

    private interface Read<T extends @Nullable Object> {
        T get();
    }

    private static <T extends @Nullable Object> T guarded(Read<T> read) {
        try {
            return read.get();
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }
}
