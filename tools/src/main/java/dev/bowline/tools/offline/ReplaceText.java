package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Replaces a text in one file, or in all files that hold it: reads each, edits each, and says
/// which edits were confirmed.
///
/// @param file empty for all files
record ReplaceText(String from, String to, String file) implements Task {
    private static final int MOST_FILES = 20;

    @Override
    public Move next(List<Done> done, Set<String> tools) {
        var needed = file.isEmpty() ? List.of("Grep", "Read", "Edit") : List.of("Read", "Edit");
        for (var tool : needed) {
            if (!tools.contains(tool)) {
                return Trouble.missing("replace \"" + from + "\"", tool);
            }
        }
        if (!file.isEmpty()) {
            return steps(List.of(file), done);
        }
        if (done.isEmpty()) {
            var pattern = new Words(List.of(from), true).pattern();
            return Move.call(
                    "Grep",
                    "pattern",
                    pattern,
                    "output_mode",
                    "files_with_matches",
                    "head_limit",
                    MOST_FILES + 1);
        }
        var search = done.getFirst();
        var files = Lists.names(search);
        if (search.failed()) {
            return Trouble.of("search for \"" + from + "\"", search);
        }
        if (files.isEmpty()) {
            return Move.say("I found no file that holds \"" + from + "\" and changed nothing.");
        }
        return files.size() > MOST_FILES
                ? Move.say(
                        "More than "
                                + MOST_FILES
                                + " files hold \""
                                + from
                                + "\"; I changed nothing. Name one file, for example: replace `"
                                + from
                                + "` with `"
                                + to
                                + "` in "
                                + files.getFirst())
                : steps(files, done.subList(1, done.size()));
    }

    private Move steps(List<String> files, List<Done> done) {
        int at = 0;
        var said = new ArrayList<String>();
        for (var name : files) {
            if (at >= done.size()) {
                return Move.call("Read", "file_path", name);
            }
            var read = done.get(at++);
            if (read.failed()) {
                said.add(((Move.Say) Trouble.of("read " + name, read)).text());
                continue;
            }
            if (at >= done.size()) {
                return edit(name);
            }
            var edit = done.get(at++);
            said.add(
                    edit.failed()
                            ? ((Move.Say) Trouble.of("edit " + name, edit)).text()
                            : "Replaced \""
                                    + from
                                    + "\" with \""
                                    + to
                                    + "\" in "
                                    + name
                                    + ". "
                                    + Trouble.shortened(
                                            edit.text().lines().findFirst().orElse("")));
        }
        return Move.say(String.join("\n", said));
    }

    private Move edit(String name) {
        return Move.call(
                "Edit",
                "file_path",
                name,
                "old_string",
                from,
                "new_string",
                to,
                "replace_all",
                true);
    }
}
