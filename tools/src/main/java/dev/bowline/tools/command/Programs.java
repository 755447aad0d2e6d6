package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// All programs that something is known about.
final class Programs {
    private static final Set<String> BUILTIN =
            Set.of(
                    "echo",
                    "printf",
                    "true",
                    "false",
                    ":",
                    "test",
                    "[",
                    "pwd",
                    "type",
                    "cd",
                    "exit",
                    "return",
                    "break",
                    "continue",
                    "shift",
                    "wait",
                    "umask",
                    "hash",
                    "dirs",
                    "jobs",
                    "times",
                    "history",
                    "ulimit");

    private static final Set<String> LOADING = Set.of("LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT");

    private static final Map<String, Knowledge> ALL = all();

    private Programs() {}

    private static Map<String, Knowledge> all() {
        var all = new HashMap<String, Knowledge>(Readers.all());
        all.putAll(Small.all());
        all.putAll(Changers.all());
        all.put("find", Find::judge);
        all.put("sed", Sed::judge);
        all.put("gsed", Sed::judge);
        all.put("awk", Awk::judge);
        all.put("gawk", Awk::judge);
        all.put("mawk", Awk::judge);
        all.put("nawk", Awk::judge);
        all.put("git", Git::judge);
        return all;
    }

    static boolean isBuiltin(String name) {
        return BUILTIN.contains(name);
    }

    static boolean isKnown(String name) {
        return ALL.containsKey(name);
    }

    static Verdict judge(Call call) {
        if (Versions.isAsked(call)) {
            return checked(call, Versions.asked());
        }
        var knowledge = ALL.get(call.name());
        var verdict = knowledge == null ? Verdict.of(Nature.PLAIN) : knowledge.judge(call);
        if (verdict.nature().compareTo(Nature.PLAIN) >= 0) {
            verdict = verdict.with(Openers.of(call));
        }
        return checked(call, verdict.atLeast(Steered.least(call)));
    }

    /// A program that may be one of the project's own is for rules to decide.
    private static Verdict checked(Call call, Verdict verdict) {
        boolean own =
                !BUILTIN.contains(call.name())
                        && verdict.nature().compareTo(Nature.PLAIN) < 0
                        && (isShadowed(call)
                                || LOADING.stream()
                                        .anyMatch(call.where().environment()::containsKey)
                                || call.name().equals("rg")
                                        && call.where()
                                                .environment()
                                                .containsKey("RIPGREP_CONFIG_PATH"));
        return own ? verdict.atLeast(Nature.PLAIN) : verdict;
    }

    /// Whether the first folder of `PATH` with a program of the name is in the working directories.
    private static boolean isShadowed(Call call) {
        var path = call.where().environment().getOrDefault("PATH", "/usr/bin");
        for (var entry : path.split(":", -1)) {
            try {
                var folder = Path.of(entry);
                boolean ours =
                        !folder.isAbsolute()
                                || call.where().workingDirectories().stream()
                                        .anyMatch(folder::startsWith);
                var real = folder.isAbsolute() ? folder : call.where().directory().resolve(folder);
                if (Files.exists(real.resolve(call.name()))) {
                    return ours;
                }
            } catch (InvalidPathException notAPath) {
                return true;
            }
        }
        return false;
    }
}
