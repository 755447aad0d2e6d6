package dev.bowline.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Files that tools keep beside a session: what programs have written as it came. Secrets in them
/// are written over in place, with as many characters, as somebody may still be writing.
final class KeptOutput {
    /// So much is looked at at once.
    private static final int WINDOW = 1 << 20;

    private static final String REPLACED = "[secret]";

    private final List<byte[]> values;
    private final int longest;

    /// @param values each of at least eight characters
    KeptOutput(List<String> values) {
        this.values = values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
        this.longest = this.values.stream().mapToInt(value -> value.length).max().orElse(0);
    }

    /// Whether there is nothing to hide.
    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Hides them in the files of a folder, if there is one, whose names begin with `prefix`. A
    /// file that can't be changed stays as it is.
    void hide(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(this::hide);
        } catch (IOException gone) {
            return;
        }
    }

    private void hide(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(WINDOW + longest);
            long at = 0;
            while (read(channel, buffer, at) >= longest || at == 0) {
                hide(channel, buffer, at);
                if (buffer.position() < buffer.capacity()) {
                    return;
                }
                at += WINDOW;
            }
        } catch (IOException locked) {
            return;
        }
    }

    private static int read(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        int got = 0;
        while (got >= 0 && buffer.hasRemaining()) {
            got = channel.read(buffer, at + buffer.position());
        }
        return buffer.position();
    }

    private void hide(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        var text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
        for (var value : values) {
            var wanted = new String(value, StandardCharsets.ISO_8859_1);
            for (int i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + 1)) {
                channel.write(ByteBuffer.wrap(instead(value.length)), at + i);
            }
        }
    }

    private static byte[] instead(int length) {
        return (REPLACED + "*".repeat(Math.max(0, length - REPLACED.length())))
                .substring(0, length)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
