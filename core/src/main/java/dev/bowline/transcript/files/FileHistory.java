package dev.bowline.transcript.files;

import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SavedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The files that a session has changed, as they were when each prompt was said. Copies lie beside
/// the session, for its newest [#PROMPTS] prompts; of files larger than 50 MiB there are none.
/// Changes by shell commands or other programs are not seen. Safe for any thread.
public final class FileHistory {
    /// Files can be brought back to so many prompts.
    public static final int PROMPTS = 100;

    private static final String UNKNOWN = "No file checkpoint found for this message.";

    /// A save, and how many prompts had been said by then.
    private record Saved(int age, SavedFile file) {}

    private final Copies copies;
    private final List<UUID> prompts = new ArrayList<>();
    private final Map<UUID, UUID> messages = new HashMap<>();
    private final List<Saved> saves = new ArrayList<>();
    private final Set<String> sinceLast = new HashSet<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private boolean tracked;

    /// For a session whose full tool results lie in `results`; see
    /// [dev.bowline.transcript.SessionStore.Log#resultsDirectory].
    public FileHistory(Path results, List<Entry> entries) {
        this.copies = new Copies(results.resolve(SavedFile.FOLDER));
        entries.forEach(this::plus);
    }

    /// Takes note of an entry that was recorded.
    public synchronized void plus(Entry entry) {
        switch (entry.event()) {
            case Event.Prompted e -> {
                messages.put(entry.id(), e.promptId());
                if (tracked && e.source().equals("joined")) {
                    said(e.promptId());
                } else {
                    tracked = false;
                }
            }
            case Event.FilesTracked e -> {
                tracked = true;
                said(e.promptId());
            }
            case Event.FileSaved e -> {
                saves.add(new Saved(prompts.size(), e.file()));
                sinceLast.add(e.file().path());
                versions.merge(e.file().path(), 1, Integer::sum);
            }
            default -> {}
        }
    }

    private void said(UUID promptId) {
        prompts.add(promptId);
        sinceLast.clear();
        prune();
    }

    /// Keeps a file that is about to change for the first time since the last prompt; what is to be
    /// recorded then. Nothing before the first prompt, and for what is no plain file.
    public synchronized Optional<Event> save(Path file) {
        var path = file.toString();
        if (prompts.isEmpty() || sinceLast.contains(path)) {
            return Optional.empty();
        }
        int version = versions.getOrDefault(path, 0) + 1;
        var name = hash(path) + "@v" + version;
        copies.remove(name); // left by a process that ended before it was recorded
        return copies.take(file, name)
                .map(before -> new Event.FileSaved(prompts.getLast(), new SavedFile(path, before)));
    }

    private static String hash(String path) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Brings the files back that have changed since a prompt was said: to what they were then.
    /// `message` is the prompt's id, or that of its entry. Files that did not exist are removed. A
    /// `dryRun` changes nothing. The conversation stays as it is.
    public synchronized FilesRewound rewind(UUID message, boolean dryRun) {
        int at = prompts.lastIndexOf(messages.getOrDefault(message, message));
        if (at < 0 || at < prompts.size() - PROMPTS) {
            return FilesRewound.refused(UNKNOWN);
        }
        var first = new LinkedHashMap<String, SavedFile>();
        for (var save : saves) {
            if (save.age() > at) {
                first.putIfAbsent(save.file().path(), save.file());
            }
        }
        return new Restore(copies, dryRun).all(List.copyOf(first.values()));
    }

    /// Removes copies that nobody can ask for any more.
    private void prune() {
        int oldest = prompts.size() - PROMPTS;
        while (!saves.isEmpty() && saves.getFirst().age() <= oldest) {
            if (saves.removeFirst().file().before() instanceof SavedFile.Copied copy) {
                copies.remove(copy.name());
            }
        }
    }
}
