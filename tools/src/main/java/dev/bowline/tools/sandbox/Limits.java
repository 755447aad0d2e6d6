package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What one command may use up, with all that it starts; beside the time and output that every
/// command is bound by.
///
/// @param processes processes and threads at a time
/// @param memory bytes: of each process by rlimit, of all together where there is a control group
/// @param fileSize bytes of one file
record Limits(int processes, long memory, long fileSize) {
    private static final int PROCESSES = 2_048;
    private static final long LEAST_MEMORY = 2L << 30;
    private static final long FILE_SIZE = 8L << 30;
    private static final int KILO = 1_024;

    /// Three quarters of the machine's memory.
    static Limits usual() {
        return new Limits(PROCESSES, Math.max(LEAST_MEMORY, machine() / 4 * 3), FILE_SIZE);
    }

    /// Commands of bash that set the limits for good; what is lower already stays.
    String script() {
        return "{ ulimit -c 0; ulimit -u "
                + processes
                + "; ulimit -d "
                + memory / KILO
                + "; ulimit -f "
                + fileSize / KILO
                + "; } 2>/dev/null; ";
    }

    private static long machine() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                            .map(line -> line.replaceAll("[^0-9]", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(0)
                    * KILO;
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
