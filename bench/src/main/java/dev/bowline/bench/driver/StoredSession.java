package dev.bowline.bench.driver;

import dev.bowline.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;

/// A session on disk, made by one process and resumed by another. The store lies in the folder
/// `FILE.store`; `FILE` itself is a copy of the session's file, from which each resume starts
/// again.
final class StoredSession {
    private static final SessionId ID = new SessionId("stored");
    private static final int UNMEASURED = 5;

    private final Service service;
    private final Path copy;
    private final Path folder;
    private final Arguments arguments;
    private final Lines lines;

    StoredSession(Service service, Path file, Arguments arguments, Lines lines) {
        this.service = service;
        this.copy = file;
        this.folder = file.resolveSibling(file.getFileName() + ".store");
        this.arguments = arguments;
        this.lines = lines;
    }

    private Subject subject() {
        return new Subject(service, Stores.onDisk(folder, arguments));
    }

    /// Makes a session of `turns` text turns.
    void make() throws InterruptedException, IOException {
        if (Files.exists(folder)) {
            Stores.remove(folder);
        }
        try (var subject = subject();
                var session = subject.agent().open(ID)) {
            for (int i = 0; i < arguments.number("turns", 10); i++) {
                Subject.turn(session, "question " + i + " [[scenario:text n=5 bytes=20]]");
            }
        }
        Files.copy(sessionFile(), copy, StandardCopyOption.REPLACE_EXISTING);
        lines.say("json", "{\"bytes\":" + Files.size(copy) + "}");
    }

    private Path sessionFile() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(ID + ".jsonl"))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(
                                    "there is no stored session in "
                                            + folder
                                            + "; run the mode mkstore first"));
        }
    }

    /// Opens it and runs one turn, which a new process does cold; then the same again and again.
    void resume() throws InterruptedException, IOException {
        try (var subject = subject()) {
            cold(subject);
            var file = sessionFile();
            restore(file);
            var millis = new double[arguments.number("reps", 10)];
            for (int i = -UNMEASURED; i < millis.length; i++) {
                long began = System.nanoTime();
                try (var session = subject.agent().resume(ID)) {
                    Subject.turn(session, "again [[scenario:text n=5 bytes=20]]");
                    if (i >= 0) {
                        millis[i] = SingleSession.millis(began);
                    }
                }
                restore(file);
            }
            lines.say("json", "{\"warm_ms\":", Lines.array(millis), "}");
        }
    }

    private void cold(Subject subject) throws InterruptedException {
        try (var session = subject.agent().resume(ID)) {
            var first = new AtomicBoolean();
            Subject.turn(
                    session,
                    "again [[scenario:text n=5 bytes=20]]",
                    text -> {
                        if (first.compareAndSet(false, true)) {
                            lines.say("first");
                        }
                    });
            lines.say("result");
        }
    }

    private void restore(Path file) throws IOException {
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
