package dev.bowline.model;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.message.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What models cost, as data: published prices per million tokens with the date on which they were
/// looked up and where. A model that the table doesn't name has no price; none is guessed. A name
/// may carry a date (`-20251001`), `-latest` or a window (`[1m]`) after the one in the table.
public final class Pricing {
    private static final Pattern VARIANT = Pattern.compile("(-\\d{8}|-latest)?(\\[\\w+])?$");

    private static final class Holder {
        static final Pricing PUBLISHED = load();
    }

    /// Nano-dollars per token; `limit` is the longest prompt in tokens to which they apply.
    private record Rates(
            long limit, long input, long output, long write5m, long write1h, long read) {
        long cost(Usage usage) {
            long write1hTokens = Math.min(usage.cacheWrite1hTokens(), usage.cacheWriteTokens());
            return usage.inputTokens() * input
                    + usage.outputTokens() * output
                    + (usage.cacheWriteTokens() - write1hTokens) * write5m
                    + write1hTokens * write1h
                    + usage.cacheReadTokens() * read;
        }
    }

    private record Entry(List<Rates> rates, int contextWindow) {}

    private final LocalDate date;
    private final String source;
    private final long webSearch;
    private final Map<String, Entry> models;

    private Pricing(LocalDate date, String source, long webSearch, Map<String, Entry> models) {
        this.date = date;
        this.source = source;
        this.webSearch = webSearch;
        this.models = Map.copyOf(models);
    }

    /// The table of this version, read on first use.
    public static Pricing published() {
        return Holder.PUBLISHED;
    }

    /// A table of one's own, in the form of `prices.json` in this module: `date`, `source`,
    /// `webSearch` in dollars per search, and `models` with `name`, `contextWindow` in tokens and
    /// `rates` in dollars per million tokens, each up to a prompt of `limit` tokens.
    ///
    /// @throws IllegalArgumentException if it isn't such a table
    public static Pricing of(Json table) {
        try (var in = JsonIn.of(table.text())) {
            return read(in);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("the table of prices has no valid date", e);
        }
    }

    /// What a call costs in nano-dollars; -1 if the model has no known price.
    public long cost(String model, Usage usage) {
        var entry = entry(model);
        if (entry == null) {
            return -1;
        }
        long prompt = usage.inputTokens() + usage.cacheWriteTokens() + usage.cacheReadTokens();
        for (var rates : entry.rates()) {
            if (prompt <= rates.limit()) {
                return rates.cost(usage) + usage.webSearches() * webSearch;
            }
        }
        return -1;
    }

    /// How many tokens a model takes, answer included; -1 if it isn't known.
    public int contextWindow(String model) {
        var entry = entry(model);
        return entry == null ? -1 : entry.contextWindow();
    }

    /// When the prices were looked up.
    public LocalDate date() {
        return date;
    }

    /// Where the prices were published.
    public String source() {
        return source;
    }

    private @Nullable Entry entry(String model) {
        var exact = models.get(model);
        return exact != null ? exact : models.get(VARIANT.matcher(model).replaceFirst(""));
    }

    private static Pricing load() {
        try (var in = Pricing.class.getResourceAsStream("prices.json")) {
            if (in == null) {
                throw new IllegalStateException("prices.json is not in the module");
            }
            return of(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pricing read(JsonIn in) {
        var date = "";
        var source = "";
        long webSearch = 0;
        var models = new HashMap<String, Entry>();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "date" -> date = in.string();
                case "source" -> source = in.string();
                case "webSearch" -> webSearch = nano(in, 9);
                case "models" -> {
                    while (in.nextElement()) {
                        model(in, models);
                    }
                }
                default -> in.skip();
            }
        }
        return new Pricing(LocalDate.parse(date), source, webSearch, models);
    }

    private static void model(JsonIn in, Map<String, Entry> models) {
        var id = "";
        int window = -1;
        var rates = new ArrayList<Rates>();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "name" -> id = in.string();
                case "contextWindow" -> window = (int) in.number();
                case "rates" -> {
                    while (in.nextElement()) {
                        rates.add(rates(in));
                    }
                }
                default -> in.skip();
            }
        }
        models.put(id, new Entry(List.copyOf(rates), window));
    }

    private static Rates rates(JsonIn in) {
        long limit = Long.MAX_VALUE;
        long input = 0;
        long output = 0;
        long write5m = 0;
        long write1h = 0;
        long read = 0;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "limit" -> limit = in.number();
                case "input" -> input = nano(in, 3);
                case "output" -> output = nano(in, 3);
                case "cacheWrite5m" -> write5m = nano(in, 3);
                case "cacheWrite1h" -> write1h = nano(in, 3);
                case "cacheRead" -> read = nano(in, 3);
                default -> in.skip();
            }
        }
        return new Rates(limit, input, output, write5m, write1h, read);
    }

    /// Dollars as a whole number of units of 10^-digits: a dollar per million tokens is 1,000
    /// nano-dollars per token.
    private static long nano(JsonIn in, int digits) {
        try {
            return new java.math.BigDecimal(in.string()).movePointRight(digits).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a price is not a number or has too many decimal places", e);
        }
    }
}
