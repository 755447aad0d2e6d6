package dev.bowline.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// The one factory, and the plain tree form.
final class Wire {
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .rootValueSeparator("")
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(500)
                                    .maxStringLength(256 << 20)
                                    .maxNumberLength(1000)
                                    .build())
                    .build();

    private Wire() {}

    static void check(String text) {
        try (var parser = parser(text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("empty text is not JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is more than one JSON value");
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    static @Nullable Object read(String text) {
        try (var parser = parser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    static String write(@Nullable Object value) {
        try (var out = JsonOut.toText()) {
            out.value(value);
            return out.text();
        }
    }

    static IllegalArgumentException malformed(JacksonException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new IllegalArgumentException(
                "not valid JSON" + where + ": " + e.getOriginalMessage(), e);
    }

    private static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    static @Nullable Object value(JsonParser in) {
        var token = in.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> decimal(in);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT, END_ARRAY, END_OBJECT, NOT_AVAILABLE, PROPERTY_NAME ->
                    throw new IllegalArgumentException("not valid JSON: a value is missing");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser in) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            map.put(name, value(in));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser in) {
        var list = new ArrayList<@Nullable Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(in));
        }
        return list;
    }

    private static Number integer(JsonParser in) {
        return switch (in.getNumberType()) {
            case INT, LONG -> in.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> {
                BigInteger big = in.getBigIntegerValue();
                yield big;
            }
        };
    }

    /// A number that no double can hold keeps its digits, unless its exponent is beyond all use.
    private static Number decimal(JsonParser in) {
        double d = in.getDoubleValue();
        if (!Double.isInfinite(d)) {
            return d;
        }
        try {
            return new BigDecimal(in.getString());
        } catch (NumberFormatException beyond) {
            return Math.copySign(Double.MAX_VALUE, d);
        }
    }
}
