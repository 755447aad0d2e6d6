package dev.bowline.transcript.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where sessions lie below a config directory: `projects/<project key>/<session id>.jsonl`, as the
/// official tools have it. Only the owner may read what is made here.
public record Folders(Path config) {
    private static final int KEY_LIMIT = 200;

    /// The name of a working directory's folder: its real path, every character that isn't an ASCII
    /// letter or digit replaced by `-`; beyond 200 characters cut and followed by a hash.
    public static String projectKey(Path directory) {
        var path = Normalizer.normalize(real(directory).toString(), Normalizer.Form.NFC);
        var key = path.replaceAll("[^a-zA-Z0-9]", "-");
        return key.length() <= KEY_LIMIT
                ? key
                : key.substring(0, KEY_LIMIT)
                        + "-"
                        + Long.toString(Math.abs((long) path.hashCode()), 36);
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException gone) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /// The folder for sessions of `directory`; may not exist yet.
    public Path project(Path directory) {
        return config.resolve("projects").resolve(projectKey(directory));
    }

    /// All folders with sessions of `directory`: for long names also those that another runtime has
    /// given another hash.
    public List<Path> projects(Path directory) {
        var project = project(directory);
        var name = String.valueOf(project.getFileName());
        if (name.length() <= KEY_LIMIT) {
            return Files.isDirectory(project) ? List.of(project) : List.of();
        }
        var start = name.substring(0, KEY_LIMIT + 1);
        return projects().stream()
                .filter(path -> String.valueOf(path.getFileName()).startsWith(start))
                .toList();
    }

    /// All folders with sessions.
    public List<Path> projects() {
        var all = new ArrayList<Path>();
        var root = config.resolve("projects");
        if (!Files.isDirectory(root)) {
            return all;
        }
        DirectoryStream.Filter<Path> folders = Files::isDirectory;
        try (var stream = Files.newDirectoryStream(root, folders)) {
            stream.forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /// The file of a session, in whatever project it lies.
    public Optional<Path> find(String session) {
        return projects().stream()
                .map(project -> project.resolve(session + ".jsonl"))
                .filter(file -> Files.exists(file))
                .findFirst();
    }

    /// Makes a folder and what is missing above it.
    public static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            make(parent);
        }
        try {
            Files.createDirectory(folder, attributes(folder, "rwx------"));
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(folder)) {
                throw raced;
            }
        }
    }

    /// Makes an empty file.
    ///
    /// @throws FileAlreadyExistsException if there is one
    public static void makeFile(Path file) throws IOException {
        Files.createFile(file, attributes(file, "rw-------"));
    }

    private static FileAttribute<?>[] attributes(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }

    /// Gives the files of one folder a second name in another, which is made; nothing if there are
    /// none.
    public static void linkAll(Path from, Path to) {
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.newDirectoryStream(from)) {
            make(to);
            for (var file : files) {
                Files.createLink(to.resolve(file.getFileName()), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes a file or a folder with everything in it, without following links.
    public static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(path)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
