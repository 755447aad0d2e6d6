package dev.bowline.cli.sessions;

import dev.bowline.budget.Money;
import dev.bowline.cli.console.Lines;
import dev.bowline.cli.output.Calls;
import dev.bowline.cli.output.Style;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import java.util.List;

/// A transcript for people: each line begins with the number of its entry, so that one can fork
/// there.
final class Story {
    private static final int WIDTH = 160;

    private final Lines out;
    private final Style style;

    Story(Lines out, Style style) {
        this.out = out;
        this.style = style;
    }

    void tell(SessionId id, List<Entry> entries) {
        var state = SessionState.of(entries);
        out.line("session    " + id);
        state.title().ifPresent(title -> out.line("title      " + Style.harmless(title)));
        state.opened()
                .ifPresent(opened -> out.line("directory  " + Style.harmless(opened.directory())));
        out.line("model      " + state.model());
        out.line("");
        entries.forEach(this::tell);
        out.line("");
        totals(state);
    }

    private void tell(Entry entry) {
        switch (entry.event()) {
            case Event.Prompted prompted when prompted.content().isEmpty() ->
                    one(entry, style.dim("goes on"), "with the call that was put off");
            case Event.Prompted prompted ->
                    block(entry, style.bold("user"), ContentBlock.text(prompted.content()));
            case Event.Replied replied -> replied(entry, replied);
            case Event.ToolFinished done ->
                    one(
                            entry,
                            done.isError()
                                    ? style.red(
                                            "  ✗ " + name(done.tool()) + " (" + done.code() + ")")
                                    : style.green("  ✓ " + name(done.tool())),
                            Style.oneLine(ContentBlock.text(done.content()), WIDTH)
                                    + style.dim("  " + done.took().toMillis() + " ms"));
            case Event.PermissionAsked asked ->
                    one(entry, style.bold("  asked"), Style.oneLine(asked.reason(), WIDTH));
            case Event.PermissionDecided(var call, Decision.Allow yes, String by) ->
                    one(entry, style.green("  allowed"), yes.reason() + " (" + by + ")");
            case Event.PermissionDecided(var call, Decision.Deny deny, String by) ->
                    one(
                            entry,
                            style.red("  refused"),
                            Style.oneLine(deny.reason(), WIDTH) + " (" + by + ")");
            case Event.Noted noted ->
                    block(entry, style.dim("note"), ContentBlock.text(noted.content()));
            case Event.Rewound rewound ->
                    one(entry, style.bold("rewound"), "to entry " + rewound.to());
            case Event.Renamed renamed ->
                    one(entry, style.dim("renamed"), Style.harmless(renamed.title()));
            case Event.ModelChanged changed ->
                    one(entry, style.dim("model"), name(changed.model()));
            case Event.ModeChanged changed -> one(entry, style.dim("mode"), changed.mode());
            case Event.Compacted done ->
                    one(entry, style.dim("summary"), Style.harmless(done.summary()));
            case Event.TurnEnded ended -> one(entry, style.dim("end"), end(ended));
            case Event any -> {}
        }
    }

    private void replied(Entry entry, Event.Replied replied) {
        for (var said : replied.content()) {
            switch (said) {
                case ContentBlock.Text text -> block(entry, style.bold("assistant"), text.text());
                case ContentBlock.Thinking thinking ->
                        one(
                                entry,
                                style.dim("thinking"),
                                Style.oneLine(thinking.thinking(), WIDTH));
                case ContentBlock.ToolUse use ->
                        one(
                                entry,
                                style.cyan("● " + name(use.name())),
                                Calls.summary(use.name(), use.input(), WIDTH));
                case ContentBlock other -> {}
            }
        }
    }

    /// A name that the model may have made up.
    private static String name(String said) {
        return Style.oneLine(said, WIDTH);
    }

    private static String end(Event.TurnEnded ended) {
        var how =
                switch (ended.outcome()) {
                    case Outcome.Completed done -> "completed";
                    case Outcome.Interrupted(String by) -> "interrupted by " + by;
                    case Outcome.LimitReached(var limit, String message) -> message;
                    case Outcome.Refused refused -> "refused by the model";
                    case Outcome.Stopped stopped -> "stopped by a hook: " + stopped.reason();
                    case Outcome.Deferred(var id, String tool, var input) ->
                            "a call of " + tool + " waits for a decision";
                    case Outcome.Failed failed -> failed.message() + " [" + failed.code() + "]";
                };
        return "turn "
                + ended.turn()
                + ": "
                + Style.harmless(how)
                + ", "
                + ended.figures().total().toMillis()
                + " ms";
    }

    private void totals(SessionState state) {
        state.totals()
                .models()
                .forEach((model, used) ->
                        out.line(
                                model
                                        + ": "
                                        + used.calls()
                                        + " calls, "
                                        + used.usage().total()
                                        + " tokens, "
                                        + Money.text(used.cost())
                                        + (used.unpriced() == 0
                                                ? ""
                                                : " and "
                                                        + used.unpriced()
                                                        + " calls without a known price")));
    }

    private void one(Entry entry, String who, String text) {
        out.line(number(entry) + who + "  " + text);
    }

    private void block(Entry entry, String who, String text) {
        out.line(number(entry) + who);
        Style.harmless(text).lines().forEach(line -> out.line("       " + line));
    }

    private String number(Entry entry) {
        var digits = Long.toString(entry.number());
        return style.dim(" ".repeat(Math.max(0, 5 - digits.length())) + digits + "  ");
    }
}
