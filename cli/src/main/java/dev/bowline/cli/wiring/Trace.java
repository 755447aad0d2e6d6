package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.console.Lines;
import dev.bowline.cli.output.Style;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.Model;
import dev.bowline.model.ModelRequest;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What `--debug` shows: each step of a turn with the time since the start, requests and replies in
/// short, where the time went, and stack traces. Off, it costs nothing.
public final class Trace {
    private final @Nullable Lines out;
    private final TimeSource time;
    private final long began;

    private Trace(@Nullable Lines out, TimeSource time) {
        this.out = out;
        this.time = time;
        this.began = time.nanos();
    }

    /// @throws UsageException when the file cannot be written
    public static Trace of(Arguments args, Console console, TimeSource time) {
        var file = args.value("--debug-file");
        if (file.isPresent()) {
            try {
                var path = console.directory().resolve(file.get());
                return new Trace(new Lines(new FileOutputStream(path.toFile(), true)), time);
            } catch (IOException e) {
                throw new UsageException(
                        "--debug-file \""
                                + file.get()
                                + "\" cannot be written; choose another path");
            }
        }
        return new Trace(args.has("--debug") ? console.err() : null, time);
    }

    public boolean on() {
        return out != null;
    }

    public void line(String text) {
        if (out != null) {
            var since = milliseconds(Duration.ofNanos(time.nanos() - began));
            out.line("debug " + since + "  " + Style.harmless(text));
        }
    }

    /// A failure with its stack.
    public void failure(Throwable failure) {
        if (out != null) {
            var text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            line(text.toString().stripTrailing());
        }
    }

    /// The model, telling of each request and what came of it.
    public Model around(Model model) {
        return out == null
                ? model
                : (request, events) -> {
                    line("request   " + summary(request));
                    long start = time.nanos();
                    try {
                        var reply = model.reply(request, events);
                        line(
                                "reply     "
                                        + reply.model()
                                        + " "
                                        + reply.stopReason().wire()
                                        + " after "
                                        + milliseconds(Duration.ofNanos(time.nanos() - start))
                                        + ", "
                                        + reply.usage()
                                        + ", id "
                                        + reply.messageId());
                        return reply;
                    } catch (RuntimeException e) {
                        failure(e);
                        throw e;
                    }
                };
    }

    private static String summary(ModelRequest request) {
        return request.model()
                + ": "
                + request.messages().size()
                + " messages, "
                + request.tools().size()
                + " tools, "
                + request.system().stream().mapToInt(String::length).sum()
                + " characters of instructions";
    }

    /// One update of a turn.
    public void update(Update update) {
        if (out == null) {
            return;
        }
        switch (update) {
            case Update.Delta(_, StreamEvent.Retrying again) ->
                    line(
                            "retry     "
                                    + again.attempt()
                                    + " of "
                                    + again.maxRetries()
                                    + " in "
                                    + milliseconds(again.delay())
                                    + ": "
                                    + again.error());
            case Update.Delta(_, StreamEvent.FellBack other) ->
                    line(
                            "fallback  from "
                                    + other.from()
                                    + " to "
                                    + other.to()
                                    + ": "
                                    + other.error());
            case Update.Delta(_, StreamEvent.MessageStarted started) ->
                    line("stream    " + started.messageId() + " started");
            case Update any when !(any instanceof Entry) -> {}
            case Entry entry -> line("entry " + entry.number() + "   " + summary(entry.event()));
            case Update any -> {}
        }
    }

    private static String summary(Event event) {
        return switch (event) {
            case Event.Prompted prompted ->
                    "prompt of turn "
                            + prompted.turn()
                            + ", "
                            + ContentBlock.text(prompted.content()).length()
                            + " characters";
            case Event.Replied replied ->
                    "reply with "
                            + replied.content().size()
                            + " blocks, "
                            + replied.stopReason().wire();
            case Event.ToolStarted started ->
                    "tool " + started.tool() + " started: " + started.input().text();
            case Event.ToolFinished done ->
                    "tool "
                            + done.tool()
                            + " finished after "
                            + milliseconds(done.took())
                            + (done.isError() ? " with " + done.code() : "");
            case Event.PermissionDecided decided ->
                    "permission by " + decided.by() + ": " + decided.decision();
            case Event.TurnEnded ended ->
                    "turn ended "
                            + ended.outcome().getClass().getSimpleName()
                            + "; "
                            + figures(ended.figures());
            case Event other -> other.getClass().getSimpleName();
        };
    }

    private static String figures(Event.Figures figures) {
        return "total "
                + milliseconds(figures.total())
                + " = validation "
                + milliseconds(figures.validation())
                + " + api "
                + milliseconds(figures.api())
                + " ("
                + figures.apiCalls()
                + " calls) + tools "
                + milliseconds(figures.tools())
                + " ("
                + figures.toolCalls()
                + " calls) + overhead "
                + milliseconds(figures.overhead());
    }

    private static String milliseconds(Duration time) {
        long micros = time.toNanos() / 1000;
        return micros / 1000 + "." + micros % 1000 / 100 + " ms";
    }
}
