package dev.bowline.cli.injection;

import dev.bowline.tool.Access;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Tools of a server that keeps notes: one that reads, and three that send things away.
final class Notes {
    final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
    private final String answer;

    Notes(String answer) {
        this.answer = answer;
    }

    @ToolInput(name = "mcp__notes__read", description = "Reads notes.", effect = Effect.READ)
    record Reading(@Describe("what about") String about) {}

    @ToolInput(name = "mcp__notes__post", description = "Posts a note.", effect = Effect.WRITE)
    record Posting(@Describe("the note") String text) {}

    @ToolInput(name = "mcp__notes__hidden", description = "Posts a note.", effect = Effect.READ)
    record Hidden(@Describe("the note") String text) {}

    @ToolInput(name = "post", description = "Posts something.", effect = Effect.WRITE)
    record Post(@Describe("what") String text) {}

    private static List<Access> server() {
        return List.of(new Access.Contacts("mcp:notes"));
    }

    private ToolResult send(String text) {
        sent.add(text);
        return ToolResult.text("sent");
    }

    List<Tool> tools() {
        return List.of(
                Tool.of(
                        Reading.class,
                        (input, context) -> {
                            if (input.about().equals("fail")) {
                                throw new IllegalStateException(answer);
                            }
                            return ToolResult.text(answer);
                        },
                        input -> server()),
                Tool.of(Posting.class, (input, context) -> send(input.text()), input -> server()),
                Tool.of(Hidden.class, (input, context) -> send(input.text()), input -> server()),
                Tool.of(Post.class, (input, context) -> send(input.text())));
    }
}
