package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;

/// The text of the last answer and nothing else; what went wrong goes to the other stream.
public final class TextOutput implements Output {
    private final Lines out;
    private final Lines err;

    public TextOutput(Lines out, Lines err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void begin(String model, String mode) {}

    @Override
    public void update(Update update, TurnRecord record) {}

    @Override
    public void end(Ending ending, TurnRecord record, SessionState state) {
        if (ending.isError()) {
            var said = record.cutText();
            if (!said.isBlank()) {
                out.write(said.endsWith("\n") ? said : said + "\n");
            }
            err.line("bowline: " + Style.harmless(ending.sentence()));
        } else {
            out.write(ending.text().endsWith("\n") ? ending.text() : ending.text() + "\n");
        }
        Refusals.say(err, record, state);
    }
}
