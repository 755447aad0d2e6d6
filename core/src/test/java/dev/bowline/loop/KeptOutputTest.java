package dev.bowline.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptOutputTest {
    private static final String SECRET = "key-1234\u00e9";

    @TempDir private Path folder;

    private String hidden(String text) throws IOException {
        var file = folder.resolve("call_1-1.output");
        Files.writeString(file, text);
        new KeptOutput(List.of(SECRET, "word5678")).hide(folder, "call_1");
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void secretsAreWrittenOverAndTheRestStays() throws IOException {
        assertEquals(
                "a [secret]** b [secret] c\n[secret]**",
                hidden("a " + SECRET + " b word5678 c\n" + SECRET));
        assertEquals("", hidden(""));
        assertEquals("key", hidden("key"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-12, -9, -5, -1, 0, 1})
    void theyAreFoundWhereverTheyStandInALongFile(int offset) throws IOException {
        for (int windows = 1; windows < 3; windows++) {
            var before = "x".repeat((windows << 20) + offset);
            assertEquals(before + "[secret]**" + "y", hidden(before + SECRET + "y"));
        }
    }

    @Test
    void filesOfOtherCallsAreLeftAlone() throws IOException {
        var other = Files.writeString(folder.resolve("call_2-1.output"), SECRET);
        hidden("");
        assertEquals(SECRET, Files.readString(other));
    }

    @Test
    void aFolderThatIsNotThereIsNoTrouble() {
        new KeptOutput(List.of(SECRET)).hide(folder.resolve("none"), "");
    }
}
