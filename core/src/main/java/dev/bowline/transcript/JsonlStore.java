package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.transcript.disk.Disk;
import dev.bowline.transcript.disk.Flusher;
import dev.bowline.transcript.disk.Folders;
import dev.bowline.transcript.disk.IndexFile;
import dev.bowline.transcript.disk.SessionLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Transcripts as files, one JSON object a line, laid out as the official tools lay theirs out:
/// `<config directory>/projects/<project key>/<session id>.jsonl`, readable by their owner only.
/// Sessions written by the official engine can be opened, and ours can be read by its helpers.
///
/// One writer per session in the whole machine; a crash of the process loses nothing that was
/// acknowledged, whatever it interrupted; see [Durability] for loss of power. Format and recovery
/// are described in `docs/transcripts.md`. Files that other programs append to while nobody here
/// writes are fine. On a network file system the lock is as good as that system's locks.
public final class JsonlStore implements SessionStore {
    /// A first append is not larger.
    private static final long LEFTOVER = 4 << 20;

    private final Folders folders;
    private final Durability durability;
    private final Disk disk;
    private final @Nullable Mirror mirror;
    private final Flusher flusher = new Flusher();
    private final Map<SessionId, JsonlLog> open = new ConcurrentHashMap<>();
    private final LineBuffers buffers = new LineBuffers();

    /// Sees what is written, for those who keep a copy elsewhere.
    @FunctionalInterface
    public interface Mirror {
        /// Lines were added to a file and are as durable as the store promises: whole lines without
        /// their line feed, in order, exactly as written. Called before the append returns, on its
        /// thread; what it throws is dropped, because the append has happened.
        void appended(Path file, List<String> lines);
    }

    /// The default: [Durability#PERIODIC].
    public JsonlStore(Path configDirectory) {
        this(configDirectory, Durability.PERIODIC);
    }

    public JsonlStore(Path configDirectory, Durability durability) {
        this(configDirectory, durability, Disk.REAL, null);
    }

    /// The same, with somebody who sees every line that is written: appends, whole forks, and what
    /// is repeated when a session is closed.
    public JsonlStore(Path configDirectory, Durability durability, Mirror mirror) {
        this(configDirectory, durability, Disk.REAL, mirror);
    }

    JsonlStore(Path configDirectory, Durability durability, Disk disk) {
        this(configDirectory, durability, disk, null);
    }

    private JsonlStore(
            Path configDirectory, Durability durability, Disk disk, @Nullable Mirror mirror) {
        this.mirror = mirror;
        this.folders = new Folders(configDirectory.toAbsolutePath());
        this.durability = durability;
        this.disk = disk;
    }

    /// Where a user's sessions lie: `BOWLINE_CONFIG_DIR`, else `CLAUDE_CONFIG_DIR`, else `.claude`
    /// in the home directory. Empty variables count as not set.
    public static Path configDirectory(Map<String, String> environment, Path home) {
        for (var name : List.of("BOWLINE_CONFIG_DIR", "CLAUDE_CONFIG_DIR")) {
            var value = environment.getOrDefault(name, "");
            if (!value.isBlank()) {
                return Path.of(value);
            }
        }
        return home.resolve(".claude");
    }

    @Override
    public Log create(SessionId id, Path directory) {
        var file = folders.project(directory).resolve(id + ".jsonl");
        var lock = SessionLock.reserve(lockFile(file));
        if (lock == null) {
            throw StoreErrors.exists(id);
        }
        var log = new JsonlLog(this, id, file, lock, directory.toAbsolutePath());
        if (open.putIfAbsent(id, log) != null) {
            lock.close();
            throw StoreErrors.exists(id);
        }
        var found = Files.exists(file) ? Optional.of(file) : folders.find(id.value());
        if (found.isPresent() && !isLeftover(id, found.get())) {
            log.close();
            throw StoreErrors.exists(id);
        }
        return log;
    }

    /// Whether a file holds nothing but what a process left that ended in its first append.
    static boolean isLeftover(SessionId id, Path file) {
        return file.toFile().length() <= LEFTOVER
                && TranscriptReader.read(id, bytes(file)).goodLength() == 0;
    }

    @Override
    public Log open(SessionId id) {
        return open(id, file(id), null);
    }

    /// `known` is what the file says if nobody has written to it.
    private Log open(SessionId id, Path file, TranscriptReader.@Nullable Loaded known) {
        var lock = lock(id, file);
        try {
            var log = new JsonlLog(this, id, file, lock, known);
            open.put(id, log);
            return log;
        } catch (IOException e) {
            lock.close();
            throw e instanceof java.nio.file.AccessDeniedException
                    ? StoreErrors.unreadable(file, e)
                    : StoreErrors.unwritable(file, e);
        } catch (BowlineException e) {
            lock.close();
            throw e;
        }
    }

    private static SessionLock lock(SessionId id, Path file) {
        var lock = SessionLock.reserve(lockFile(file));
        if (lock == null) {
            throw StoreErrors.inUse(id, OptionalLong.of(ProcessHandle.current().pid()));
        }
        OptionalLong holder;
        try {
            holder = lock.lock();
        } catch (IOException e) {
            lock.close();
            throw StoreErrors.unwritable(lockFile(file), e);
        }
        if (holder.isPresent()) {
            lock.close();
            throw StoreErrors.inUse(id, holder);
        }
        return lock;
    }

    private static Path lockFile(Path file) {
        var name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - 6) + ".lock");
    }

    @Override
    public Log fork(SessionId parent, long number, SessionId id) {
        var file = file(parent);
        var bytes = bytes(file);
        var loaded = TranscriptReader.read(parent, bytes);
        if (loaded.goodLength() == 0) {
            throw StoreErrors.notFound(parent);
        }
        var target = file.resolveSibling(id + ".jsonl");
        var copy = SessionCopy.ofStart(parent, id, bytes, loaded, number);
        place(copy, target);
        Folders.linkAll(copies(file, parent), copies(file, id));
        tell(target, copy.bytes(), copy.bytes().length);
        return open(id, target, copy.loaded());
    }

    private static Path copies(Path file, SessionId id) {
        return JsonlLog.results(file, id).resolve(SavedFile.FOLDER);
    }

    private void place(SessionCopy copy, Path target) {
        var id = copy.id();
        var found = folders.find(id.value());
        if (open.containsKey(id) || found.isPresent() && !isLeftover(id, found.get())) {
            throw StoreErrors.exists(id);
        }
        copy.place(target);
    }

    @Override
    public List<Entry> read(SessionId id) {
        return loaded(id).entries();
    }

    @Override
    public Optional<Position> find(SessionId id, UUID name) {
        return loaded(id).links().find(name.toString());
    }

    /// What is wrong with a session's file, one sentence each; empty if nothing is. None of it
    /// keeps the session from being used.
    public List<String> warnings(SessionId id) {
        return loaded(id).warnings();
    }

    private TranscriptReader.Loaded loaded(SessionId id) {
        var loaded = TranscriptReader.read(id, bytes(file(id)));
        if (loaded.goodLength() == 0) {
            throw StoreErrors.notFound(id);
        }
        return loaded;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StoreErrors.unreadable(file, e);
        }
    }

    /// Where a session is stored.
    public Path file(SessionId id) {
        try {
            return folders.find(id.value()).orElseThrow(() -> StoreErrors.notFound(id));
        } catch (UncheckedIOException e) {
            throw StoreErrors.unreadable(folders.config(), e);
        }
    }

    /// Where a session is stored, or will be if it works in `directory`.
    public Path file(SessionId id, Path directory) {
        return folders.find(id.value())
                .orElseGet(() -> folders.project(directory).resolve(id.value() + ".jsonl"));
    }

    /// Newest first; `directory` means the sessions that were started there, or whose directory has
    /// the same project key. Reads the index of each folder and what has changed since; of files
    /// larger than 128 KiB only beginning and end, so that the number of turns of one that another
    /// program has written is a lower bound.
    @Override
    public List<SessionSummary> list(Optional<Path> directory) {
        var all = new ArrayList<SessionSummary>();
        try {
            var projects = directory.map(folders::projects).orElseGet(folders::projects);
            for (var project : projects) {
                all.addAll(new SessionLister(project, open).list());
            }
        } catch (UncheckedIOException e) {
            throw StoreErrors.unreadable(folders.config(), e);
        }
        all.sort(Comparator.comparing(SessionSummary::modified).reversed());
        return all;
    }

    @Override
    public void delete(SessionId id) {
        var file = file(id);
        var lock = lock(id, file);
        try {
            Folders.remove(file);
            Folders.remove(file.resolveSibling(id.value()));
        } catch (IOException e) {
            throw StoreErrors.unwritable(file, e);
        } finally {
            lock.close();
        }
    }

    /// Removes sessions whose file has not changed for `age`, but none that anybody writes. Returns
    /// what was removed.
    public List<SessionId> deleteOlderThan(Duration age) {
        var limit = Instant.now().minus(age);
        var gone = new ArrayList<SessionId>();
        for (var session : list(Optional.empty())) {
            var file = file(session.id());
            if (!file.toFile().exists()
                    || file.toFile().lastModified() > limit.toEpochMilli()
                    || SessionLock.isHeld(lockFile(file))) {
                continue;
            }
            delete(session.id());
            gone.add(session.id());
        }
        return gone;
    }

    /// Writes the lines of a session as they are, without a torn end. Full tool results are not
    /// part of it.
    public void exportTo(SessionId id, OutputStream out) {
        var file = file(id);
        var bytes = bytes(file);
        var loaded = TranscriptReader.read(id, bytes);
        try {
            out.write(bytes, 0, (int) loaded.goodLength());
            if (loaded.newline()) {
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the export of session " + id, e);
        }
    }

    /// Stores a transcript as session `id` that works in `directory`. Its messages keep their
    /// names.
    ///
    /// @throws dev.bowline.error.BowlineException `store_unreadable` if it isn't a transcript,
    ///   `session_exists` if there is a session `id`
    public void importFrom(InputStream transcript, SessionId id, Path directory) {
        byte[] bytes;
        try {
            bytes = transcript.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the transcript to import", e);
        }
        var target = folders.project(directory).resolve(id + ".jsonl");
        place(SessionCopy.ofExport(id, bytes), target);
        move(id, target, directory.toAbsolutePath().toString());
    }

    private void move(SessionId id, Path file, String directory) {
        try (var log = open(id, file, null)) {
            var last = log.entries().getLast();
            log.append(
                    List.of(
                            new Entry(
                                    last.number() + 1,
                                    UUID.randomUUID(),
                                    last.at(),
                                    new Event.DirectoryChanged(directory))));
        }
    }

    @Override
    public void close() {
        List.copyOf(open.values()).forEach(JsonlLog::close);
        flusher.close();
    }

    boolean isMirrored() {
        return mirror != null;
    }

    /// Tells the mirror of lines; a line feed before the first one ends a line that was there.
    void tell(Path file, byte[] lines, int length) {
        if (mirror == null || length == 0) {
            return;
        }
        var text = new String(lines, 0, length, StandardCharsets.UTF_8);
        try {
            mirror.appended(file, text.lines().filter(line -> !line.isEmpty()).toList());
        } catch (RuntimeException dropped) {
            // the lines are stored; whoever mirrors them has to cope
        }
    }

    Disk disk() {
        return disk;
    }

    Durability durability() {
        return durability;
    }

    Flusher flusher() {
        return flusher;
    }

    IndexFile index(Path file) {
        return new IndexFile(file.resolveSibling(IndexFile.NAME));
    }

    void closed(SessionId id, JsonlLog log) {
        open.remove(id, log);
    }

    LineBuffers buffers() {
        return buffers;
    }
}
