package dev.bowline.testkit;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.ModelException;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// A model that says what it was told to say, streams it like a real one, and remembers what it was
/// asked. Ids count up from 1.
///
/// ```java
/// var model = ScriptedModel.saying(
///         ScriptedModel.call("Read", "{\"file_path\":\"a.txt\"}"),
///         ScriptedModel.text("It says hello."));
/// ```
public final class ScriptedModel implements Model {
    /// One answer of the script: says things through `events` and returns the reply, or throws.
    @FunctionalInterface
    public interface Line {
        ModelReply speak(ModelRequest request, int number, Consumer<? super StreamEvent> events)
                throws InterruptedException;
    }

    private final Function<ModelRequest, Line> script;
    private final AtomicInteger count = new AtomicInteger();
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

    private ScriptedModel(Function<ModelRequest, Line> script) {
        this.script = script;
    }

    /// Says these lines one after another; being asked once more is an `IllegalStateException`.
    public static ScriptedModel saying(Line... lines) {
        var left = new ArrayList<>(Arrays.asList(lines));
        return new ScriptedModel(request -> {
            synchronized (left) {
                if (left.isEmpty()) {
                    throw new IllegalStateException(
                            "the script of "
                                    + lines.length
                                    + " lines is over; the model was asked once more");
                }
                return left.removeFirst();
            }
        });
    }

    /// Chooses each line by what is asked.
    public static ScriptedModel answering(Function<ModelRequest, Line> script) {
        return new ScriptedModel(script);
    }

    public static Line text(String text) {
        return reply(StopReason.END_TURN, new ContentBlock.Text(text));
    }

    /// One call. Its id is `toolu_` and the number of the answer.
    public static Line call(String tool, String input) {
        return calls(new String[] {tool, input});
    }

    /// Several calls in one answer, each as tool and input; their ids are `toolu_<answer>_<index>`
    /// for all but the first.
    public static Line calls(String[]... calls) {
        return (request, number, events) -> {
            var blocks = new ArrayList<ContentBlock>();
            for (int i = 0; i < calls.length; i++) {
                var id = "toolu_" + number + (i == 0 ? "" : "_" + i);
                blocks.add(new ContentBlock.ToolUse(id, calls[i][0], Json.parse(calls[i][1])));
            }
            return spoken(request, number, StopReason.TOOL_USE, blocks, events);
        };
    }

    public static Line reply(StopReason reason, ContentBlock... blocks) {
        return (request, number, events) ->
                spoken(request, number, reason, List.of(blocks), events);
    }

    public static Line failure(ModelException failure) {
        return (request, number, events) -> {
            throw failure;
        };
    }

    /// Says `text`, tells `reached`, and then says nothing until it is interrupted.
    public static Line hangingAfter(String text, CountDownLatch reached) {
        return (request, number, events) -> {
            events.accept(
                    new StreamEvent.MessageStarted(
                            "msg_" + number, request.model(), Usage.of(7, 1)));
            events.accept(new StreamEvent.BlockStarted(0, new ContentBlock.Text("")));
            if (!text.isEmpty()) {
                events.accept(new StreamEvent.TextDelta(0, text));
            }
            reached.countDown();
            new CountDownLatch(1).await();
            throw new IllegalStateException("nobody interrupted the model");
        };
    }

    private static ModelReply spoken(
            ModelRequest request,
            int number,
            StopReason reason,
            List<ContentBlock> blocks,
            Consumer<? super StreamEvent> events) {
        var usage = Usage.of(10, 5);
        events.accept(
                new StreamEvent.MessageStarted("msg_" + number, request.model(), Usage.of(10, 1)));
        for (int i = 0; i < blocks.size(); i++) {
            stream(i, blocks.get(i), events);
        }
        events.accept(new StreamEvent.MessageEnding(reason, null, usage));
        events.accept(new StreamEvent.MessageStopped());
        return ModelReply.of("msg_" + number, request.model(), blocks, reason, usage);
    }

    private static void stream(
            int index, ContentBlock block, Consumer<? super StreamEvent> events) {
        switch (block) {
            case ContentBlock.Text text -> {
                events.accept(new StreamEvent.BlockStarted(index, new ContentBlock.Text("")));
                var words = text.text().split("(?<= )");
                Arrays.stream(words)
                        .forEach(word -> events.accept(new StreamEvent.TextDelta(index, word)));
            }
            case ContentBlock.Thinking thinking -> {
                events.accept(
                        new StreamEvent.BlockStarted(index, new ContentBlock.Thinking("", "")));
                events.accept(new StreamEvent.ThinkingDelta(index, thinking.thinking()));
                events.accept(new StreamEvent.SignatureDelta(index, thinking.signature()));
            }
            case ContentBlock.ToolUse use -> {
                events.accept(
                        new StreamEvent.BlockStarted(
                                index,
                                new ContentBlock.ToolUse(use.id(), use.name(), Json.EMPTY_OBJECT)));
                events.accept(new StreamEvent.InputDelta(index, use.input().text()));
            }
            case ContentBlock.Image any -> events.accept(new StreamEvent.BlockStarted(index, any));
            case ContentBlock.Document any ->
                    events.accept(new StreamEvent.BlockStarted(index, any));
            case ContentBlock.RedactedThinking any ->
                    events.accept(new StreamEvent.BlockStarted(index, any));
            case ContentBlock.ToolResult any ->
                    events.accept(new StreamEvent.BlockStarted(index, any));
            case ContentBlock.Unknown any ->
                    events.accept(new StreamEvent.BlockStarted(index, any));
        }
        events.accept(new StreamEvent.BlockStopped(index, block));
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        requests.add(request);
        return script.apply(request).speak(request, count.incrementAndGet(), events);
    }

    /// What it was asked, in order.
    public List<ModelRequest> requests() {
        return List.copyOf(requests);
    }
}
