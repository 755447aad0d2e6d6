package dev.bowline.tools.search;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tools.BuiltinTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file that a rule denies or asks about is not shown by a search that comes upon it.
class DeniedFilesTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void searchesLeaveOutWhatMayNotBeRead(boolean denied, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve(".env"), "KEY=sesame\n");
        Files.writeString(folder.resolve("open.txt"), "KEY=nothing\n");
        var model =
                (dev.bowline.model.Model)
                        (request, events) -> {
                            throw new IllegalStateException("not asked");
                        };
        try (var agent =
                Agent.of(
                        model,
                        a -> {
                            a.directory(folder).tools(BuiltinTools.all());
                            if (denied) {
                                a.deny("Read(.env)");
                            } else {
                                a.ask("Read(.env)");
                            }
                        })) {
            for (var mode : new String[] {"content", "files_with_matches", "count"}) {
                var found =
                        agent.call("Grep", Json.of(Map.of("pattern", "KEY", "output_mode", mode)));
                var text = ContentBlock.text(found.content()) + found.structured();
                assertTrue(text.contains("open.txt"), text);
                assertFalse(text.contains("sesame") || text.contains(".env"), text);
            }
            var listed = agent.call("Glob", Json.of(Map.of("pattern", "**/*")));
            var text = ContentBlock.text(listed.content());
            assertTrue(text.contains("open.txt") && !text.contains(".env"), text);
        }
    }
}
