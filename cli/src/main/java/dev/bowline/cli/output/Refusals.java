package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import java.util.stream.Collectors;

/// One line about the calls that were not allowed or wait, so that nobody wonders why less was
/// done.
final class Refusals {
    private Refusals() {}

    static void say(Lines err, TurnRecord record, SessionState state) {
        if (state.putOff() && !state.asked().isEmpty()) {
            err.line(
                    "bowline: a call of "
                            + Style.oneLine(state.asked().getFirst().tool(), 80)
                            + " waits for permission; bowline sessions approvals shows it, bowline sessions answer answers");
        }
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
