package dev.bowline.cli.output;

import dev.bowline.budget.Money;
import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a person sees while a turn runs: text as it is typed if it goes to a terminal, a line for
/// each tool call, and the status line. Data for a pipe is left to `data`.
public final class TerminalOutput implements Output {
    private final @Nullable Output data;
    private final Lines out;
    private final Lines err;
    private final Style style;
    private final @Nullable StatusLine status;
    private boolean typing;
    private boolean atLineStart = true;
    private boolean typedThisMessage;
    private long tokens;
    private long cost;

    /// @param data gets everything as well; null means that the text is typed to `out`
    /// @param status null when there is no live line
    public TerminalOutput(
            @Nullable Output data, Lines out, Lines err, Style style, @Nullable StatusLine status) {
        this.data = data;
        this.out = out;
        this.err = err;
        this.style = style;
        this.status = status;
    }

    @Override
    public void begin(String model, String mode) {
        if (data != null) {
            data.begin(model, mode);
        }
        if (status != null) {
            status.model(model);
        }
    }

    @Override
    public void update(Update update, TurnRecord record) {
        switch (update) {
            case Update.Delta(_, StreamEvent event) -> delta(event);
            case Entry entry -> entry(entry.event());
            case Update.Progress(var id, var tool, String text) -> doing(tool + ": " + text);
            case Update.Snapshot any -> {}
            case Update.Compacting(var trigger, var failure) -> doing("summarising");
            case Update.Running any -> {}
            case Update.Task any -> {}
        }
        if (data != null) {
            data.update(update, record);
        }
    }

    private void delta(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta(int index, String text) -> type(text);
            case StreamEvent.ThinkingDelta any -> doing("thinking");
            case StreamEvent.BlockStopped any -> endLine();
            case StreamEvent.Retrying again ->
                    note(
                            style.red(
                                    "the model's service did not answer ("
                                            + Style.oneLine(again.error(), 200)
                                            + "); attempt "
                                            + again.attempt()
                                            + " of "
                                            + again.maxRetries()
                                            + " in "
                                            + again.delay().toMillis()
                                            + " ms"));
            case StreamEvent.FellBack other ->
                    note(
                            style.red(
                                    Style.oneLine(other.error(), 200)
                                            + " Going on with the model "
                                            + Style.oneLine(other.to(), 100)
                                            + "."));
            case StreamEvent any -> {}
        }
    }

    private void type(String text) {
        if (data != null || text.isEmpty()) {
            doing("writing");
            return;
        }
        if (!typing && status != null) {
            status.hide();
        }
        typing = true;
        typedThisMessage = true;
        out.write(Style.harmless(text));
        atLineStart = text.endsWith("\n");
    }

    private void endLine() {
        if (typing) {
            typing = false;
            if (!atLineStart) {
                out.write("\n");
                atLineStart = true;
            }
            if (status != null) {
                status.show();
            }
        }
    }

    private void entry(Event event) {
        switch (event) {
            case Event.Replied replied -> replied(replied);
            case Event.ToolStarted(var id, String tool, var effect, var input) -> {
                doing(tool);
                note(style.cyan("● " + tool) + " " + Calls.summary(tool, input, 90));
            }
            case Event.ToolFinished finished -> {
                doing("thinking");
                note(result(finished));
            }
            case Event.PermissionAsked asked -> doing("waiting for an answer");
            case Event any -> {}
        }
    }

    private void replied(Event.Replied replied) {
        endLine();
        if (data == null && !typedThisMessage) {
            type(ContentBlock.text(replied.content()));
            endLine();
        }
        typedThisMessage = false;
        tokens += replied.usage().total();
        cost += Math.max(0, replied.cost());
        if (status != null) {
            status.used(tokens, cost);
        }
    }

    private String result(Event.ToolFinished finished) {
        var first = Style.oneLine(ContentBlock.text(finished.content()), 90);
        return "  "
                + (finished.isError()
                        ? style.red("✗ " + first)
                        : style.green("✓ ") + style.dim(first))
                + style.dim(" " + finished.took().toMillis() + " ms");
    }

    private void doing(String what) {
        if (status != null) {
            status.doing(Style.oneLine(what, 40));
        }
    }

    private void note(String line) {
        if (status == null) {
            err.line(line);
        } else {
            status.aside(() -> err.line(line));
        }
    }

    @Override
    public void frames(Consumer<Frames> writing) {
        if (data != null) {
            data.frames(writing);
        }
    }

    @Override
    public void end(Ending ending, TurnRecord record, SessionState state) {
        endLine();
        if (status != null) {
            status.close();
        }
        if (data != null) {
            data.end(ending, record, state);
        } else if (ending.isError()) {
            err.line(style.red("bowline: " + Style.harmless(ending.sentence())));
        } else if (ending.ofCommand()) {
            out.write(ending.text() + "\n");
        }
        if (data == null) {
            Refusals.say(err, record, state);
        }
        var used = state.turn();
        err.line(
                style.dim(
                        seconds(record.figures().total().toMillis())
                                + " · "
                                + used.replies()
                                + (used.replies() == 1 ? " answer · " : " answers · ")
                                + StatusLine.tokens(used.usage().total())
                                + " tokens"
                                + (used.cost() > 0 ? " · " + Money.text(used.cost()) : "")));
    }

    private static String seconds(long millis) {
        return millis / 1000 + "." + millis % 1000 / 100 + "s";
    }
}
