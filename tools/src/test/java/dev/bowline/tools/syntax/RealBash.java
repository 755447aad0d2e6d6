package dev.bowline.tools.syntax;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The bash of this machine, which tells what it would run: no program is found, and whatever it
/// looks for is noted with its arguments instead.
final class RealBash {
    private static final Path PROGRAM = Path.of("/bin/bash");

    /// A name that begins with `p` succeeds, others fail; a line that runs very many is ended.
    private static final String DRIVER =
            """
            PATH=/nonexistent
            command_not_found_handle() {
              printf '%s\\0' "$#" "${@//$'\\n'/$'\\1'}" >>"$__record"
              __size=$(<"$__record")
              if (( ${#__size} > 3000 )); then kill -9 "$__pid"; fi
              [[ $1 == p* ]]
            }
            ulimit -t 5
            __number=0
            while IFS= read -r -d '' __line; do
              __record=../$((__number++))
              ( __pid=$BASHPID; unset x y a; eval "$__line"; wait ) </dev/null >/dev/null 2>&1
            done
            """;

    private RealBash() {}

    static boolean present() {
        return Files.isExecutable(PROGRAM);
    }

    /// The commands that each line runs, in any order.
    static List<List<List<String>>> run(List<String> lines, Path folder)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Process bash = start(work, "--norc", "--noprofile", "-c", DRIVER);
        try (OutputStream out = bash.getOutputStream()) {
            for (String line : lines) {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write(0);
            }
        }
        bash.getInputStream().readAllBytes();
        bash.waitFor();
        List<List<List<String>>> all = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            Path record = folder.resolve(String.valueOf(index));
            all.add(Files.exists(record) ? records(record) : List.of());
        }
        return all;
    }

    /// Whether bash finds nothing wrong with the text.
    static boolean accepts(String text, Path folder) throws IOException, InterruptedException {
        Process bash = start(folder, "--norc", "--noprofile", "-n", "-c", text);
        bash.getOutputStream().close();
        bash.getInputStream().readAllBytes();
        return bash.waitFor() == 0;
    }

    private static Process start(Path folder, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", "/nonexistent"));
        return builder.redirectErrorStream(true).start();
    }

    private static List<List<String>> records(Path record) throws IOException {
        String[] parts = Files.readString(record).replace('\1', '\n').split("\0", -1);
        List<List<String>> commands = new ArrayList<>();
        int at = 0;
        while (at < parts.length - 1) {
            int count = Integer.parseInt(parts[at]);
            commands.add(List.of(parts).subList(at + 1, at + 1 + count));
            at += 1 + count;
        }
        return commands;
    }
}
