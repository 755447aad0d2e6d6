package dev.bowline.project;

import dev.bowline.permission.PermissionUpdate.Behavior;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A machine with an operator, a user and a folder, below a temporary one. `work`, `home` and `etc`
/// are its parts.
final class Desk {
    final Path root;
    final Path work;
    final Path home;

    Desk(Path root) {
        try {
            this.root = root.toRealPath();
            this.work = Files.createDirectories(this.root.resolve("work"));
            this.home = Files.createDirectories(this.root.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same in a folder of its own below `root`.
    Desk(Path root, String name) {
        this(made(root.resolve(name)));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Places places() {
        return places(work);
    }

    Places places(Path folder) {
        return new Places(
                List.of(root.resolve("etc/claude-code"), root.resolve("etc/bowline")),
                home.resolve(".claude"),
                home.resolve(".bowline"),
                home.resolve(".claude.json"),
                home,
                folder);
    }

    /// Writes a file; `'` stands for `"`, and `¶` for a line feed.
    Desk file(String name, String text) {
        return bytes(
                name,
                text.replace('\'', '"')
                        .replace('¶', '\n')
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Desk bytes(String name, byte[] bytes) {
        try {
            var path = root.resolve(name);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk folder(String name) {
        try {
            Files.createDirectories(root.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Settings load() {
        return load(options -> {});
    }

    Settings load(Consumer<LoadOptions> how) {
        return Settings.load(places(), how);
    }

    /// With everything in the folder trusted.
    Settings trusted() {
        return load(options -> options.trusting(Trusting.ALL));
    }

    static String rules(Settings settings, Behavior behavior) {
        return String.join(
                " ",
                settings.rules().stream()
                        .filter(rule -> rule.behavior() == behavior)
                        .map(rule -> rule.rule().toString())
                        .toList());
    }
}
