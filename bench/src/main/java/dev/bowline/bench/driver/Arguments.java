package dev.bowline.bench.driver;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What the driver was started with: a mode, then `key=value` pairs.
record Arguments(String mode, Map<String, String> keys) {
    /// @throws IllegalArgumentException for no mode, or a word without `=`
    static Arguments parse(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException(
                    "no mode; start it as: driver MODE key=value... with one of "
                            + "version, oneshot, turns, tools, stream, idle, load, mkstore, resume");
        }
        return new Arguments(
                words[0],
                Arrays.stream(words)
                        .skip(1)
                        .map(Arguments::pair)
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    private static String[] pair(String word) {
        int at = word.indexOf('=');
        if (at < 1) {
            throw new IllegalArgumentException("\"" + word + "\" is not key=value");
        }
        return new String[] {word.substring(0, at), word.substring(at + 1)};
    }

    String text(String key, String otherwise) {
        return keys.getOrDefault(key, otherwise);
    }

    /// @throws IllegalArgumentException if there is no such key
    String required(String key) {
        var value = keys.get(key);
        if (value == null) {
            throw new IllegalArgumentException("mode " + mode + " needs " + key + "=...");
        }
        return value;
    }

    int number(String key, int otherwise) {
        var value = keys.get(key);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
