package dev.bowline.tools.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds processes of a command that left their parent: by the mark in their environment or by
/// their session, read from `/proc`. On systems without `/proc` it sees nothing; there the process
/// group and the descendants have to do.
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");

    /// The variable whose value tells which command a process belongs to.
    static final String MARK = "BOWLINE_SHELL";

    private ProcessTree() {}

    /// Processes whose mark begins with `mark`.
    static List<ProcessHandle> marked(String mark) {
        var wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
        return matching(process -> holds(bytes(process.resolve("environ")), wanted));
    }

    /// Processes of a session or with a mark.
    static List<ProcessHandle> of(long session, String mark) {
        var wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
        return matching(process ->
                sessionOf(process) == session || holds(bytes(process.resolve("environ")), wanted));
    }

    /// Processes with a mark that are not in a session.
    static List<ProcessHandle> apart(long session, String mark) {
        var wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
        return matching(process ->
                holds(bytes(process.resolve("environ")), wanted) && sessionOf(process) != session);
    }

    private static List<ProcessHandle> matching(Predicate<Path> wanted) {
        var found = new ArrayList<ProcessHandle>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (var process : processes) {
                if (wanted.test(process)) {
                    handle(process).ifPresent(found::add);
                }
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    private static Optional<ProcessHandle> handle(Path process) {
        return ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .filter(ProcessHandle::isAlive);
    }

    /// The sixth field of `stat`; the second is a name in brackets that may hold anything.
    private static long sessionOf(Path process) {
        var stat = new String(bytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 6);
        return fields.length > 3 && !fields[0].equals("Z") ? Long.parseLong(fields[3]) : -1;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException | SecurityException goneOrForeign) {
            return new byte[0];
        }
    }

    /// Whether `wanted` starts one of the NUL-separated entries.
    private static boolean holds(byte[] entries, byte[] wanted) {
        for (int at = 0; at + wanted.length <= entries.length; at++) {
            if ((at == 0 || entries[at - 1] == 0) && startsAt(entries, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] entries, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (entries[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
