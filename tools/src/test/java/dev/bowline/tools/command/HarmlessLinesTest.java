package dev.bowline.tools.command;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmlessLinesTest {
    private static final String RUN_EACH =
            "for line; do timeout 2 bash -c \"$line\" </dev/null >/dev/null 2>&1; done";

    @TempDir Path folder;

    @Test
    void whatNeedsNoPermissionChangesNothing() throws Exception {
        var yard = Yard.in(folder);
        Files.delete(yard.project().resolve(".git/config"));
        Files.delete(yard.project().resolve(".git"));
        var lines =
                Yard.table("free")
                        .filter(line ->
                                !line.matches("(?s).*(-f -n|sleep|ersion|mvn|tput|nohup).*"))
                        .toList();
        var before = snapshot(folder);
        var words = new ArrayList<>(List.of("bash", "-c", RUN_EACH, "bash"));
        words.addAll(lines);
        var process =
                new ProcessBuilder(words)
                        .directory(yard.project().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().put("HOME", yard.home().toString());
        var running = process.start();
        assertTrue(running.waitFor(120, TimeUnit.SECONDS));
        assertEquals(before, snapshot(folder));
    }

    private static Map<String, String> snapshot(Path folder) throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                all.put(
                        folder.relativize(file).toString(),
                        plain ? Files.readString(file) : String.valueOf(Files.isDirectory(file)));
            }
        }
        return all;
    }
}
