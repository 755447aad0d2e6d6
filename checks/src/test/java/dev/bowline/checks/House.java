package dev.bowline.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The house that the rules are applied to: its classes by module, and its files.
final class House {
    static final String BASE = "dev.bowline";
    static final List<String> LIBRARIES =
            List.of("core", "anthropic", "project", "tools", "testkit");

    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", "node_modules", ".idea", ".vscode");

    private House() {}

    /// The main classes of some modules, from their folders or jars.
    static JavaClasses classesOf(List<String> modules) {
        var places =
                Pattern.compile(
                        ".*(/(%1$s)/target/classes/|/bowline-(%1$s)-[0-9][^/]*\\.jar!).*"
                                .formatted(String.join("|", modules)));
        return new ClassFileImporter()
                .withImportOption((Location location) -> location.matches(places))
                .importPackages(BASE);
    }

    /// The repository's folder: the nearest one above that holds the launcher.
    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bowline"))
                || !Files.exists(folder.resolve("pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no folder above " + Path.of("").toAbsolutePath() + " holds bowline");
            }
        }
        return folder;
    }

    /// Every file of ours that is text, with its path from the root.
    static List<SourceFile> sources() throws IOException {
        var root = root();
        try (Stream<Path> files =
                Files.find(root, 64, (path, attributes) -> attributes.isRegularFile())) {
            return files.map(root::relativize)
                    .filter(House::isOurs)
                    .sorted()
                    .map(path -> SourceFile.read(root, path))
                    .toList();
        }
    }

    private static boolean isOurs(Path path) {
        for (Path part : path) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        var text = path.toString();
        var name = path.getFileName().toString();
        return !text.contains("src/test/resources/")
                && (!name.contains(".")
                        || name.matches(
                                ".*\\.(java|sh|awk|xml|md|yml|yaml|properties|py|js|html|css)"));
    }
}
