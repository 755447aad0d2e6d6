package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a transcript and never fails: what cannot be read is reported and stepped
/// over.
///
/// - An append whose lines aren't all there was never acknowledged: it doesn't count. At the end of
///   the file it is torn, and what comes before it is `goodLength`.
/// - A broken line inside becomes an [Event.Unknown] in its place, so that numbers have no gaps.
/// - Messages that another program added since our last append become entries with the numbers that
///   follow; see [ForeignLines].
final class TranscriptReader {
    /// What was read. `goodLength` is where the next append goes; `newline` says that it has to
    /// begin with a line feed. `foreignNames` are the links of entries made from foreign lines.
    record Loaded(
            List<Entry> entries,
            List<String> warnings,
            long goodLength,
            boolean newline,
            Map<Long, List<Links.Name>> foreignNames,
            BitSet made) {

        /// What a file says in which there is nothing but these entries.
        static Loaded of(List<Entry> entries, long length) {
            return new Loaded(entries, List.of(), length, false, Map.of(), new BitSet());
        }

        /// Whether everything in the file was written by us and could be understood.
        boolean isPlain() {
            return warnings.isEmpty()
                    && foreignNames.isEmpty()
                    && made.isEmpty()
                    && entries.stream().noneMatch(e -> e.event() instanceof Event.Unknown);
        }

        /// Whether both entry `number` and the next one were made from lines of another program.
        boolean cutsForeign(long number) {
            return number < entries.size()
                    && made.get((int) Math.max(0, number))
                    && made.get((int) number + 1);
        }

        /// Whether a copy up to entry `number` takes the lines of another program behind it along.
        boolean keepsForeign(long number) {
            return number >= entries.size() || made.get((int) Math.max(0, number));
        }

        Links links() {
            return new Links(entries, foreignNames);
        }

        /// The last link of the chain that counts.
        @Nullable String head() {
            return links().headAt(Long.MAX_VALUE, 0);
        }
    }

    /// From so many lines on they are parsed on all processors.
    private static final int MANY = 500;

    private final SessionId session;
    private final byte[] bytes;
    private final int end;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<Long, List<Links.Name>> foreignNames = new HashMap<>();
    private final BitSet made = new BitSet();
    private final List<Entry> group = new ArrayList<>();
    private final List<TranscriptLine> foreign = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int lineNumber;
    private long good;
    private @Nullable TranscriptLine reply;
    private List<ContentBlock> blocks = List.of();
    private boolean newline;

    private TranscriptReader(SessionId session, byte[] bytes, int length) {
        this.session = session;
        this.bytes = bytes;
        int last = length;
        while (last > 0 && bytes[last - 1] == 0) {
            last--;
        }
        this.end = last;
    }

    static Loaded read(SessionId session, byte[] bytes) {
        return read(session, bytes, bytes.length);
    }

    static Loaded read(SessionId session, byte[] bytes, int length) {
        return new TranscriptReader(session, bytes, length).read();
    }

    private Loaded read() {
        var starts = starts(bytes, end);
        var lines = new @Nullable TranscriptLine[starts.length - 1];
        each(lines, i -> parse(starts[i], starts[i + 1] - 1));
        for (int i = 0; i < lines.length; i++) {
            lineNumber++;
            if (!line(starts[i], starts[i + 1] - 1, lines[i])) {
                break;
            }
            lines[i] = null;
        }
        if (pending() > 0) {
            warn("the last append is not complete and does not count");
        }
        adopt(-1);
        return new Loaded(entries, warnings, Math.min(good, end), newline, foreignNames, made);
    }

    /// Parses lines, many of them on all processors.
    static <T> void each(@Nullable T[] lines, IntFunction<? extends @Nullable T> parse) {
        if (lines.length >= MANY) {
            Arrays.parallelSetAll(lines, parse);
        } else {
            Arrays.setAll(lines, parse);
        }
    }

    /// Where each line begins, and at last where the one behind the end would.
    static int[] starts(byte[] bytes, int end) {
        int count = 0;
        for (int at = 0; at < end; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        boolean open = end > 0 && bytes[end - 1] != '\n';
        var starts = new int[count + (open ? 2 : 1)];
        int next = 1;
        for (int at = 0; at < end; at++) {
            if (bytes[at] == '\n') {
                starts[next++] = at + 1;
            }
        }
        if (open) {
            starts[next] = end + 1;
        }
        return starts;
    }

    private @Nullable TranscriptLine parse(int from, int to) {
        return isBlank(from, to) ? null : TranscriptLine.parse(bytes, from, to - from, to < end);
    }

    /// False at a torn end.
    private boolean line(int from, int to, @Nullable TranscriptLine line) {
        if (isBlank(from, to)) {
            passed(to);
            return true;
        }
        if (line == null && to == end) {
            warn("the last line is torn and does not count");
            return false;
        }
        newline = to == end;
        if (line == null) {
            warn("line " + lineNumber + " is not readable and is left out");
            broken.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            passed(to);
        } else if (line.ours) {
            own(line, to);
        } else {
            if (ForeignLines.matters(line)) {
                foreign.add(line);
            }
            if (pending() == 0 || !line.type.equals("last-prompt")) {
                passed(to);
            }
        }
        return true;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /// A line that isn't of ours is behind us; an append that has not all its lines before it never
    /// gets them.
    private void passed(int to) {
        good = to + 1L;
    }

    private void own(TranscriptLine line, int to) {
        boolean continues = reply != null && line.number == reply.number && line.part > 1;
        if (!continues && line.number <= pending()) {
            warn("the append before line " + lineNumber + " is not complete and does not count");
            group.clear();
            reply = null;
        }
        if (line.of > 1) {
            part(line);
        } else {
            reply = null;
            add(line, line.draft.content);
        }
        if (line.left == 0) {
            commit();
            good = to + 1L;
        }
    }

    /// The last number of an append that isn't complete yet; 0 if there is none.
    private long pending() {
        return reply != null ? reply.number : group.isEmpty() ? 0 : group.getLast().number();
    }

    /// One line of a reply with several blocks.
    private void part(TranscriptLine line) {
        if (line.part == 1) {
            reply = line;
            blocks = new ArrayList<>(line.draft.content);
        } else if (reply != null && reply.number == line.number) {
            blocks.addAll(line.draft.content);
        }
        if (reply != null && line.part == line.of) {
            if (blocks.size() == line.of) {
                add(reply, List.copyOf(blocks));
            }
            reply = null;
        }
    }

    private void add(TranscriptLine line, List<ContentBlock> content) {
        group.add(new Entry(line.number, line.entryId(), line.at(), line.event(content, bytes)));
    }

    private void commit() {
        if (group.isEmpty()) {
            return;
        }
        adopt(group.getFirst().number());
        for (var entry : group) {
            fill(entry.number(), entry.at());
            if (entry.number() == entries.size() + 1L) {
                entries.add(entry);
            } else {
                warn("entry " + entry.number() + " is there twice; the first one counts");
            }
        }
        group.clear();
        broken.clear();
    }

    /// Puts something in the place of entries that cannot be read.
    private void fill(long number, Instant at) {
        while (entries.size() + 1L < number) {
            long missing = entries.size() + 1L;
            warn("entry " + missing + " is missing");
            var raw = broken.isEmpty() ? Json.NULL : Json.of(broken.removeFirst());
            entries.add(new Entry(missing, new UUID(0, missing), at, new Event.Unknown(raw)));
        }
    }

    /// Takes over what another program said, if the writer of entry `next` knew of it; -1 is the
    /// writer to come.
    private void adopt(long next) {
        if (foreign.isEmpty()) {
            return;
        }
        var lines = new ForeignLines(session, foreign, entries, foreignNames);
        lines.read();
        if (lines.entries().size() > 0) {
            if (next < 0 || next == entries.size() + 1L + lines.entries().size()) {
                made.set(entries.size() + 1, entries.size() + 1 + lines.entries().size());
                entries.addAll(lines.entries());
                foreignNames.putAll(lines.names());
            } else {
                warn("lines of another program before line " + lineNumber + " are left out");
            }
        }
        foreign.clear();
    }

    private void warn(String what) {
        warnings.add("session " + session + ": " + what);
    }
}
