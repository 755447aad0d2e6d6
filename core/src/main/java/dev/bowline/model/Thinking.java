package dev.bowline.model;

/// How much a model may reason before it answers.
public sealed interface Thinking {
    /// Nothing is said; the service's default for the model holds.
    Thinking UNSET = new Unset();

    Thinking OFF = new Off();

    /// The model decides.
    Thinking ADAPTIVE = new Adaptive();

    record Unset() implements Thinking {}

    record Off() implements Thinking {}

    record Adaptive() implements Thinking {}

    /// At most `tokens`; the service wants at least 1,024 and fewer than the request's `maxTokens`.
    record Budget(int tokens) implements Thinking {
        public Budget {
            if (tokens < 1024) {
                throw new IllegalArgumentException(
                        "a thinking budget of "
                                + tokens
                                + " tokens is too small; use at least 1024");
            }
        }
    }
}
