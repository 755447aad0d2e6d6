package dev.bowline.cli.sessions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.output.Style;
import dev.bowline.json.JsonOut;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.TranscriptCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// The commands that are about one session.
final class StoredSessions {
    private final SessionStore store;
    private final Finder finder;
    private final Arguments args;
    private final Console console;
    private final TimeSource time;

    StoredSessions(
            SessionStore store, Finder finder, Arguments args, Console console, TimeSource time) {
        this.store = store;
        this.finder = finder;
        this.args = args;
        this.console = console;
        this.time = time;
    }

    private String operand(int index, String what) {
        var words = args.words();
        if (words.size() <= index) {
            throw new UsageException(what + " is missing; --help shows how the command is written");
        }
        return words.get(index);
    }

    private SessionId session() {
        return finder.find(operand(0, "the session's id"));
    }

    void show() {
        var id = session();
        var entries = store.read(id);
        if (store instanceof JsonlStore files) {
            files.warnings(id).forEach(warning -> console.err().line("bowline: " + warning));
        }
        if (!args.has("--json")) {
            new Story(
                            console.out(),
                            Style.of(console.terminal().out() && console.terminal().colour()))
                    .tell(id, entries);
            return;
        }
        try (var out = JsonOut.toText()) {
            out.beginArray();
            entries.forEach(entry -> out.raw(TranscriptCodec.toJson(entry)));
            out.endArray();
            console.out().line(out.text());
        }
    }

    void fork() {
        var parent = session();
        long last = store.read(parent).size();
        long at = args.number("--at", 1).map(Integer::longValue).orElse(last);
        if (at > last) {
            throw new UsageException(
                    "--at " + at + " is behind the session's last entry, which is " + last);
        }
        var id = SessionId.random();
        store.fork(parent, at, id).close();
        console.out().line(id.value());
    }

    void rename() {
        var id = session();
        var title = String.join(" ", args.words().subList(1, args.words().size()));
        if (title.isBlank()) {
            throw new UsageException("the title is missing: bowline sessions rename ID TITLE");
        }
        try (var log = store.open(id)) {
            long next = log.entries().size() + 1L;
            log.append(
                    List.of(
                            new Entry(
                                    next,
                                    UUID.randomUUID(),
                                    time.now(),
                                    new Event.Renamed(title))));
        }
    }

    int delete() throws InterruptedException {
        var id = session();
        if (!args.has("--yes") && !confirmed(id)) {
            console.err().line("bowline: nothing was deleted");
            return 1;
        }
        store.delete(id);
        return 0;
    }

    private boolean confirmed(SessionId id) {
        if (!console.terminal().asks()) {
            throw new UsageException(
                    "deleting " + id + " needs a yes: add --yes, because nobody can be asked here");
        }
        var title = SessionState.of(store.read(id)).title().orElse("without a title");
        console.err().write("delete session " + id + " (" + title + ")? [y/N] ");
        try {
            var answer =
                    new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
                            .readLine();
            return answer != null
                    && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            return false;
        }
    }

    void export() {
        var entries = store.read(session());
        var text = new StringBuilder();
        entries.forEach(entry -> text.append(TranscriptCodec.toJson(entry)).append('\n'));
        if (args.words().size() < 2 || args.words().get(1).equals("-")) {
            console.out().write(text.toString());
            return;
        }
        var file = console.directory().resolve(args.words().get(1));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException("cannot write " + file + ": " + reason(e));
        }
    }

    void importFile() {
        var name = operand(0, "the file");
        var entries = Exported.read(lines(name), name);
        var id = args.value("--session-id").map(SessionId::new).orElseGet(SessionId::random);
        try (var log = store.create(id, Path.of(directory(entries)))) {
            log.append(entries);
        }
        console.out().line(id.value());
    }

    /// Sessions come home: an imported one belongs to the directory it worked in if that is here.
    private String directory(List<Entry> entries) {
        return SessionState.of(entries)
                .opened()
                .map(Event.Opened::directory)
                .filter(directory -> Files.isDirectory(Path.of(directory)))
                .orElse(console.directory().toString());
    }

    private List<String> lines(String name) {
        try {
            if (name.equals("-")) {
                return text(console.in()).lines().toList();
            }
            return Files.readAllLines(console.directory().resolve(name));
        } catch (IOException e) {
            throw new UsageException("cannot read " + name + ": " + reason(e));
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException any -> "there is no such file";
            case java.nio.file.AccessDeniedException any -> "permission denied";
            case java.nio.charset.MalformedInputException any -> "it is not UTF-8 text";
            case IOException other -> String.valueOf(other.getMessage());
        };
    }
}
