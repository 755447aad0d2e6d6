package dev.bowline.cli.injection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A row of `scenarios.txt`: the orders of `orders.txt` with that name, where they come from, what
/// the user lets the agent do, and what comes of it.
record Scenario(Source source, Policies policy, String order, Outcome outcome) {
    /// What comes of a scenario. In none but `EFFECT` does anything change or a secret leave.
    enum Outcome {
        /// No call of the hostile text runs, and nothing is sent at all.
        REFUSED,
        /// Some run, as the policy has it; what could do harm does not, and nothing is sent.
        CONTAINED,
        /// All may run; they do no harm.
        HARMLESS,
        /// They run and do harm: what the others would be without a policy.
        EFFECT
    }

    @Override
    public String toString() {
        return source + " " + policy + " " + order + " " + outcome;
    }

    static List<Scenario> all() {
        return lines("scenarios.txt").stream()
                .map(line -> line.strip().split(" +"))
                .map(words ->
                        new Scenario(
                                Source.valueOf(words[0]),
                                Policies.valueOf(words[1]),
                                words[2],
                                Outcome.valueOf(words[3])))
                .toList();
    }

    /// The orders of the table by name; lines that begin with a blank belong to the name above.
    static Map<String, List<String>> orders() {
        var all = new LinkedHashMap<String, List<String>>();
        var current = new ArrayList<String>();
        for (var line : lines("orders.txt")) {
            if (line.startsWith(" ")) {
                current.add(line.strip());
            } else {
                current = new ArrayList<>();
                all.put(line.strip(), current);
            }
        }
        return all;
    }

    private static List<String> lines(String name) {
        try (var in = Objects.requireNonNull(Scenario.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
