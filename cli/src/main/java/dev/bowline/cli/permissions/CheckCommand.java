package dev.bowline.cli.permissions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.headless.wire.LineReader;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.Decision;
import dev.bowline.permission.Verdict;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides cases, one a line, and goes on after a line that makes no sense.
final class CheckCommand {
    private final Arguments args;
    private final Console console;
    private final Judge judge = new Judge();
    private final Path home;

    CheckCommand(Arguments args, Console console) {
        this.args = args;
        this.console = console;
        this.home = Path.of(console.variable("HOME", System.getProperty("user.home", "/")));
    }

    /// @return 1 if a line could not be read, otherwise 0
    int run() {
        try (var in = new Source(input())) {
            var lines = new LineReader(in);
            boolean all = true;
            for (var line = lines.next();
                    line.isPresent() && !console.out().broken();
                    line = lines.next()) {
                if (!line.get().isBlank()) {
                    all &= answer(line.get());
                }
            }
            in.complain();
            return all ? 0 : 1;
        } catch (IOException e) {
            throw new UsageException(
                    "the cases cannot be read: "
                            + (args.words().isEmpty() ? e.getMessage() : why(e)));
        }
    }

    private InputStream input() throws IOException {
        return args.words().isEmpty() || args.words().getFirst().equals("-")
                ? console.in()
                : Files.newInputStream(console.directory().resolve(args.words().getFirst()));
    }

    private String why(IOException e) {
        var name = args.words().getFirst();
        return e instanceof NoSuchFileException
                ? "there is no file " + name
                : name + " (" + e.getMessage() + ")";
    }

    private boolean answer(String line) {
        Object id = null;
        try {
            var json = Json.parse(line);
            if (!json.isObject()) {
                throw new IllegalArgumentException("a case must be a JSON object");
            }
            id = json.asMap().get("id");
            var ruling = judge.decide(PolicyCase.parse(json, console.directory(), home));
            write(id, ruling.verdict(), ruling.problems());
            return true;
        } catch (IllegalArgumentException e) {
            write(id, "ask", null, List.of("input", String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void write(@Nullable Object id, Verdict verdict, List<String> problems) {
        var reasons = new ArrayList<String>();
        reasons.add(word(verdict));
        reasons.add(verdict.decision().reason());
        reasons.addAll(verdict.chain());
        problems.forEach(problem -> reasons.add("ignored rule: " + problem));
        var rule = verdict.rule();
        write(id, decision(verdict), rule == null ? null : rule.rule().toString(), reasons);
    }

    static String decision(Verdict verdict) {
        return switch (verdict.decision()) {
            case Decision.Allow any -> "allow";
            case Decision.Ask any -> "ask";
            case Decision.Deny any -> "deny";
        };
    }

    /// Why, as one word that does not change.
    static String word(Verdict verdict) {
        return switch (verdict.type()) {
            case ADDRESS -> "address";
            case ORIGIN -> "origin";
            case RULE -> "rule";
            case MODE -> "mode";
            case SUBCOMMAND_RESULTS, NONE, OTHER ->
                    verdict.decision() instanceof Decision.Allow ? "free" : "unmatched";
            case HOOK -> "hook";
            case WORKING_DIR -> "path";
            case SAFETY_CHECK -> "protected";
            case SANDBOX_OVERRIDE -> "sandbox";
        };
    }

    private void write(
            @Nullable Object id, String decision, @Nullable String rule, List<String> reasons) {
        try (var out = JsonOut.toText()) {
            out.beginObject().field("id", Json.of(id)).field("decision", decision);
            out.name("rule").value(rule);
            out.name("reasons").value(reasons).endObject();
            console.out().line(out.text());
        }
    }

    /// Remembers a failure, which to a reader of lines looks like the end of the input: cases that
    /// were never seen must not look like cases that were decided.
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        void complain() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
