package dev.bowline.transcript.disk;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Opens files for appending. The real one is [#REAL]; tests hand in one that fails.
@FunctionalInterface
public interface Disk {
    Disk REAL = RealFile::new;

    /// `file` exists.
    Appender open(Path file) throws IOException;

    /// One file open for appending. Nothing here is cut short by an interrupt of the thread: plain
    /// streams, no channels, which an interrupt would close.
    interface Appender extends AutoCloseable {
        /// Writes at the end of the file, also if others have written there.
        void write(byte[] bytes, int length) throws IOException;

        /// The size of the file that has the name now; 0 if it is gone.
        long length();

        void truncate(long length) throws IOException;

        /// Returns once everything written is on the disk.
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// A file of the operating system.
    final class RealFile implements Appender {
        private final File file;
        private final FileOutputStream out;

        private RealFile(Path path) throws IOException {
            file = path.toFile();
            out = new FileOutputStream(file, true);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            out.write(bytes, 0, length);
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void truncate(long length) throws IOException {
            try (var raw = new RandomAccessFile(file, "rw")) {
                raw.setLength(length);
            }
        }

        @Override
        public void sync() throws IOException {
            out.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
