package dev.bowline.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageProgramTest {
    private static String origins(String line) {
        var words = Arrays.stream(line.split(" ")).map(Access.Word::new).toList();
        return String.join(" ", PageProgram.urls(new Access.Runs(line, words, Nature.PLAIN)));
    }

    @ParameterizedTest
    @CsvSource({
        "curl -s https://example.org/a, https://example.org/a",
        "/usr/bin/wget http://example.org, http://example.org",
        "curl example.org, curl",
        "curl, curl",
        "curl http://localhost.example.org/, http://localhost.example.org/",
        "curl http://127.0.0.1.example.org/, http://127.0.0.1.example.org/",
        "curl http://localhost@example.org/, http://localhost@example.org/",
        "curl http://127.0.0.1/ https://example.org, https://example.org",
        "curl http://169.254.169.254/latest, http://169.254.169.254/latest",
    })
    void aProgramThatFetchesAPageBringsWhatStrangersWrote(String line, String origin) {
        assertEquals(origin, origins(line));
    }

    @ParameterizedTest
    @CsvSource({
        "curl http://localhost:8080/health",
        "curl -sf localhost:8080",
        "curl 127.0.0.1/a?b",
        "curl http://[::1]:3000/",
        "http :8080/items",
        "curl --version",
        "git clone https://example.org/a.git",
        "npm install https://example.org/a.tgz",
        "echo https://example.org",
    })
    void ownServersAndOtherProgramsDoNot(String line) {
        assertEquals("", origins(line));
    }

    @Test
    void aProgramOfWhichNothingIsKnownIsNone() {
        assertEquals(List.of(), PageProgram.urls(Access.Runs.unreadable("$(")));
    }
}
