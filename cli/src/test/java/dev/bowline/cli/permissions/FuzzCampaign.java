package dev.bowline.cli.permissions;

import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.json.Json;
import dev.bowline.tool.SchemaCheck;
import dev.bowline.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Random and mutated calls through grammar, facts, rules and schemas. Whatever comes in, a
/// decision comes out, soon. `main` takes the number of inputs and a seed; campaigns/fuzz runs it.
final class FuzzCampaign {
    /// A single input may take so long, on a machine that does other things as well.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /// How many inputs apart it says how far it is.
    private static final int PROGRESS = 50_000;

    private static final String PIECES =
            "`$(){}[]<>|&;\\'\"#!*?~=%:,./- \t\n\0\r\u202e\u00e9\ud800aerxm0129";

    private static final List<String> FORMS =
            List.of("Bash(%s)", "Read(%s)", "Edit(%s)", "WebFetch(domain:%s)", "%s", "mcp__%s");

    private final Random random;
    private final Judge judge = new Judge();
    private final List<Tool> tools = Toolbox.all();
    private final List<String> seeds =
            Stream.of("shell-read.txt", "shell-rules.txt", "shell-deny.txt", "files.txt")
                    .flatMap(name -> Corpus.read(name).lines().stream())
                    .map(Corpus.Line::what)
                    .toList();
    private final Path folder;

    FuzzCampaign(long seed, Path folder) {
        this.random = new Random(seed);
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        long inputs = Long.parseLong(args[0]);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        var folder = Files.createTempDirectory("bowline-fuzz");
        try {
            System.out.println(new FuzzCampaign(seed, folder).run(inputs));
        } finally {
            Files.delete(folder);
        }
    }

    /// Runs so many inputs and says what came of them.
    ///
    /// @throws IllegalStateException naming the input that threw or took too long
    String run(long inputs) {
        var slowest = Duration.ZERO;
        var decisions = new HashMap<String, Integer>();
        for (long i = 0; i < inputs; i++) {
            var current = new AtomicReference<Object>("");
            long begin = System.nanoTime();
            try {
                decisions.merge(i % 8 == 7 ? schema(current) : decide(current), 1, Integer::sum);
            } catch (RuntimeException | StackOverflowError e) {
                throw new IllegalStateException("input " + i + ": " + current.get(), e);
            }
            var took = Duration.ofNanos(System.nanoTime() - begin);
            if (took.compareTo(LONGEST) > 0) {
                throw new IllegalStateException("input " + i + " took " + took + ": " + current);
            }
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            if ((i + 1) % PROGRESS == 0) {
                System.err.println("fuzz: " + (i + 1) + " of " + inputs + ", " + decisions);
            }
        }
        return inputs + " inputs, slowest " + slowest.toMillis() + " ms, " + decisions;
    }

    private String decide(AtomicReference<Object> current) {
        var tool =
                List.of("Bash", "Bash", "Bash", "Read", "Write", "WebFetch").get(random.nextInt(6));
        var field = tool.equals("Bash") ? "command" : tool.equals("WebFetch") ? "url" : "file_path";
        var question = new HashMap<String, Object>();
        var input = Map.of(field, text());
        question.put("tool", tool);
        question.put("input", input);
        question.put(
                "mode",
                List.of("default", "acceptEdits", "bypassPermissions").get(random.nextInt(3)));
        question.put("rules", Map.of("allow", rules(), "ask", rules(), "deny", rules()));
        question.put("cwd", folder.toString());
        question.put("dns", Map.of("*", List.of("10.0.0.1")));
        current.set(question);
        read(tool, Json.of(input));
        return CheckCommand.decision(
                judge.decide(PolicyCase.parse(Json.of(question), folder, folder)).verdict());
    }

    /// What the tool says of its input is looked at by itself: a decision takes an unforeseen error
    /// for a call that nobody understands, and asks.
    private void read(String name, Json input) {
        var tool =
                tools.stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
        tool.accesses(input, new StillContext(folder, folder, List.of(folder)));
    }

    private String schema(AtomicReference<Object> current) {
        var tool = tools.get(random.nextInt(tools.size()));
        var value = value(0);
        current.set(tool.name() + " " + value);
        var checked = SchemaCheck.check(tool.definition().inputSchema(), Json.of(value));
        return checked.problems().isEmpty() ? "fits" : "doesn't fit";
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 6 ? 4 : 6)) {
            case 0 -> text();
            case 1 -> random.nextInt();
            case 2 -> random.nextDouble();
            case 3 -> random.nextBoolean();
            case 4 -> Stream.generate(() -> value(depth + 1)).limit(random.nextInt(4)).toList();
            default -> {
                var map = new HashMap<String, Object>();
                for (var name : List.of("command", "file_path", "url", "pattern", "todos", "x")) {
                    if (random.nextInt(3) == 0) {
                        map.put(name, value(depth + 1));
                    }
                }
                yield map;
            }
        };
    }

    private List<String> rules() {
        var all = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var form = FORMS.get(random.nextInt(FORMS.size()));
            all.add(form.replace("%s", random.nextInt(4) == 0 ? noise(12) : words()));
        }
        return all;
    }

    private String words() {
        var words = seeds.get(random.nextInt(seeds.size())).split(" ", 3);
        return words[0] + (words.length > 1 && random.nextBoolean() ? " *" : "");
    }

    private String text() {
        return switch (random.nextInt(6)) {
            case 0 -> noise(60);
            case 1 -> seeds.get(random.nextInt(seeds.size())).repeat(1 + random.nextInt(40));
            default -> mutated(seeds.get(random.nextInt(seeds.size())));
        };
    }

    private String mutated(String seed) {
        var text = new StringBuilder(seed);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, noise(3));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
                default -> text.insert(at, text.substring(at / 2, at));
            }
        }
        return text.toString();
    }

    private String noise(int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return text.toString();
    }
}
