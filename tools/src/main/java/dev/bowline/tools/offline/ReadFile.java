package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// Shows a file; one that is not where it was named is looked for by its name.
record ReadFile(String file) implements Task {
    private static final int MAX_LINES = 300;

    @Override
    public Move next(List<Done> done, Set<String> tools) {
        if (!tools.contains("Read")) {
            return tools.contains("Bash")
                    ? new RunCommand("cat -- " + Shell.quote(file)).next(done, tools)
                    : Trouble.missing("read " + file, "Read");
        }
        if (done.isEmpty()) {
            return Move.call("Read", "file_path", file);
        }
        var last = done.getLast();
        if (last.tool().equals("Read")) {
            return last.failed() && done.size() == 1 && tools.contains("Glob")
                    ? Move.call("Glob", "pattern", "**/" + name())
                    : shown(last);
        }
        var found = Lists.names(last);
        return found.size() == 1
                ? Move.call("Read", "file_path", found.getFirst())
                : found.isEmpty() || last.failed()
                        ? Trouble.of("read " + file, done.getFirst())
                        : Move.say(
                                "There is no "
                                        + file
                                        + " here, but several files of that name; name one of them:\n"
                                        + Lists.bullets(found, 20));
    }

    private Move shown(Done read) {
        var path = String.valueOf(read.input().asMap().get("file_path"));
        if (read.failed()) {
            return Trouble.of("read " + path, read);
        }
        var lines = read.text().lines().toList();
        var shown = String.join("\n", lines.subList(0, Math.min(MAX_LINES, lines.size())));
        return Move.say(
                path
                        + ":\n\n"
                        + shown
                        + (lines.size() > MAX_LINES
                                ? "\n\n(the first " + MAX_LINES + " of " + lines.size() + " lines)"
                                : ""));
    }

    private String name() {
        var name = file.substring(file.lastIndexOf('/') + 1);
        return name.replaceAll("[*?\\[\\]{}\\\\!]", "?");
    }
}
