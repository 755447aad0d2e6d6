package dev.bowline.json;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Records from and to JSON. The mapper is made on first use: a run that binds no record doesn't
/// pay for it.
final class Records {
    private static final class Holder {
        static final JsonMapper MAPPER =
                JsonMapper.builder(Wire.FACTORY)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                        .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                        .addModule(new SimpleModule().addDeserializer(Json.class, new AsIs()))
                        .build();
    }

    private Records() {}

    static <T> T read(Json json, Class<T> type) {
        try {
            var value = Holder.MAPPER.readValue(json.text(), type);
            if (value == null) {
                throw new IllegalArgumentException("null is not a " + type.getSimpleName());
            }
            return value;
        } catch (DatabindException e) {
            var path = e.getPath().isEmpty() ? "" : e.getPath().getFirst().getPropertyName();
            throw new IllegalArgumentException(
                    "the field \"" + path + "\" does not fit: " + firstLine(e.getOriginalMessage()),
                    e);
        } catch (JacksonException e) {
            throw Wire.malformed(e);
        }
    }

    static @Nullable Object component(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "cannot read "
                            + record.getClass().getName()
                            + "."
                            + component.getName()
                            + "; open its package to dev.bowline.core",
                    e);
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static final class AsIs extends StdDeserializer<Json> {
        AsIs() {
            super(Json.class);
        }

        @Override
        public Json deserialize(JsonParser in, DeserializationContext context) {
            return Json.of(Wire.value(in));
        }
    }
}
