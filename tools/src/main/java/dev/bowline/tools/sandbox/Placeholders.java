package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Empty folders that stand where a protected file or folder is missing, so that something can be
/// mounted over them and nobody in a sandbox can make the real one. Shared by commands that run at
/// the same time, removed with the last of them; one that is not empty any more stays.
final class Placeholders implements AutoCloseable {
    private static final Map<Path, Integer> HELD = new HashMap<>();

    private final List<Path> own = new ArrayList<>();
    private final List<Path> forbidden = new ArrayList<>();

    /// Whether the path is a placeholder from now on; otherwise there is something of its own.
    boolean hold(Path path) throws IOException {
        synchronized (HELD) {
            int holders = HELD.getOrDefault(path, 0);
            if (holders == 0) {
                try {
                    Files.createDirectory(path);
                } catch (FileAlreadyExistsException real) {
                    return false;
                }
            }
            HELD.put(path, holders + 1);
            own.add(path);
            return true;
        }
    }

    /// A file that nothing can be mounted over is removed afterwards instead, if it is new.
    void forbid(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            forbidden.add(path);
        }
    }

    /// Those of this command.
    List<Path> held() {
        return List.copyOf(own);
    }

    /// Whether somebody holds it.
    static boolean isHeld(Path path) {
        synchronized (HELD) {
            return HELD.containsKey(path);
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            for (var path : own) {
                int left = HELD.getOrDefault(path, 1) - 1;
                if (left > 0) {
                    HELD.put(path, left);
                } else {
                    HELD.remove(path);
                    remove(path);
                }
            }
            own.clear();
            forbidden.forEach(Placeholders::remove);
            forbidden.clear();
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUse) {
            return;
        }
    }
}
