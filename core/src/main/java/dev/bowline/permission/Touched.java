package dev.bowline.permission;

import dev.bowline.tool.Access;
import java.util.List;
import java.util.stream.Stream;

/// The files and folders that a call touches, those of the programs that it starts as well.
final class Touched {
    private Touched() {}

    static List<Access> by(ToolCall call) {
        return call.accesses().stream().flatMap(Touched::in).toList();
    }

    private static Stream<Access> in(Access access) {
        return access instanceof Access.Runs runs
                ? runs.files().stream().flatMap(Touched::in)
                : Stream.of(access);
    }
}
