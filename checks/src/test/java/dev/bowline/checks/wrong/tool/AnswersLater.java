package dev.bowline.checks.wrong.tool;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Asynchronous, hidden in a type argument.
public final class AnswersLater {
    /// The answers.
    public List<CompletableFuture<String>> answers() {
        return hidden();
    }

    private List<CompletableFuture<String>> hidden() {
        return List.of();
    }
}
