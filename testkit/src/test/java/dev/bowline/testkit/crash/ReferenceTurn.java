package dev.bowline.testkit.crash;

import dev.bowline.Agent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.model.ModelRequest;
import dev.bowline.permission.PermissionMode;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// The turn that is killed: a call that writes, then two calls at once, one that reads and one that
/// writes, then words. The model decides by what it is shown, so a second process goes on with it.
final class ReferenceTurn {
    static final SessionId ID = new SessionId("reference");

    @ToolInput(name = "note", description = "Adds a line to a file.", effect = Effect.WRITE)
    record Note(@Describe("the line") String line) {}

    @ToolInput(name = "look", description = "Reads the file.", effect = Effect.READ)
    record Look(@Describe("anything") String what) {}

    private ReferenceTurn() {}

    /// `moment` is told `before note a`, `after note a` and so on, on the thread of the tool.
    static Agent agent(SessionStore store, Path side, Consumer<String> moment) {
        var note =
                Tool.of(
                        Note.class,
                        (input, context) -> {
                            moment.accept("before note " + input.line());
                            add(side, input.line());
                            moment.accept("after note " + input.line());
                            return ToolResult.text("noted " + input.line());
                        });
        var look =
                Tool.of(
                        Look.class,
                        (input, context) -> {
                            moment.accept("before look");
                            return ToolResult.text(read(side));
                        });
        return Agent.of(
                ScriptedModel.answering(ReferenceTurn::line),
                a ->
                        a.tools(note, look)
                                .permissionMode(PermissionMode.BYPASS)
                                .store(store)
                                .directory(side.toAbsolutePath().getParent()));
    }

    private static ScriptedModel.Line line(ModelRequest request) {
        long calls =
                request.messages().stream()
                        .flatMap(message -> message.content().stream())
                        .filter(ContentBlock.ToolUse.class::isInstance)
                        .count();
        if (calls == 0) {
            return ScriptedModel.reply(
                    StopReason.TOOL_USE,
                    new ContentBlock.Text("First I note a."),
                    use("toolu_a", "note", "{\"line\":\"a\"}"));
        }
        if (calls == 1) {
            return ScriptedModel.reply(
                    StopReason.TOOL_USE,
                    use("toolu_l", "look", "{\"what\":\"all\"}"),
                    use("toolu_b", "note", "{\"line\":\"b\"}"));
        }
        return ScriptedModel.text("It is all there.");
    }

    private static ContentBlock use(String id, String tool, String input) {
        return new ContentBlock.ToolUse(id, tool, Json.parse(input));
    }

    static void add(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
