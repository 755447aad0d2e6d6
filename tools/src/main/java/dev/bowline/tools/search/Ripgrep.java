package dev.bowline.tools.search;

import dev.bowline.tools.search.Findings.FileLines;
import dev.bowline.tools.search.Findings.Line;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The search by ripgrep's `rg`. The pattern goes after `-e` and the folder after `--`, so that
/// neither can be read as an option; no configuration file counts.
final class Ripgrep implements Engine {
    private static final String BINARY = ": WARNING: stopped searching binary file";

    private final Path program;

    private Ripgrep(Path program) {
        this.program = program;
    }

    /// The `rg` on the PATH of an environment.
    static Optional<Ripgrep> on(Map<String, String> environment) {
        var path = environment.getOrDefault("PATH", "");
        for (var folder : path.split(File.pathSeparator, -1)) {
            if (folder.startsWith("/")) {
                var program = Path.of(folder, "rg");
                if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(new Ripgrep(program));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void search(Path root, GrepQuery query, Deadline deadline, Findings findings)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command(query)).directory(root.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TMPDIR"));
        var process = builder.redirectInput(new File("/dev/null")).start();
        var errors = new ByteArrayOutputStream();
        var failure = new ArrayList<IOException>();
        var err = Thread.startVirtualThread(() -> drain(process.getErrorStream(), errors));
        var out =
                Thread.startVirtualThread(() -> {
                    try (var in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
                        new Output(in, root, query, findings).read();
                    } catch (IOException e) {
                        failure.add(e);
                    }
                });
        boolean ended = false;
        try {
            ended = process.waitFor(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!ended) {
                deadline.end();
                process.destroyForcibly();
            }
        }
        out.join();
        err.join();
        if (!failure.isEmpty() && ended) {
            throw failure.getFirst();
        }
        var said = errors.toString(StandardCharsets.UTF_8).strip();
        if (ended && process.exitValue() == 2 && !said.isEmpty()) {
            findings.problem(said);
        }
    }

    private List<String> command(GrepQuery query) {
        var command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--no-config",
                                "--no-require-git",
                                "--no-ignore-global",
                                "--no-messages",
                                "--hidden",
                                "--color=never",
                                "--no-heading",
                                "--with-filename",
                                "--null"));
        switch (query.mode()) {
            case FILES_WITH_MATCHES -> command.add("--files-with-matches");
            case COUNT -> command.add(query.onlyMatching() ? "--count-matches" : "--count");
            case CONTENT -> {
                command.add("--line-number");
                command.add("--before-context=" + query.before());
                command.add("--after-context=" + query.after());
                if (query.onlyMatching()) {
                    command.add("--only-matching");
                }
            }
        }
        if (query.ignoreCase()) {
            command.add("--ignore-case");
        }
        if (query.multiline()) {
            command.addAll(List.of("--multiline", "--multiline-dotall"));
        }
        query.globs().forEach(glob -> command.add("--glob=" + glob));
        command.add("--glob=!.git");
        if (!query.type().isEmpty()) {
            command.add("--type-clear=" + query.type());
            FileTypes.globs(query.type())
                    .forEach(glob -> command.add("--type-add=" + query.type() + ":" + glob));
            command.add("--type=" + query.type());
        }
        command.addAll(List.of("-e", RustRegex.normal(query.pattern()), "--", "./"));
        return command;
    }

    private static void drain(InputStream in, ByteArrayOutputStream kept) {
        try (in) {
            kept.write(in.readNBytes(8_192));
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // The process is gone; what it said so far is kept.
        }
    }

    /// Reads what rg prints: `path NUL rest`, lines of one file together.
    private static final class Output {
        private static final int MOST = 4 * Findings.MAX_LINE + 64;

        private final InputStream in;
        private final Path root;
        private final GrepQuery query;
        private final Findings findings;
        private final List<Line> lines = new ArrayList<>();
        private @Nullable String path;
        private boolean binary;
        private long all;
        private long matches;

        Output(InputStream in, Path root, GrepQuery query, Findings findings) {
            this.in = in;
            this.root = root;
            this.query = query;
            this.findings = findings;
        }

        void read() throws IOException {
            switch (query.mode()) {
                case FILES_WITH_MATCHES -> {
                    // For some patterns rg lists files that hold a NUL behind the match.
                    for (var file = until(0, 1 << 16); file != null; file = until(0, 1 << 16)) {
                        if (!TextFile.binary(root.resolve(file))) {
                            findings.file(plain(file));
                        }
                    }
                }
                case COUNT, CONTENT -> {
                    for (var line = until('\n', MOST); line != null; line = until('\n', MOST)) {
                        line(line);
                    }
                    flush();
                }
            }
        }

        private void line(String line) {
            int nul = line.indexOf('\0');
            if (nul < 0) {
                if (line.contains(BINARY)) {
                    binary = true;
                }
                return;
            }
            var file = plain(line.substring(0, nul));
            if (!file.equals(path)) {
                flush();
                path = file;
            }
            var rest = line.substring(nul + 1);
            if (query.mode() == GrepQuery.Mode.COUNT) {
                matches = Long.parseLong(rest.strip());
                return;
            }
            if (rest.startsWith("WARNING: stopped searching binary file")
                    || rest.startsWith(BINARY)) {
                binary = true;
                return;
            }
            numbered(rest);
        }

        private void numbered(String rest) {
            int digits = 0;
            while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
                digits++;
            }
            if (digits == 0 || digits == rest.length()) {
                return;
            }
            boolean match = rest.charAt(digits) == ':';
            all++;
            matches += match ? 1 : 0;
            if (lines.size() < findings.keep()) {
                lines.add(
                        new Line(
                                Long.parseLong(rest.substring(0, digits)),
                                match,
                                Findings.shown(rest.substring(digits + 1))));
            }
        }

        private void flush() {
            if (path != null && !binary && (matches > 0 || !lines.isEmpty())) {
                findings.lines(new FileLines(path, lines, matches), all);
            }
            path = null;
            binary = false;
            lines.clear();
            all = 0;
            matches = 0;
        }

        private static String plain(String path) {
            return path.startsWith("./") ? path.substring(2) : path;
        }

        /// The text up to a byte, at most `most` bytes of it, or null at the end.
        private @Nullable String until(int stop, int most) throws IOException {
            var kept = new ByteArrayOutputStream();
            int b = in.read();
            if (b < 0) {
                return null;
            }
            for (; b >= 0 && b != stop; b = in.read()) {
                if (kept.size() < most) {
                    kept.write(b);
                }
            }
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
