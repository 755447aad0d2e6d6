package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One line about the calls that were not allowed or wait, so that nobody wonders why less was
/// done.
final class Refusals {
    /// Why a call was refused that an allow rule or another mode would have let run.
    private static final Set<String> OPEN = Set.of("nobody can be asked", "mode dontAsk");

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
                        + ")"
                        + wayOut(record.denials()));
    }

    /// A flag that helps, where one would; else who said no.
    private static String wayOut(List<TurnRecord.Denial> denials) {
        return denials.stream().anyMatch(denial -> OPEN.contains(denial.reason()))
                ? "; allow them with --allowedTools or --permission-mode"
                : ": "
                        + denials.stream()
                                .map(denial -> Style.oneLine(denial.reason(), 200))
                                .distinct()
                                .collect(Collectors.joining("; "));
    }
}
