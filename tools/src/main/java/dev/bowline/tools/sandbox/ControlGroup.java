package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A control group of the kernel for one command; bounds processes and memory of all that it starts
/// together. Only where this process may make one: as root, or where somebody prepared a group for
/// us. Without one the limits of each process have to do.
record ControlGroup(List<Path> folders) {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final AtomicLong COUNT = new AtomicLong();
    private static final int ROUNDS = 40;
    private static final Duration STEP = Duration.ofMillis(50);

    ControlGroup {
        folders = List.copyOf(folders);
    }

    static ControlGroup open(Limits limits) {
        var made = new ArrayList<Path>();
        var name = "bowline-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        try (var lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            for (var line : lines.toList()) {
                var parts = line.split(":", 3);
                if (parts.length == 3) {
                    var own = parts[2].substring(1);
                    switch (parts[1]) {
                        case "" -> join(made, MOUNT.resolve(own), name, newer(limits));
                        case "pids", "memory" ->
                                join(
                                        made,
                                        MOUNT.resolve(parts[1]).resolve(own),
                                        name,
                                        older(parts[1], limits));
                        default -> {}
                    }
                }
            }
        } catch (IOException notLinux) {
            return new ControlGroup(made);
        }
        return new ControlGroup(made);
    }

    private static Map<String, Long> newer(Limits limits) {
        return Map.of("pids.max", (long) limits.processes(), "memory.max", limits.memory());
    }

    private static Map<String, Long> older(String kind, Limits limits) {
        return kind.equals("pids")
                ? Map.of("pids.max", (long) limits.processes())
                : Map.of("memory.limit_in_bytes", limits.memory());
    }

    /// Makes a folder in a group; nothing where that is not ours to do.
    private static void join(List<Path> made, Path parent, String name, Map<String, Long> values) {
        var folder = parent.resolve(name);
        try {
            Files.createDirectory(folder);
        } catch (IOException notOurs) {
            return;
        }
        boolean bound = false;
        for (var one : values.entrySet()) {
            bound |= write(folder.resolve(one.getKey()), one.getValue());
        }
        made.add(folder);
        if (!bound) {
            made.remove(folder);
            remove(folder);
        }
    }

    private static boolean write(Path file, long value) {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            Files.writeString(file, Long.toString(value));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// Commands of bash by which the shell that runs them gets in.
    String script() {
        var text = new StringBuilder();
        folders.forEach(
                folder -> text.append("echo $$ >'").append(folder).append("/cgroup.procs'; "));
        return text.toString();
    }

    /// Removes the group as soon as nothing is left in it; returns at once.
    void close() {
        var left = folders.stream().filter(folder -> !remove(folder)).toList();
        if (!left.isEmpty()) {
            Thread.ofVirtual().name("bowline-control-group").start(() -> removeSoon(left));
        }
    }

    private static void removeSoon(List<Path> folders) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(STEP);
                if (folders.stream().allMatch(ControlGroup::remove)) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean remove(Path folder) {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException stillInUse) {
            return false;
        }
    }
}
