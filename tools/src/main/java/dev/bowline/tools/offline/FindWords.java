package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Searches for words and quotes the places: first as they are written, then in any case, then in
/// file names. Reads around the best place.
record FindWords(Words words) implements Task {
    private static final int MOST_PLACES = 20;
    private static final int MOST_LINES = 200;
    private static final int AROUND = 4;
    private static final Pattern PLACE = Pattern.compile("(.+?):(\\d+):(.*)");
    private static final Pattern DEFINES =
            Pattern.compile(
                    "\\b(?:class|interface|record|enum|struct|trait|def|func|fn|function|module|type|const|let|var|public|private|protected|static|final)\\b|^\\s*#+ ");

    /// A line that was found, with how good it looks.
    private record Place(String file, int line, String text, int score) {}

    @Override
    public Move next(List<Done> done, Set<String> tools) {
        if (!tools.contains("Grep")) {
            return tools.contains("Bash")
                    ? new RunCommand(
                                    "grep -rnIE -m 5 --exclude-dir=.git -e "
                                            + Shell.quote(words.pattern())
                                            + " . | head -n 50")
                            .next(done, tools)
                    : Trouble.missing("search", "Grep");
        }
        if (done.isEmpty()) {
            return grep(!words.exact());
        }
        var last = done.getLast();
        if (last.failed()) {
            return last.tool().equals("Read") ? answer(done) : Trouble.of("search", last);
        }
        return switch (last.tool()) {
            case "Grep" -> afterGrep(done, tools);
            case "Glob" -> byName(last);
            default -> answer(done);
        };
    }

    private Move afterGrep(List<Done> done, Set<String> tools) {
        var places = places(done.getLast());
        if (!places.isEmpty()) {
            var best = places.getFirst();
            return tools.contains("Read")
                    ? Move.call(
                            "Read",
                            "file_path",
                            best.file,
                            "offset",
                            Math.max(1, best.line - AROUND),
                            "limit",
                            3 * AROUND)
                    : answer(done);
        }
        if (words.exact() && done.size() == 1) {
            return grep(true);
        }
        return tools.contains("Glob")
                ? Move.call("Glob", "pattern", namePattern())
                : byName(done.getLast());
    }

    private Move grep(boolean anyCase) {
        return Move.call(
                "Grep",
                "pattern",
                words.pattern(),
                "output_mode",
                "content",
                "-n",
                true,
                "-i",
                anyCase,
                "head_limit",
                MOST_LINES);
    }

    /// Any of the words anywhere in a file name, in any case.
    private String namePattern() {
        var names = words.all().stream().map(FindWords::anyCase).toList();
        return names.size() == 1
                ? "*" + names.getFirst() + "*"
                : "*{" + String.join(",", names) + "}*";
    }

    private static String anyCase(String word) {
        var glob = new StringBuilder();
        word.substring(word.lastIndexOf('/') + 1)
                .codePoints()
                .forEach(c -> {
                    int lower = Character.toLowerCase(c);
                    int upper = Character.toUpperCase(c);
                    if (lower != upper) {
                        glob.append('[').appendCodePoint(lower).appendCodePoint(upper).append(']');
                    } else if ("*?[]{},\\!".indexOf(c) >= 0) {
                        glob.append('?');
                    } else {
                        glob.appendCodePoint(c);
                    }
                });
        return glob.toString();
    }

    private Move byName(Done glob) {
        var files = Lists.names(glob);
        return Move.say(
                files.isEmpty()
                        ? "I searched for "
                                + words.shown()
                                + " in the files and in their names and found nothing. (I can only search; I do not understand the question.)"
                        : "No file holds "
                                + words.shown()
                                + ", but these are named so:\n"
                                + Lists.bullets(files, MOST_PLACES));
    }

    private Move answer(List<Done> done) {
        var search =
                done.stream()
                        .filter(call -> call.tool().equals("Grep") && !places(call).isEmpty())
                        .findFirst()
                        .orElse(done.getFirst());
        var places = places(search);
        var files = new LinkedHashSet<>(places.stream().map(Place::file).toList());
        var text =
                new StringBuilder(
                        "I searched for "
                                + words.shown()
                                + " and found "
                                + Lists.count(places.size(), "place")
                                + (search.text().contains("limited to") ? " or more" : "")
                                + " in "
                                + Lists.count(files.size(), "file")
                                + ":\n");
        for (var place : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
            text.append("\n")
                    .append(place.file)
                    .append(':')
                    .append(place.line)
                    .append(": ")
                    .append(place.text.strip());
        }
        if (places.size() > MOST_PLACES) {
            text.append("\n… ").append(places.size() - MOST_PLACES).append(" more");
        }
        var last = done.getLast();
        if (last.tool().equals("Read") && !last.failed()) {
            text.append("\n\nAround ")
                    .append(places.getFirst().file)
                    .append(':')
                    .append(places.getFirst().line)
                    .append(":\n\n")
                    .append(last.text().stripTrailing());
        }
        return Move.say(text + "\n\n(I only searched; no model has thought about the question.)");
    }

    private List<Place> places(Done grep) {
        var places = new ArrayList<Place>();
        grep.text()
                .lines()
                .map(PLACE::matcher)
                .filter(line -> line.matches() && line.group(2).length() < 10)
                .forEach(line ->
                        places.add(
                                new Place(
                                        line.group(1),
                                        Integer.parseInt(line.group(2)),
                                        line.group(3),
                                        score(line.group(1), line.group(3)))));
        places.sort((one, other) -> Integer.compare(other.score, one.score));
        return places;
    }

    private int score(String file, String text) {
        int hits = (int) words.all().stream().filter(word -> text.contains(word)).count();
        boolean defines =
                words.all().stream()
                        .anyMatch(word ->
                                Pattern.compile(
                                                "\\b(?:class|interface|record|enum|struct|trait|def|func|fn|function|module|type)\\s+"
                                                        + Pattern.quote(word)
                                                        + "\\b")
                                        .matcher(text)
                                        .find());
        boolean named = words.all().stream().anyMatch(word -> file.contains(word));
        return 4 * hits
                + (defines ? 8 : DEFINES.matcher(text).find() ? 2 : 0)
                + (named ? 1 : 0)
                - (file.contains("test") || file.contains("Test") ? 1 : 0);
    }
}
