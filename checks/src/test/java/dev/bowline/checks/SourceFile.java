package dev.bowline.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A text file of the repository.
///
/// @param path from the root, with slashes
record SourceFile(String path, List<String> lines) {
    static SourceFile read(Path root, Path path) {
        try {
            var text = new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
            return new SourceFile(path.toString().replace('\\', '/'), text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMainJava() {
        return isJava() && path.contains("/src/main/java/");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }
}
