package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Tables of command lines and all their facts, in the folder `facts`. A case begins with `$` and
/// the line (`⏎` is a new line), and one fact follows a line:
///
/// - `EDITS rm a` a program with its nature and words; `?` is a word that isn't known, `#` stands
///   for a number or a name that isn't, and words with blanks are quoted. Under it, indented:
///   `from` the source where that isn't the line, `or` a guise, and the files by their names
/// - `reads`, `scans`, `writes`, `removes` a path: `.` is the project, `~` the home folder, `..`
///   the folder around both
///
/// {@link #main} writes the facts anew for the lines that stand in the tables.
final class FactsTable {
    static final List<String> NAMES =
            List.of(
                    "awk",
                    "builtins",
                    "changers",
                    "find",
                    "git",
                    "more",
                    "readers",
                    "sed",
                    "shell",
                    "starters",
                    "words");

    private static final int PART = 24;

    private static final Map<String, List<Case>> TABLES = new ConcurrentHashMap<>();

    /// A line and its facts as text.
    record Case(String line, String facts) {}

    private FactsTable() {}

    /// @param arguments the folder of the tables
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory("yard");
        var yard = Yard.in(folder);
        for (var name : NAMES) {
            var file = Path.of(arguments[0], name + ".txt");
            var text = new StringBuilder();
            for (var one : cases(Files.readString(file))) {
                text.append("$ ").append(one.line().replace('\n', '⏎')).append('\n');
                text.append(facts(one.line(), yard)).append('\n');
            }
            Files.writeString(file, text);
        }
    }

    /// The tables in parts: `awk 0`, `awk 1` and so on.
    static List<String> parts() {
        return NAMES.stream()
                .flatMap(name ->
                        IntStream.rangeClosed(0, (table(name).size() - 1) / PART)
                                .mapToObj(part -> name + " " + part))
                .toList();
    }

    /// The cases of a part.
    static List<Case> part(String part) {
        int blank = part.indexOf(' ');
        var cases = table(part.substring(0, blank));
        int from = Integer.parseInt(part.substring(blank + 1)) * PART;
        return cases.subList(from, Math.min(from + PART, cases.size()));
    }

    private static List<Case> table(String name) {
        return TABLES.computeIfAbsent(name, FactsTable::read);
    }

    private static List<Case> read(String name) {
        var path = "facts/" + name + ".txt";
        try (var in = Objects.requireNonNull(FactsTable.class.getResourceAsStream(path))) {
            return cases(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> cases(String text) {
        var cases = new ArrayList<Case>();
        for (var part : ("\n" + text.strip()).split("\n\\$ ", -1)) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                cases.add(
                        new Case(
                                part.substring(0, end < 0 ? part.length() : end).replace('⏎', '\n'),
                                end < 0 ? "" : part.substring(end + 1)));
            }
        }
        return cases;
    }

    /// The facts of a line, one after the other.
    static String facts(String line, Yard yard) {
        return yard.facts(line).stream()
                .map(fact -> shown(fact, line, yard))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(Access fact, String line, Yard yard) {
        return switch (fact) {
            case Access.Reads(Path path) -> "reads " + shown(path, yard);
            case Access.Scans(Path path) -> "scans " + shown(path, yard);
            case Access.Writes(Path path) -> "writes " + shown(path, yard);
            case Access.Removes(Path path) -> "removes " + shown(path, yard);
            case Access.Runs runs -> shown(runs, line, yard);
            case Access.Contacts contacts -> contacts.toString();
            case Access.Session session -> session.toString();
            case Access.Fenced fenced -> fenced.toString();
        };
    }

    private static String shown(Access.Runs runs, String line, Yard yard) {
        var lines = new ArrayList<String>();
        lines.add((runs.nature() + " " + shown(runs.words(), yard)).strip());
        if (!runs.source().equals(line)) {
            lines.add("from " + plain(runs.source(), yard));
        }
        for (var guise : runs.guises()) {
            if (!guise.equals(runs.words())) {
                lines.add("or " + shown(guise, yard));
            }
        }
        runs.files().stream().map(file -> shown(file, line, yard)).sorted().forEach(lines::add);
        return String.join("\n  ", lines);
    }

    private static String shown(List<Word> words, Yard yard) {
        return words.stream()
                .map(word -> word.text() == null ? "?" : quoted(plain(word.text(), yard)))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return text.isEmpty() || text.equals("?") || text.contains(" ") ? "'" + text + "'" : text;
    }

    private static String plain(String text, Yard yard) {
        return text.replace('\n', '⏎')
                .replace(yard.project().toString(), "PROJECT")
                .replace(yard.home().toString(), "HOME")
                .replaceAll("[\uE000-\uF8FF]+", "#");
    }

    private static String shown(Path path, Yard yard) {
        var around = Objects.requireNonNull(yard.project().getParent());
        if (path.startsWith(yard.project())) {
            var below = yard.project().relativize(path).toString();
            return below.isEmpty() ? "." : below;
        }
        if (path.startsWith(yard.home())) {
            return Path.of("~").resolve(yard.home().relativize(path)).toString();
        }
        return path.startsWith(around)
                ? Path.of("..").resolve(around.relativize(path)).toString()
                : path.toString();
    }
}
