package dev.bowline.json;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Writes one JSON value after another, compact. Half a surrogate pair becomes U+FFFD, so what
/// comes out is always valid UTF-8. Not for use by two threads.
public final class JsonOut implements AutoCloseable {
    private final JsonGenerator out;
    private final @Nullable StringWriter text;

    private JsonOut(JsonGenerator out, @Nullable StringWriter text) {
        this.out = out;
        this.text = text;
    }

    /// A writer whose result is read by [#text()].
    public static JsonOut toText() {
        var text = new StringWriter(128);
        return new JsonOut(Wire.FACTORY.createGenerator(ObjectWriteContext.empty(), text), text);
    }

    /// A writer that puts UTF-8 into `bytes`, which is complete after [#flush()].
    public static JsonOut to(ByteArrayOutputStream bytes) {
        return new JsonOut(Wire.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes), null);
    }

    public JsonOut beginObject() {
        out.writeStartObject();
        return this;
    }

    public JsonOut endObject() {
        out.writeEndObject();
        return this;
    }

    public JsonOut beginArray() {
        out.writeStartArray();
        return this;
    }

    public JsonOut endArray() {
        out.writeEndArray();
        return this;
    }

    public JsonOut name(String name) {
        out.writeName(name);
        return this;
    }

    public JsonOut string(@Nullable String value) {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(wellFormed(value));
        }
        return this;
    }

    public JsonOut number(long value) {
        out.writeNumber(value);
        return this;
    }

    public JsonOut number(double value) {
        out.writeNumber(value);
        return this;
    }

    public JsonOut bool(boolean value) {
        out.writeBoolean(value);
        return this;
    }

    public JsonOut nothing() {
        out.writeNull();
        return this;
    }

    /// Another JSON value, as it is.
    public JsonOut raw(Json value) {
        out.writeRawValue(wellFormed(value.text()));
        return this;
    }

    /// Another JSON value on one line: line breaks between its tokens become spaces.
    public JsonOut rawLine(Json value) {
        var text = value.text();
        boolean broken = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        out.writeRawValue(wellFormed(broken ? text.replace('\n', ' ').replace('\r', ' ') : text));
        return this;
    }

    public JsonOut field(String name, @Nullable String value) {
        return name(name).string(value);
    }

    public JsonOut field(String name, long value) {
        return name(name).number(value);
    }

    public JsonOut field(String name, boolean value) {
        return name(name).bool(value);
    }

    public JsonOut field(String name, Json value) {
        return name(name).raw(value);
    }

    /// Anything that [Json#of] takes.
    public JsonOut value(@Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case String s -> string(s);
            case Json json -> raw(json);
            case Boolean b -> out.writeBoolean(b);
            case Integer n -> out.writeNumber(n);
            case Long n -> out.writeNumber(n);
            case Double n -> out.writeNumber(n);
            case Number n -> out.writeRawValue(n.toString());
            case Enum<?> e -> out.writeString(e.name());
            case Map<?, ?> map -> map(map);
            case Iterable<?> list -> list(list);
            case Record record -> record(record);
            default -> string(value.toString());
        }
        return this;
    }

    private void map(Map<?, ?> map) {
        out.writeStartObject();
        map.forEach((key, element) -> {
            out.writeName(String.valueOf(key));
            value(element);
        });
        out.writeEndObject();
    }

    private void list(Iterable<?> list) {
        out.writeStartArray();
        list.forEach(this::value);
        out.writeEndArray();
    }

    private void record(Record record) {
        out.writeStartObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            var value = Records.component(record, component);
            if (value != null) {
                out.writeName(component.getName());
                value(value);
            }
        }
        out.writeEndObject();
    }

    /// A line feed between two values, for files with one value a line.
    public JsonOut line() {
        out.writeRaw('\n');
        return this;
    }

    public JsonOut flush() {
        out.flush();
        return this;
    }

    /// What was written so far; only after [#toText()].
    public String text() {
        if (text == null) {
            throw new IllegalStateException("this writer has no text; it writes bytes");
        }
        out.flush();
        return text.toString();
    }

    @Override
    public void close() {
        out.close();
    }

    private static String wellFormed(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < s.length()
                        && Character.isLowSurrogate(s.charAt(i + 1))) {
                    i++;
                } else {
                    return repaired(s);
                }
            }
        }
        return s;
    }

    private static String repaired(String s) {
        var fixed = new StringBuilder(s.length());
        s.codePoints()
                .forEach(c ->
                        fixed.appendCodePoint(
                                c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                                        ? 0xFFFD
                                        : c));
        return fixed.toString();
    }
}
