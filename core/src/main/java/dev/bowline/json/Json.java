package dev.bowline.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable JSON value, held as its text and read on demand. Numbers keep their digits;
/// equality is equality of text. Bounds: 500 levels deep, 256 MiB per string.
public final class Json {
    /// The object without members.
    public static final Json EMPTY_OBJECT = new Json("{}");

    public static final Json NULL = new Json("null");

    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /// Checks that `text` is exactly one JSON value.
    ///
    /// @throws IllegalArgumentException if it isn't; the message says where
    public static Json parse(String text) {
        Wire.check(text);
        return new Json(text);
    }

    /// The JSON form of maps, lists, strings, numbers, booleans, enums, records, [Json] and null.
    /// Record components that are null are left out.
    public static Json of(@Nullable Object value) {
        return new Json(Wire.write(value));
    }

    /// Takes text that is known to be one JSON value, unchecked.
    static Json trusted(String text) {
        return new Json(text);
    }

    /// The JSON text, as it came.
    public String text() {
        return text;
    }

    /// The value as maps, lists, strings, [Long] or [java.math.BigInteger], [Double], booleans and
    /// null; maps keep their order. A number too large for a double is a [java.math.BigDecimal],
    /// and with an exponent too large for that [Double#MAX_VALUE].
    public @Nullable Object value() {
        return Wire.read(text);
    }

    /// The members of an object; empty for any other value.
    @SuppressWarnings("unchecked") // Wire.read makes maps with string keys only
    public Map<String, @Nullable Object> asMap() {
        return value() instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /// The elements of an array; empty for any other value.
    @SuppressWarnings("unchecked") // Wire.read makes plain lists
    public List<@Nullable Object> asList() {
        return value() instanceof List<?> list ? (List<@Nullable Object>) list : List.of();
    }

    /// The value as a record: members by component name, missing ones null or zero, `"5"` accepted
    /// for 5 and `"true"` for true.
    ///
    /// @throws IllegalArgumentException naming the member that doesn't fit
    public <T> T as(Class<T> type) {
        return Records.read(this, type);
    }

    /// Whether the value is an object.
    public boolean isObject() {
        return firstChar() == '{';
    }

    private char firstChar() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > ' ') {
                return text.charAt(i);
            }
        }
        return ' ';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && json.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
