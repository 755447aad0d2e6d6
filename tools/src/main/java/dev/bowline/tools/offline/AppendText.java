package dev.bowline.tools.offline;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Puts text at the end of a file: reads it, then edits its last lines; a file that is missing or
/// empty is written.
record AppendText(String file, String content) implements Task {
    @Override
    public Move next(List<Done> done, Set<String> tools) {
        for (var tool : List.of("Read", "Edit", "Write")) {
            if (!tools.contains(tool)) {
                return Trouble.missing("append to " + file, tool);
            }
        }
        if (done.isEmpty()) {
            return Move.call("Read", "file_path", file);
        }
        var last = done.getLast();
        if (!last.tool().equals("Read")) {
            return last.failed()
                    ? Trouble.of("append to " + file, last)
                    : Move.say("Appended to " + file + ". " + Trouble.shortened(last.text()));
        }
        if (last.failed()) {
            return last.text().toLowerCase(Locale.ROOT).contains("not exist")
                    ? Move.call("Write", "file_path", file, "content", content + "\n")
                    : Trouble.of("append to " + file, last);
        }
        return edit(last);
    }

    private Move edit(Done read) {
        var text = Seen.text(read);
        if (text.isEmpty()) {
            return read.text().contains("PARTIAL")
                    ? Move.say("I did not append to " + file + ": Read showed only a part of it.")
                    : Move.call("Write", "file_path", file, "content", content + "\n");
        }
        var tail = tail(text);
        return Move.call(
                "Edit",
                "file_path",
                file,
                "old_string",
                tail,
                "new_string",
                tail + (tail.endsWith("\n") ? "" : "\n") + content + "\n");
    }

    /// As many of the last lines as it takes to be found once.
    private static String tail(String text) {
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        int start = text.lastIndexOf('\n', end - 1) + 1;
        while (start > 0
                && (text.substring(start).isBlank()
                        || Seen.count(text, text.substring(start)) > 1)) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        return text.substring(start);
    }
}
