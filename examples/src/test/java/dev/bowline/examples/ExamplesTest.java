package dev.bowline.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example does what it says. What they print through `main` is only looked at where nothing
/// else can be.
class ExamplesTest {
    @Test
    void customTool() throws Exception {
        var model =
                ScriptedModel.saying(
                        ScriptedModel.call(
                                "weather", "{\"city\":\"Oslo\",\"unit\":\"fahrenheit\"}"),
                        ScriptedModel.text("warm"));
        assertEquals("warm", CustomTool.run(model));
        assertTrue(
                model.requests()
                        .get(1)
                        .messages()
                        .toString()
                        .contains("It is 64 degrees in Oslo."));
    }

    @Test
    void askBeforeChanging(@TempDir Path directory) throws Exception {
        var asked = new ArrayList<String>();
        var model =
                ScriptedModel.saying(
                        ScriptedModel.call(
                                "Write", "{\"file_path\":\"docs/a.md\",\"content\":\"a\"}"),
                        ScriptedModel.call("Write", "{\"file_path\":\"b.md\",\"content\":\"b\"}"),
                        ScriptedModel.call("Bash", "{\"command\":\"rm b.md\"}"),
                        ScriptedModel.text("done"));
        AskBeforeChanging.run(
                model,
                directory,
                request -> {
                    asked.add(request.tool() + " " + request.input().asMap().get("file_path"));
                    return new Decision.Allow("test");
                });
        assertEquals(List.of("Write b.md"), asked);
        assertEquals("a", Files.readString(directory.resolve("docs/a.md")));
        assertTrue(Files.exists(directory.resolve("b.md")));
    }

    @Test
    void watchATurn() throws Exception {
        var screen = new StringBuilder();
        WatchATurn.run(ScriptedModel.saying(ScriptedModel.text("a b")), screen::append);
        assertEquals("a b\n[1 model call]\n", screen.toString());
    }

    @Test
    void forkAndRewind() throws Exception {
        var model =
                ScriptedModel.saying(
                        ScriptedModel.text("1"),
                        ScriptedModel.text("2"),
                        ScriptedModel.text("3"),
                        ScriptedModel.text("4"));
        assertEquals(List.of("2", "3", "4"), ForkAndRewind.run(model));
        assertEquals(3, model.requests().get(3).messages().size());
    }

    @Test
    void manyUsers() throws Exception {
        assertEquals(
                20,
                ManyUsers.run(ScriptedModel.answering(request -> ScriptedModel.text("hi")), 20));
    }

    @Test
    void theirMainMethodsRun() throws Exception {
        var out = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            CustomTool.main(new String[0]);
            AskBeforeChanging.main(new String[0]);
            WatchATurn.main(new String[0]);
            ForkAndRewind.main(new String[0]);
            ManyUsers.main(new String[0]);
        } finally {
            System.setOut(out);
        }
        var text = said.toString(StandardCharsets.UTF_8);
        for (var part :
                List.of(
                        "light jacket",
                        "May it run? Write",
                        "fresh notes.md",
                        "a knot that held",
                        "The Patient Bowline",
                        "100 sessions are warm")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
    }
}
