package dev.bowline.json;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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
    private final @Nullable String text;
    private final byte @Nullable [] bytes;
    private final int from;

    private JsonIn(JsonParser in, @Nullable String text, byte @Nullable [] bytes, int from) {
        this.in = in;
        this.text = text;
        this.bytes = bytes;
        this.from = from;
        next();
    }

    public static JsonIn of(String text) {
        return new JsonIn(
                Wire.FACTORY.createParser(ObjectReadContext.empty(), text), text, null, 0);
    }

    /// Reads UTF-8. The bytes must not change while this reader is used.
    public static JsonIn of(byte[] utf8, int from, int length) {
        return new JsonIn(
                Wire.FACTORY.createParser(ObjectReadContext.empty(), utf8, from, length),
                null,
                utf8,
                from);
    }

    private @Nullable JsonToken next() {
        try {
            return in.nextToken();
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    /// Inside an object: moves to the value of the next member and returns its name; null at the
    /// end of the object.
    public @Nullable String nextField() {
        try {
            var name = in.nextName();
            if (name != null) {
                in.nextToken();
            } else if (in.currentToken() != JsonToken.END_OBJECT) {
                throw new IllegalArgumentException("not valid JSON: an object was expected");
            }
            return name;
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    /// Inside an array: moves to the next element; false at its end.
    public boolean nextElement() {
        var token = next();
        if (token == null) {
            throw new IllegalArgumentException("not valid JSON: an array was expected");
        }
        return token != JsonToken.END_ARRAY;
    }

    /// Behind the value there must be nothing more.
    ///
    /// @throws IllegalArgumentException if there is
    public void end() {
        if (next() != null) {
            throw new IllegalArgumentException("there is more than one JSON value");
        }
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
        try {
            var token = in.currentToken();
            if (token == JsonToken.VALUE_NULL || token == null) {
                return "";
            }
            if (token.isStructStart()) {
                in.skipChildren();
                return "";
            }
            return in.getString();
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    public @Nullable String stringOrNull() {
        return isNull() ? null : string();
    }

    /// The current number; 0 for anything else.
    public long number() {
        try {
            var token = in.currentToken();
            if (token != null && token.isNumeric()) {
                return in.getValueAsLong();
            }
            in.skipChildren();
            return 0L;
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    public boolean bool() {
        return in.currentToken() == JsonToken.VALUE_TRUE;
    }

    /// Steps over the current value.
    public void skip() {
        try {
            in.skipChildren();
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    /// The current value, whole.
    public Json raw() {
        if (isObject() || isArray()) {
            long start = mark();
            skip();
            return since(start);
        }
        try {
            var scalar = new StringWriter();
            try (var out = Wire.FACTORY.createGenerator(ObjectWriteContext.empty(), scalar)) {
                out.copyCurrentStructureExact(in);
            }
            return Json.trusted(scalar.toString());
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    /// Where the current object or array begins, for [#since].
    public long mark() {
        var at = in.currentTokenLocation();
        return bytes == null ? at.getCharOffset() : at.getByteOffset();
    }

    /// Where the reader stands: behind the object or array whose end has just been read. In bytes
    /// or characters, as the source is.
    public long position() {
        var at = in.currentLocation();
        return bytes == null ? at.getCharOffset() : at.getByteOffset();
    }

    /// The object or array that began at `mark` and has just been read to its end, as it came.
    public Json since(long mark) {
        if (bytes != null) {
            int start = from + (int) mark;
            int end = from + (int) position();
            return Json.trusted(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
        return Json.trusted(Objects.requireNonNull(text).substring((int) mark, (int) position()));
    }

    @Override
    public void close() {
        in.close();
    }
}
