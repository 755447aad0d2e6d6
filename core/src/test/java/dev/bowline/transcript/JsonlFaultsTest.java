package dev.bowline.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.transcript.disk.Disk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a file store does when files, disks and other programs misbehave.
class JsonlFaultsTest extends JsonlCase {
    @Test
    void everyPrefixOfAnAppendIsAllOrNothingAndTheNextAppendWorks() throws Exception {
        var all = Samples.entries();
        var first = all.subList(0, 3);
        var file = written(first);
        byte[] before = Files.readAllBytes(file);
        try (var store = store();
                var log = store.open(ID)) {
            log.append(all.subList(3, 10));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = before.length; length <= whole.length; length += 61) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (var store = store();
                    var log = store.open(ID)) {
                int kept = log.entries().size();
                assertTrue(kept == 3 || kept == 10 && length > whole.length - 300, "at " + length);
                log.append(tags(kept + 1L));
                assertEquals(kept + 1, store.read(ID).size());
                assertEquals(List.of(), store.warnings(ID), "at " + length);
            }
        }
    }

    @Test
    void aTailOfZerosAfterALossOfPowerIsCutOff() throws Exception {
        var file = written(tags(1, 2));
        long good = Files.size(file);
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);
        try (var store = store();
                var log = store.open(ID)) {
            assertEquals(tags(1, 2), log.entries());
            assertEquals(good, Files.size(file));
            log.append(tags(3));
            assertEquals(tags(1, 2, 3), store.read(ID));
        }
    }

    @Test
    void aBrokenLineInsideIsSteppedOverAndReported() throws Exception {
        var file = written(tags(1, 2, 3));
        var lines = Files.readAllLines(file);
        lines.set(1, "{\"type\":\"tag\" #broken");
        Files.write(file, lines);
        try (var store = store();
                var log = store.open(ID)) {
            var entries = log.entries();
            assertEquals(3, entries.size());
            assertEquals(
                    new Event.Unknown(Json.of("{\"type\":\"tag\" #broken")),
                    entries.get(1).event());
            assertEquals(tags(3).getFirst(), entries.get(2));
            assertTrue(store.warnings(ID).getFirst().contains("line 2"));
            log.append(tags(4));
            assertEquals(4, store.read(ID).size());
            assertTrue(Files.readString(file).contains("#broken"));
        }
    }

    @Test
    void aFullDiskRefusesTheAppendAndLaterAppendsWork() throws Exception {
        var broken = new Broken();
        try (var store = new JsonlStore(scratch.resolve("config"), Durability.ALWAYS, broken);
                var log = store.create(ID, scratch)) {
            log.append(tags(1));
            broken.room = 10;
            fails(ErrorCode.STORE_FULL, () -> log.append(tags(2)));
            fails(ErrorCode.STORE_FULL, () -> log.append(tags(2)));
            assertEquals(tags(1), store.read(ID));
            assertEquals(List.of(), store.warnings(ID));
            broken.room = Integer.MAX_VALUE;
            log.append(tags(2));
            broken.syncs = false;
            fails(ErrorCode.STORE_UNWRITABLE, () -> log.append(tags(3)));
            assertEquals(tags(1, 2), store.read(ID));
            broken.syncs = true;
            log.append(tags(3));
            assertEquals(tags(1, 2, 3), store.read(ID));
        }
    }

    @Test
    void whatCannotBeTruncatedAtOnceIsTruncatedBeforeTheNextAppend() throws Exception {
        var broken = new Broken();
        try (var store = new JsonlStore(scratch.resolve("config"), Durability.PROCESS, broken);
                var log = store.create(ID, scratch)) {
            log.append(tags(1));
            broken.room = 10;
            broken.truncates = false;
            fails(ErrorCode.STORE_FULL, () -> log.append(tags(2)));
            assertEquals(tags(1), store.read(ID));
            broken.room = Integer.MAX_VALUE;
            broken.truncates = true;
            log.append(tags(2));
            assertEquals(tags(1, 2), store.read(ID));
            assertEquals(List.of(), store.warnings(ID));
        }
    }

    /// A disk with so many bytes of room.
    private static final class Broken implements Disk {
        private int room = Integer.MAX_VALUE;
        private boolean truncates = true;
        private boolean syncs = true;

        @Override
        public Appender open(Path file) throws IOException {
            var real = Disk.REAL.open(file);
            return new Appender() {
                @Override
                public void write(byte[] bytes, int length) throws IOException {
                    real.write(bytes, Math.min(room, length));
                    if (length > room) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public long length() {
                    return real.length();
                }

                @Override
                public void truncate(long length) throws IOException {
                    if (!truncates) {
                        throw new IOException("Input/output error");
                    }
                    real.truncate(length);
                }

                @Override
                public void sync() throws IOException {
                    if (!syncs) {
                        throw new IOException("Input/output error");
                    }
                    real.sync();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }

    private static void fails(ErrorCode code, Runnable action) {
        var thrown = assertThrows(BowlineException.class, action::run);
        assertEquals(code, thrown.code(), thrown.getMessage());
    }

    @Test
    void aConfigDirectoryThatIsAFileIsNamed() throws Exception {
        Files.writeString(scratch.resolve("config"), "not a folder");
        try (var store = store();
                var log = store.create(ID, scratch)) {
            var thrown = assertThrows(BowlineException.class, () -> log.append(tags(1)));
            assertEquals(ErrorCode.STORE_UNWRITABLE, thrown.code());
            assertTrue(thrown.getMessage().contains("config"), thrown.getMessage());
        }
    }

    @Test
    void onlyTheOwnerMayRead() throws Exception {
        var file = written(tags(1));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        for (var folder = file.getParent(); !folder.equals(scratch); folder = folder.getParent()) {
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertFalse(left.anyMatch(path -> path.toString().endsWith(".lock")));
        }
    }

    @Test
    void aForkDoesNotBringBackAnAppendThatWasNeverWhole() throws Exception {
        var file = written(tags(1));
        var torn = Files.readString(file).replace("\"n\":1,", "\"n\":2,\"left\":1,");
        Files.writeString(file, torn.replace("t1", "torn"), StandardOpenOption.APPEND);
        Files.writeString(
                file,
                torn.replace("\"left\":1,", "").replace("t1", "t2"),
                StandardOpenOption.APPEND);
        try (var store = store()) {
            var fork = new SessionId("fork");
            store.fork(ID, Long.MAX_VALUE, fork).close();
            var events = store.read(fork).stream().map(Entry::event).toList();
            assertEquals(List.of(new Event.Tagged("t1"), new Event.Tagged("t2")), events);
        }
    }

    @Test
    void aBrokenIndexIsMadeAnew() throws Exception {
        var file = written(Samples.entries());
        var index = file.resolveSibling(".bowline-index");
        try (var store = store()) {
            var listed = store.list(Optional.empty());
            assertEquals(1, listed.size());
            assertTrue(Files.size(index) > 0);
            Files.write(index, new byte[] {1, 2, 3, '\n', '\t', -1, 0});
            assertEquals(listed, store.list(Optional.empty()));
            Files.delete(index);
            assertEquals(listed, store.list(Optional.of(scratch)));
        }
    }

    @Test
    void oldSessionsAreRemovedUnlessSomebodyWritesThem() throws Exception {
        written(tags(1));
        var young = new SessionId("young");
        var busy = new SessionId("busy");
        try (var store = store();
                var log = store.create(busy, scratch)) {
            log.append(tags(1));
            try (var other = store.create(young, scratch)) {
                other.append(tags(1));
            }
            for (var id : List.of(ID, busy)) {
                Files.setLastModifiedTime(store.file(id), FileTime.fromMillis(1));
            }
            assertEquals(List.of(ID), store.deleteOlderThan(Duration.ofDays(30)));
            assertEquals(2, store.list(Optional.empty()).size());
        }
    }

    @Test
    void theConfigDirectoryFollowsTheEnvironment() {
        var home = Path.of("/home/me");
        assertEquals(
                Path.of("/home/me/.claude"),
                JsonlStore.configDirectory(java.util.Map.of("CLAUDE_CONFIG_DIR", ""), home));
        assertEquals(
                Path.of("/a"),
                JsonlStore.configDirectory(
                        java.util.Map.of("BOWLINE_CONFIG_DIR", "/a", "CLAUDE_CONFIG_DIR", "/b"),
                        home));
    }

    @Test
    void anExportCanBeImportedAndSaysTheSame() throws Exception {
        written(Samples.entries());
        var out = new ByteArrayOutputStream();
        var copy = new SessionId("copy");
        try (var store = store()) {
            store.exportTo(ID, out);
            store.importFrom(new ByteArrayInputStream(out.toByteArray()), copy, scratch);
            assertEquals(Samples.entries(), store.read(copy).subList(0, Samples.entries().size()));
            fails(
                    ErrorCode.SESSION_EXISTS,
                    () ->
                            store.importFrom(
                                    new ByteArrayInputStream(out.toByteArray()), copy, scratch));
            for (var text : List.of("", "hello\n", "{\"a\":1}\n", "[1]\n")) {
                fails(
                        ErrorCode.STORE_UNREADABLE,
                        () ->
                                store.importFrom(
                                        new ByteArrayInputStream(
                                                text.getBytes(StandardCharsets.UTF_8)),
                                        new SessionId("no"),
                                        scratch));
            }
        }
    }
}
