package dev.bowline.anthropic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// How long answers may be by default, by model family: `max-tokens.properties`, longest prefix
/// first.
final class ModelDefaults {
    private static final class Holder {
        static final Properties TABLE = load();
    }

    private ModelDefaults() {}

    static int maxTokens(String model) {
        var best = "";
        for (var prefix : Holder.TABLE.stringPropertyNames()) {
            if (model.startsWith(prefix) && prefix.length() > best.length()) {
                best = prefix;
            }
        }
        var value = Holder.TABLE.getProperty(best.isEmpty() ? "other" : best);
        return Integer.parseInt(value);
    }

    private static Properties load() {
        var table = new Properties();
        try (var in = ModelDefaults.class.getResourceAsStream("max-tokens.properties")) {
            if (in == null) {
                throw new IllegalStateException("max-tokens.properties is not in the module");
            }
            table.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }
}
