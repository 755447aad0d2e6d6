package dev.bowline.cli.args;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command line said: values by the flag's name, and the words that belong to no flag.
public final class Arguments {
    private final Map<String, List<String>> values;
    private final List<String> words;

    Arguments(Map<String, List<String>> values, List<String> words) {
        this.values = values;
        this.words = words;
    }

    /// The same with more values for a flag, after those that were given.
    public Arguments with(String flag, List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(values);
        all.put(flag, Stream.concat(all(flag).stream(), more.stream()).toList());
        return new Arguments(all, words);
    }

    public List<String> words() {
        return words;
    }

    /// @throws UsageException naming the first word too many
    public void atMostWords(int most) {
        if (words.size() > most) {
            throw new UsageException(
                    "there is no use for \""
                            + words.get(most)
                            + "\" here; leave it out, or see --help");
        }
    }

    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    /// The value of a flag, empty text included.
    public Optional<String> value(String flag) {
        var all = all(flag);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    public String value(String flag, String otherwise) {
        return value(flag).orElse(otherwise);
    }

    public List<String> all(String flag) {
        return values.getOrDefault(flag, List.of());
    }

    /// A whole number from `least` on.
    ///
    /// @throws UsageException naming the flag and what was given
    public Optional<Integer> number(String flag, int least) {
        return value(flag)
                .map(text -> {
                    try {
                        int number = Integer.parseInt(text.strip());
                        if (number >= least) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        throw notANumber(flag, text, least, e);
                    }
                    throw notANumber(flag, text, least, null);
                });
    }

    private static UsageException notANumber(
            String flag,
            String text,
            int least,
            @org.jspecify.annotations.Nullable Exception cause) {
        var exception =
                new UsageException(
                        flag + " needs a whole number from " + least + " on, not \"" + text + "\"");
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    /// An amount above zero.
    ///
    /// @throws UsageException naming the flag and what was given
    public Optional<BigDecimal> amount(String flag) {
        return value(flag)
                .map(text -> {
                    try {
                        var amount = new BigDecimal(text.strip());
                        if (amount.signum() > 0 && amount.precision() - amount.scale() < 10) {
                            return amount;
                        }
                    } catch (NumberFormatException e) {
                        throw notAnAmount(flag, text);
                    }
                    throw notAnAmount(flag, text);
                });
    }

    private static UsageException notAnAmount(String flag, String text) {
        return new UsageException(
                flag
                        + " needs an amount above 0 in US dollars, for example 0.50, not \""
                        + text
                        + "\"");
    }
}
