package dev.bowline.cli.sessions;

import dev.bowline.cli.args.UsageException;
import dev.bowline.json.Json;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.TranscriptCodec;
import java.util.ArrayList;
import java.util.List;

/// A session as `bowline sessions export` writes it: one entry a line, numbered from 1.
final class Exported {
    private Exported() {}

    /// @throws UsageException naming the line that is none
    static List<Entry> read(List<String> lines, String name) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(entry(lines.get(i), name, i + 1, entries.size() + 1L));
            }
        }
        if (entries.isEmpty()) {
            throw new UsageException(
                    name + " is empty; give a file that bowline sessions export wrote");
        }
        return entries;
    }

    private static Entry entry(String line, String name, int lineNumber, long number) {
        Entry entry;
        try {
            entry = TranscriptCodec.fromJson(Json.parse(line));
        } catch (RuntimeException e) {
            throw new UsageException(
                    name
                            + " line "
                            + lineNumber
                            + " is not an entry of a session; give a file that bowline sessions export wrote");
        }
        if (entry.number() != number) {
            throw new UsageException(
                    name
                            + " line "
                            + lineNumber
                            + " has entry number "
                            + entry.number()
                            + " where "
                            + number
                            + " belongs; the file is not complete");
        }
        return entry;
    }
}
