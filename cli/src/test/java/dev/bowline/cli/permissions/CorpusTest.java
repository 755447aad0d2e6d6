package dev.bowline.cli.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
    @TempDir private Path folder;
    private Path project;
    private Path home;

    @BeforeEach
    void aProject() throws IOException {
        var root = folder.toRealPath();
        home = Files.createDirectories(root.resolve("home"));
        project = Files.createDirectories(home.resolve("work/project"));
        Files.createDirectories(project.resolve("src/main"));
        Files.createDirectories(project.resolve(".git"));
        Files.createDirectories(root.resolve("data"));
        for (var name :
                List.of(
                        "README.md", "notes.txt", "package.json", "app.js", "a.tar", "script.sh",
                        "src/Main.java", "src/Other.java", ".env", ".git/config")) {
            Files.writeString(project.resolve(name), "");
        }
        Files.writeString(project.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(home.resolve("work/secret.txt"), "secret");
        Files.createSymbolicLink(project.resolve("out"), Path.of("/etc"));
        Files.createSymbolicLink(project.resolve("inside"), project.resolve("src"));
        Files.createSymbolicLink(project.resolve("link.txt"), home.resolve("work/secret.txt"));
    }

    @AfterEach
    void noLinkLeadsOut() throws IOException {
        Files.delete(project.resolve("out"));
        Files.delete(project.resolve("link.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.txt", "shell-read.txt", "shell-rules.txt", "shell-deny.txt"})
    void everyCaseIsDecidedAsWanted(String name) {
        var judge = new Judge();
        var wrong = new ArrayList<String>();
        var cases = Corpus.read(name).lines();
        assertTrue(!cases.isEmpty());
        for (var line : cases) {
            var ruling = judge.decide(line.in(project, home));
            var got = CheckCommand.decision(ruling.verdict());
            if (!Stream.of(line.want().split("/")).toList().contains(got)) {
                wrong.add(
                        line.number()
                                + ": "
                                + got
                                + " instead of "
                                + line.want()
                                + ": "
                                + line.what()
                                + "   ["
                                + ruling.verdict().decision().reason()
                                + "]");
            }
        }
        assertEquals("", String.join("\n", wrong));
    }
}
