package dev.bowline.cli.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
    @TempDir private Path folder;
    private Yard yard;

    @BeforeEach
    void aProject() throws IOException {
        yard = Yard.in(folder.toRealPath());
    }

    @AfterEach
    void noLinkLeadsOut() throws IOException {
        yard.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files.txt",
                "paths-more.txt",
                "shell-read.txt",
                "shell-rules.txt",
                "shell-deny.txt",
                "shell-ordinary.txt",
                "shell-hostile.txt",
                "shell-numbers.txt",
                "shell-week.txt",
                "urls.txt",
                "rules.txt"
            })
    void everyCaseIsDecidedAsWanted(String name) {
        var judge = new Judge();
        var wrong = new ArrayList<String>();
        var cases = Corpus.read(name).lines();
        assertTrue(!cases.isEmpty());
        for (var line : cases) {
            var ruling = judge.decide(line.in(yard.project(), yard.home()));
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
