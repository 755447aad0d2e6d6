package dev.bowline.tools.path;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An open directory, reached from the root name by name without following a link; what is done in
/// it happens in this very directory, whatever its path means by then. To be closed.
///
/// Where the system has no operations relative to a directory, and below directories that may be
/// entered but not read, paths are checked for links just before they are used instead.
public final class Folder implements AutoCloseable {
    /// A name that was resolved has become a link since.
    public static final class MovedException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        MovedException(Path path) {
            super(path.toString(), null, "leads elsewhere now than when it was checked");
        }
    }

    /// What systems take in a path; other programs could not reach or remove what is deeper.
    private static final int MAX_BYTES = 4_000;

    private final Path path;

    /// The deepest directory that could be opened, or null where there are no such handles.
    private @Nullable SecureDirectoryStream<Path> handle;

    /// The folder seen from the handle; empty when it is the handle's.
    private Path rest = Path.of("");

    private Folder(Path path) {
        this.path = path;
    }

    /// Opens a folder.
    ///
    /// @param real absolute, links resolved
    /// @throws MovedException if a part of it is a link by now
    /// @throws NoSuchFileException if it is missing
    public static Folder open(Path real) throws IOException {
        return open(real, false);
    }

    /// Opens a folder and makes what is missing of it.
    public static Folder make(Path real) throws IOException {
        return open(real, true);
    }

    @SuppressWarnings("StreamResourceLeak") // the folder keeps the handle and closes it
    private static Folder open(Path real, boolean make) throws IOException {
        if (real.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new FileSystemException(
                    real.toString().substring(0, 100) + "…", null, "File name too long");
        }
        var folder = new Folder(real);
        var root = Files.newDirectoryStream(real.getRoot());
        try {
            if (root instanceof SecureDirectoryStream<Path> handle) {
                folder.handle = handle;
                var at = real.getRoot();
                for (var name : real) {
                    at = at.resolve(name);
                    folder.enter(name, at, make);
                }
            } else {
                root.close();
                folder.check();
                if (make) {
                    Files.createDirectories(real);
                }
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void enter(Path name, Path at, boolean make) throws IOException {
        var found = attributes(name);
        if (found.isEmpty() && make) {
            create(name, at);
            found = attributes(name);
        }
        if (found.isEmpty()) {
            throw new NoSuchFileException(at.toString());
        }
        if (found.get().isSymbolicLink()) {
            throw new MovedException(at);
        }
        if (!found.get().isDirectory()) {
            throw new NotDirectoryException(at.toString());
        }
        var before = handle();
        try {
            handle = before.newDirectoryStream(rest.resolve(name), LinkOption.NOFOLLOW_LINKS);
            rest = Path.of("");
            before.close();
        } catch (AccessDeniedException onlyToBePassed) {
            rest = rest.resolve(name);
        } catch (FileSystemException e) {
            throw attributes(name).filter(BasicFileAttributes::isDirectory).isPresent()
                    ? e
                    : new MovedException(at);
        }
    }

    /// Makes a folder in the open directory itself where the system shows it under `/proc`, and by
    /// path elsewhere.
    private void create(Path name, Path at) throws IOException {
        var here = descriptor();
        try {
            Files.createDirectory(here.map(open -> open.resolve(name)).orElse(at));
        } catch (FileAlreadyExistsException madeMeanwhile) {
            return;
        }
    }

    private Optional<Path> descriptor() throws IOException {
        var open = Path.of("/proc/self/fd");
        var key = handle().getFileAttributeView(BasicFileAttributeView.class);
        var wanted = key.readAttributes().fileKey();
        if (wanted == null || !rest.toString().isEmpty() || !Files.isDirectory(open)) {
            return Optional.empty();
        }
        try (var all = Files.newDirectoryStream(open)) {
            for (var one : all) {
                if (Files.exists(one)
                        && wanted.equals(
                                Files.readAttributes(one, BasicFileAttributes.class).fileKey())) {
                    return Optional.of(one);
                }
            }
        } catch (FileSystemException notShown) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private SecureDirectoryStream<Path> handle() {
        if (handle == null) {
            throw new IllegalStateException("there are no directory handles here");
        }
        return handle;
    }

    /// @throws MovedException if the path has a link in it
    private void check() throws IOException {
        if (!Resolved.of(path).real().equals(path)) {
            throw new MovedException(path);
        }
    }

    private Path checked(Path name) throws IOException {
        check();
        return path.resolve(name);
    }

    /// What there is under a name, without following it; empty if nothing is.
    public Optional<BasicFileAttributes> attributes(Path name) throws IOException {
        try {
            return Optional.of(view(name, BasicFileAttributeView.class).readAttributes());
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /// A view of the file under a name, not of what a link there leads to.
    public <V extends FileAttributeView> V view(Path name, Class<V> type) throws IOException {
        return handle != null
                ? handle.getFileAttributeView(rest.resolve(name), type, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(checked(name), type, LinkOption.NOFOLLOW_LINKS);
    }

    /// Opens a file for reading.
    ///
    /// @throws MovedException if it is a link
    public SeekableByteChannel read(Path name) throws IOException {
        Set<java.nio.file.OpenOption> options =
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return handle != null
                    ? handle.newByteChannel(rest.resolve(name), options)
                    : Files.newByteChannel(checked(name), options);
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw attributes(name).filter(BasicFileAttributes::isSymbolicLink).isPresent()
                    ? new MovedException(path.resolve(name))
                    : e;
        }
    }

    /// Makes a new file and opens it for writing.
    public SeekableByteChannel create(Path name, FileAttribute<?>... attributes)
            throws IOException {
        Set<java.nio.file.OpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        return handle != null
                ? handle.newByteChannel(rest.resolve(name), options, attributes)
                : Files.newByteChannel(checked(name), options, attributes);
    }

    /// Renames a file within the folder, atomically, replacing what has the name.
    public void rename(Path from, Path to) throws IOException {
        if (handle != null) {
            handle.move(rest.resolve(from), handle, rest.resolve(to));
        } else {
            Files.move(
                    checked(from),
                    path.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes a file, or a link and not what it leads to.
    public void delete(Path name) throws IOException {
        if (handle != null) {
            handle.deleteFile(rest.resolve(name));
        } else {
            Files.delete(checked(name));
        }
    }

    /// The names in the folder; once only.
    public Iterator<Path> names() throws IOException {
        if (handle != null && rest.toString().isEmpty()) {
            return names(handle).iterator();
        }
        try (var folder = Files.newDirectoryStream(checked(Path.of("")))) {
            return names(folder).iterator();
        }
    }

    private static List<Path> names(DirectoryStream<Path> folder) {
        var names = new ArrayList<Path>();
        folder.forEach(path -> names.add(path.getFileName()));
        return names;
    }

    /// Makes renames last where folders can be synced.
    public void sync() {
        try (var channel =
                handle != null
                        ? handle.newByteChannel(rest.resolve("."), Set.of(StandardOpenOption.READ))
                        : FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        } catch (IOException foldersCannotBeSyncedHere) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        if (handle != null) {
            handle.close();
        }
    }
}
