package dev.bowline.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.console.Console.Terminal;
import dev.bowline.cli.console.Lines;
import dev.bowline.cli.prompt.PromptFlags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustQuestionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "y | true | `` | true | true",
                "YES | true | `` | true | true",
                "n | true | `` | true | false",
                "`` | true | `` | true | false",
                "yes please | true | `` | true | false",
                "y | false | `` | false | false",
                "y | true | -p | false | false"
            })
    void onlyAClearYesOfAPersonTrusts(
            String answer,
            boolean terminal,
            String flag,
            boolean asks,
            boolean trusts,
            @TempDir Path root)
            throws IOException {
        var work = Files.createDirectories(root.resolve("work/.claude")).getParent();
        Files.writeString(work.resolve(".claude/settings.json"), "{\"hooks\":{\"Stop\":[{}]}}");
        var in = new ByteArrayInputStream((answer + "\nnext").getBytes(StandardCharsets.UTF_8));
        var err = new ByteArrayOutputStream();
        var console =
                new Console(
                        in,
                        new Lines(new ByteArrayOutputStream()),
                        new Lines(err),
                        Map.of("HOME", root.resolve("home").toString()),
                        work,
                        new Terminal(terminal, terminal, terminal, false));
        var args = PromptFlags.parse(flag.isEmpty() ? List.of() : List.of(flag), warning -> {});
        var settings = TrustQuestion.ask(Configuration.of(args, console), args, console);
        assertEquals(trusts, settings.settings().heldBack().isEmpty());
        assertEquals(asks, err.toString(StandardCharsets.UTF_8).contains("hooks.Stop"));
        assertEquals(trusts, Configuration.of(args, console).settings().heldBack().isEmpty());
        if (asks) {
            assertEquals("next", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } else {
            assertTrue(in.available() > 5);
        }
    }
}
