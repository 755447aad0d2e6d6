package dev.bowline.transcript;

import dev.bowline.message.Usage;
import java.util.Map;
import java.util.TreeMap;

/// What a session has used, by the model that answered.
public record Totals(Map<String, PerModel> models) {
    static final Totals NONE = new Totals(Map.of());

    /// `cost` is in nano-dollars and leaves out calls without a known price, which `unpriced`
    /// counts.
    public record PerModel(Usage usage, long cost, int calls, int unpriced) {}

    Totals plus(String model, Usage usage, long cost) {
        var next = new TreeMap<>(models);
        var one = new PerModel(usage, Math.max(0, cost), 1, cost < 0 ? 1 : 0);
        next.merge(
                model,
                one,
                (a, b) ->
                        new PerModel(
                                a.usage.plus(b.usage),
                                a.cost + b.cost,
                                a.calls + b.calls,
                                a.unpriced + b.unpriced));
        return new Totals(next);
    }

    public Usage usage() {
        return models.values().stream().map(PerModel::usage).reduce(Usage.NONE, Usage::plus);
    }

    /// In nano-dollars.
    public long cost() {
        return models.values().stream().mapToLong(PerModel::cost).sum();
    }
}
