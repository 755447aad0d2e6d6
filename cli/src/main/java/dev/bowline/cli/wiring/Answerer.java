package dev.bowline.cli.wiring;

import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import java.util.function.ToLongBiFunction;

/// Who answers: the model with its retries and fallbacks, the name it is asked by, where its
/// credentials come from (`none` for the offline model), and what calls cost. Closed when no answer
/// is awaited any more; an open connection would delay the end of the process.
public record Answerer(
        Model model,
        String name,
        String keySource,
        ToLongBiFunction<String, Usage> prices,
        Runnable closing)
        implements AutoCloseable {
    @Override
    public void close() {
        closing.run();
    }
}
