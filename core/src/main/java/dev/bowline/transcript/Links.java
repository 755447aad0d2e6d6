package dev.bowline.transcript;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The names by which other programs know entries. Entries of ours are named by their ids; those
/// made from lines of another program by the names of these lines, which `foreign` has.
record Links(List<Entry> entries, Map<Long, List<Name>> foreign) {

    /// A line's name, and how many blocks of the entry there are up to its end.
    record Name(String uuid, int blocks) {}

    /// The place behind what has this name and still counts.
    Optional<Position> find(String name) {
        long counts = Long.MAX_VALUE;
        int left = 0;
        for (var entry : entries.reversed()) {
            if (entry.number() > counts) {
                continue;
            }
            if (entry.event() instanceof Event.Rewound(long to, int blocks)) {
                counts = to;
                left = blocks;
                continue;
            }
            int most = entry.number() == counts && left > 0 ? left : Integer.MAX_VALUE;
            int blocks = blocks(entry, name);
            if (blocks > 0 && blocks <= most) {
                boolean whole = blocks >= size(entry) && most == Integer.MAX_VALUE;
                return Optional.of(new Position(entry.number(), whole ? 0 : blocks));
            }
        }
        return Optional.empty();
    }

    /// How many blocks of the entry there are up to the one with this name; 0 if none has it.
    private int blocks(Entry entry, String name) {
        for (var line : foreign.getOrDefault(entry.number(), List.of())) {
            if (line.uuid().equals(name)) {
                return line.blocks();
            }
        }
        if (entry.event() instanceof Event.Prompted prompted
                && prompted.promptId().toString().equals(name)) {
            return 1;
        }
        if (foreign.containsKey(entry.number())) {
            return 0;
        }
        for (int i = 0; i < size(entry); i++) {
            if (entry.blockId(i).toString().equals(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int size(Entry entry) {
        return entry.event() instanceof Event.Replied reply
                ? Math.max(1, reply.content().size())
                : 1;
    }

    /// The last link of the chain that counts when what comes after a place doesn't.
    @Nullable String headAt(long to, int blocks) {
        var links = new ArrayDeque<Entry>();
        var cuts = new HashMap<Long, Integer>();
        for (var entry : entries) {
            if (entry.event() instanceof Event.Rewound(long kept, int part)) {
                cut(links, cuts, kept, part);
            } else if (foreign.containsKey(entry.number()) || LineWriter.linked(entry.event())) {
                links.addLast(entry);
            }
        }
        cut(links, cuts, to, blocks);
        var last = links.peekLast();
        return last == null ? null : link(last, cuts.getOrDefault(last.number(), 0));
    }

    private static void cut(ArrayDeque<Entry> links, Map<Long, Integer> cuts, long to, int blocks) {
        while (!links.isEmpty() && links.getLast().number() > to) {
            cuts.remove(links.removeLast().number());
        }
        if (blocks > 0) {
            cuts.merge(to, blocks, Math::min);
        }
    }

    private String link(Entry entry, int blocks) {
        var names = foreign.getOrDefault(entry.number(), List.of());
        if (!names.isEmpty()) {
            return names.stream()
                    .filter(name -> blocks == 0 || name.blocks() <= blocks)
                    .reduce(names.getFirst(), (a, b) -> b)
                    .uuid();
        }
        return link(entry.id(), size(entry), blocks);
    }

    /// The name of the last of `blocks` blocks of an entry that has `size`.
    static String link(UUID entry, int size, int blocks) {
        int last = blocks == 0 ? size : Math.min(size, blocks);
        return Entry.blockId(entry, last - 1).toString();
    }
}
