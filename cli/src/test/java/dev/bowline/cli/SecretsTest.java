package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Credentials of the environment get nowhere, whatever brings them.
@Timeout(60)
final class SecretsTest {
    private static final String KEY = "sk-test-0123456789-key";
    private static final String OTHER = "ghp-98765432-token\"\\x";

    @TempDir private Path root;

    /// The files that hold a secret, but for those that the test has written.
    private List<String> leaks(Path work) throws IOException {
        var leaks = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (!file.startsWith(work) && holds(text)) {
                    leaks.add(root.relativize(file) + ": " + text);
                }
            }
        }
        return leaks;
    }

    private static boolean holds(String text) {
        return text.contains(KEY) || text.contains("98765432-token");
    }

    private Cli cli() {
        return Cli.in(root)
                .write("keys.txt", "first " + KEY + "\nthen " + OTHER + "\n")
                .write(KEY + ".md", "name")
                .write("a.ipynb", notebook());
    }

    private static String notebook() {
        return "{\"cells\":[{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":[\""
                + KEY
                + "\"]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}";
    }

    private static String bash(String command) {
        return dev.bowline.json.Json.of(Map.of("command", command)).text();
    }

    @Test
    void noToolBringsThemAnywhere() throws Exception {
        var cli = cli();
        var keys = cli.directory().resolve("keys.txt");
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(
                                toolUse("Read", Map.of("file_path", keys.toString())),
                                toolUse(
                                        "Read",
                                        Map.of(
                                                "file_path",
                                                cli.directory().resolve("a.ipynb").toString())),
                                toolUse(
                                        "Grep",
                                        Map.of("pattern", "first|then", "output_mode", "content")),
                                toolUse("Glob", Map.of("pattern", "**/*")),
                                toolUse("Bash", bash("cat keys.txt; cat keys.txt >&2; exit 3")),
                                toolUse("Bash", bash("env; ls; cat keys.txt nothing")),
                                toolUse(
                                        "Bash",
                                        bash("for i in $(seq 4000); do cat keys.txt; done")),
                                toolUse(
                                        "Edit",
                                        Map.of(
                                                "file_path",
                                                keys.toString(),
                                                "old_string",
                                                "first",
                                                "new_string",
                                                "1st")),
                                toolUse(
                                        "Read",
                                        Map.of(
                                                "file_path",
                                                cli.directory().resolve("no").toString())),
                                text("Done.")))) {
            cli.against(api.baseUrl()).with("ANTHROPIC_API_KEY", KEY).with("GITHUB_TOKEN", OTHER);
            var run =
                    cli.run(
                            "-p",
                            "go",
                            "--permission-mode=bypassPermissions",
                            "--output-format=stream-json",
                            "--verbose",
                            "--include-partial-messages",
                            "--debug",
                            "--debug-file=../debug.txt");
            assertEquals(0, run.code(), run.err());
            assertEquals(List.of(), run.out().lines().filter(SecretsTest::holds).toList());
            assertEquals(List.of(), run.err().lines().filter(SecretsTest::holds).toList());
            assertEquals(List.of(), leaks(cli.directory()));
            assertTrue(run.out().contains("first [secret]"), run.out());
            for (var request : api.requests()) {
                assertTrue(!holds(request.text()), request.text());
            }
        }
    }

    @Test
    void noErrorOfTheServiceShowsThem() throws Exception {
        for (int status : List.of(400, 401, 403, 404, 429, 500, 529)) {
            var cli = cli();
            try (var api =
                    FakeMessagesApi.start(
                            a -> a.reply(error(status, "the key " + KEY + " is wrong")))) {
                cli.against(api.baseUrl()).with("ANTHROPIC_API_KEY", KEY);
                var run = cli.run("-p", "go", "--debug", "--debug-file=../debug.txt");
                assertEquals(1, run.code());
                assertTrue(!holds(run.out() + run.err()), run.err());
                assertEquals(List.of(), leaks(cli.directory()));
            }
        }
    }
}
