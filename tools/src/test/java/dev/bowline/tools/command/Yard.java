package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A project to ask about command lines in, with a file outside and a link that leads to it.
record Yard(Path project, Path home, Surroundings where) {
    static Yard in(Path folder) throws IOException {
        var real = folder.toRealPath();
        var project = Files.createDirectories(real.resolve("project"));
        var home = Files.createDirectories(real.resolve("home"));
        file(project, "src/a.txt", "a\n");
        file(project, "src/b.txt", "b\n");
        file(project, "src/Main.java", "class Main {}\n");
        file(project, "README.md", "# read\n");
        file(project, "package.json", "{\"name\":\"x\"}\n");
        file(project, "notes.txt", "n\n");
        file(project, "src/-odd/-rf", "x\n");
        file(project, "build/out.o", "o\n");
        file(project, ".git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = x\n");
        file(real, "outside.txt", "secret\n");
        file(home, ".bashrc", "\n");
        Files.createDirectories(project.resolve("leaks"));
        Files.createSymbolicLink(project.resolve("leaks/leak"), real.resolve("outside.txt"));
        return new Yard(
                project,
                home,
                new Surroundings(
                        project,
                        home,
                        List.of(project),
                        Map.of(
                                "PATH",
                                "/usr/local/bin:/usr/bin:/bin",
                                "HOME",
                                home.toString(),
                                "USER",
                                "me")));
    }

    private static void file(Path folder, String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    List<Access> facts(String line) {
        return CommandFacts.of(line, where);
    }

    /// What a line needs: `free` nothing, `edits` a mode that accepts edits, `rules` rules with
    /// wildcards, `exact` a rule for that very text, `person` more than that.
    String needs(String line) {
        var facts = facts(line);
        return facts.stream().allMatch(this::isFree)
                ? "free"
                : facts.stream().allMatch(this::isEdit)
                        ? "edits"
                        : facts.stream()
                                        .allMatch(fact ->
                                                worst(fact).compareTo(Nature.PLAIN) <= 0
                                                        && isKnown(fact))
                                ? "rules"
                                : facts.stream()
                                                .allMatch(fact ->
                                                        worst(fact).compareTo(Nature.GUARDED) <= 0
                                                                && isKnown(fact))
                                        ? "exact"
                                        : "person";
    }

    private static boolean isKnown(Access fact) {
        return !(fact instanceof Access.Runs runs)
                || runs.nature() != Nature.PLAIN
                || runs.words().stream().map(Access.Word::text).allMatch(Objects::nonNull);
    }

    private static Nature worst(Access fact) {
        return fact instanceof Access.Runs runs ? runs.nature() : Nature.READS;
    }

    private boolean isFree(Access fact) {
        return switch (fact) {
            case Access.Reads(Path path) -> path.startsWith(project);
            case Access.Scans(Path path) -> path.startsWith(project);
            case Access.Runs runs ->
                    runs.nature() == Nature.READS && runs.files().stream().allMatch(this::isFree);
            case Access.Writes any -> false;
            case Access.Removes any -> false;
            case Access.Contacts any -> false;
            case Access.Session any -> true;
            case Access.Fenced any -> true;
        };
    }

    private boolean isEdit(Access fact) {
        return switch (fact) {
            case Access.Writes(Path path) ->
                    path.startsWith(project) && !path.toString().contains("/.git");
            case Access.Removes(Path path) -> path.startsWith(project) && !path.equals(project);
            case Access.Runs runs when runs.nature() == Nature.EDITS ->
                    runs.files().stream().allMatch(this::isEdit);
            case Access.Runs runs -> isFree(runs);
            case Access.Reads reads -> isFree(reads);
            case Access.Scans scans -> isFree(scans);
            case Access.Contacts any -> false;
            case Access.Session any -> true;
            case Access.Fenced any -> true;
        };
    }

    /// The lines of a table, comments left out; `\n` stands for a new line.
    static Stream<String> table(String name) {
        try (var stream = Objects.requireNonNull(Yard.class.getResourceAsStream(name + ".txt"))) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#!"))
                            .map(line -> line.replace("⏎", "\n"))
                            .toList()
                            .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
