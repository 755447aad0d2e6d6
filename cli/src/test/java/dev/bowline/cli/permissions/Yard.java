package dev.bowline.cli.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A home with a project in it, and links of every kind.
record Yard(Path home, Path project) {
    private static final List<String> FILES =
            List.of(
                    "README.md",
                    "notes.txt",
                    "package.json",
                    "app.js",
                    "a.tar",
                    "script.sh",
                    "src/Main.java",
                    "src/Other.java",
                    ".env",
                    ".git/config");

    /// Makes it in a folder without links in its path.
    static Yard in(Path root) throws IOException {
        var home = Files.createDirectories(root.resolve("home"));
        var project = Files.createDirectories(home.resolve("code/project"));
        Files.createDirectories(project.resolve("src/main"));
        Files.createDirectories(project.resolve(".git"));
        Files.createDirectories(root.resolve("data"));
        for (var name : FILES) {
            Files.writeString(project.resolve(name), "");
        }
        Files.writeString(project.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(home.resolve("code/secret.txt"), "secret");
        Files.createSymbolicLink(project.resolve("out"), Path.of("/etc"));
        Files.createSymbolicLink(project.resolve("inside"), project.resolve("src"));
        Files.createSymbolicLink(project.resolve("link.txt"), home.resolve("code/secret.txt"));
        return new Yard(home, project);
    }

    /// Removes what leads out of it, so that it can be deleted.
    void close() throws IOException {
        Files.deleteIfExists(project.resolve("out"));
        Files.deleteIfExists(project.resolve("link.txt"));
    }

    /// Whether a file whose name begins so is anywhere in it.
    boolean holds(String name) throws IOException {
        try (var files = Files.walk(home)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(name));
        }
    }
}
