package dev.bowline.permission;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the policy says about a call, and how it came to it.
///
/// - `type`: why, as one word for programs
/// - `rule`: the rule that decided, or null
/// - `firm`: an ask that a hook's yes does not answer
/// - `blockedPath`: the file that asks or refuses, absolute, or null
/// - `chain`: what was looked at, in order, one sentence each; the last one is the decision
public record Verdict(
        Decision decision,
        ReasonType type,
        RuleBook.@Nullable Given rule,
        boolean firm,
        @Nullable Path blockedPath,
        List<String> chain) {
    public Verdict {
        chain = List.copyOf(chain);
    }

    static Verdict allow(String reason, RuleBook.@Nullable Given rule, ReasonType type) {
        return new Verdict(new Decision.Allow(reason), type, rule, false, null, List.of());
    }

    static Verdict ask(String reason, ReasonType type, @Nullable Path path) {
        return new Verdict(new Decision.Ask(reason), type, null, false, path, List.of());
    }

    static Verdict deny(String reason, String message, ReasonType type) {
        return new Verdict(new Decision.Deny(reason, message), type, null, false, null, List.of());
    }

    Verdict because(RuleBook.Given given) {
        return new Verdict(decision, type, given, firm, blockedPath, chain);
    }

    /// The same; only a person can lift it.
    Verdict firmly() {
        return new Verdict(decision, type, rule, true, blockedPath, chain);
    }

    Verdict after(List<String> steps) {
        return new Verdict(decision, type, rule, firm, blockedPath, steps);
    }
}
