package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.TurnRecord;
import java.util.stream.Collectors;

/// One line about the calls that were not allowed, so that nobody wonders why less was done.
final class Refusals {
    private Refusals() {}

    static void say(Lines err, TurnRecord record) {
        if (record.denials().isEmpty()) {
            return;
        }
        int calls = record.denials().size();
        err.line(
                "bowline: "
                        + calls
                        + (calls == 1 ? " call was" : " calls were")
                        + " not allowed ("
                        + record.denials().stream()
                                .map(denial -> Style.oneLine(denial.tool(), 80))
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "); allow them with --allowedTools or --permission-mode");
    }
}
