package dev.bowline.tools.file;

import dev.bowline.tools.path.Folder;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Looks at files under their real paths, without following a link that has come since.
final class OpenFile {
    private OpenFile() {}

    /// The content of a file.
    ///
    /// @throws FileProblem if a link is on the way
    static InputStream read(Path real) throws IOException {
        try (var folder = folder(real)) {
            var channel = folder.read(real.getFileName());
            return new FilterInputStream(Channels.newInputStream(channel)) {};
        } catch (Folder.MovedException moved) {
            throw moved(real);
        }
    }

    /// The attributes of a file, or of a link that has its name.
    ///
    /// @throws FileProblem if a link is on the way
    static BasicFileAttributes attributes(Path real) throws IOException {
        if (real.getFileName() == null) {
            return java.nio.file.Files.readAttributes(real, BasicFileAttributes.class);
        }
        try (var folder = folder(real)) {
            return folder.attributes(real.getFileName())
                    .orElseThrow(() -> new NoSuchFileException(real.toString()));
        } catch (Folder.MovedException moved) {
            throw moved(real);
        }
    }

    private static Folder folder(Path real) throws IOException {
        var parent = real.getParent();
        if (parent == null) {
            throw new FileProblem("EISDIR: " + real + " is a directory, not a file.");
        }
        return Folder.open(parent);
    }

    static FileProblem moved(Path real) {
        return new FileProblem(
                "The path " + real + " leads elsewhere now than when it was checked; try again.");
    }
}
