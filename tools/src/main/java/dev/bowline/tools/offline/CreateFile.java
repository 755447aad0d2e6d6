package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// Writes a file. A file that is there already is read first, as the tool asks.
record CreateFile(String file, String content) implements Task {
    @Override
    public Move next(List<Done> done, Set<String> tools) {
        if (!tools.contains("Write")) {
            return Trouble.missing("write " + file, "Write");
        }
        var text = content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
        if (done.isEmpty()) {
            return Move.call("Write", "file_path", file, "content", text);
        }
        var last = done.getLast();
        if (last.tool().equals("Read")) {
            return last.failed()
                    ? Trouble.of("write " + file, done.getFirst())
                    : Move.call("Write", "file_path", file, "content", text);
        }
        if (last.failed()) {
            boolean unread = last.text().toLowerCase(java.util.Locale.ROOT).contains("read");
            return unread && done.size() == 1 && tools.contains("Read")
                    ? Move.call("Read", "file_path", file)
                    : Trouble.of("write " + file, last);
        }
        return Move.say(
                "Wrote "
                        + file
                        + " ("
                        + Lists.count(text.lines().count(), "line")
                        + "). "
                        + Trouble.shortened(last.text()));
    }
}
