package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.Model;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.util.function.Consumer;

/// Shows a turn while it happens: text as it is typed, and what each step took.
public final class WatchATurn {
    private WatchATurn() {}

    static void run(Model model, Consumer<String> screen) throws InterruptedException {
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.prompt(Prompt.of("Tell me a very short story."), update -> show(update, screen))
                    .await();
        }
    }

    private static void show(Update update, Consumer<String> screen) {
        if (update instanceof Update.Delta(_, StreamEvent.TextDelta(int index, String text))) {
            screen.accept(text);
        } else if (update instanceof Entry entry
                && entry.event() instanceof Event.TurnEnded ended) {
            screen.accept("\n[" + ended.figures().apiCalls() + " model call]\n");
        }
    }

    public static void main(String[] args) throws InterruptedException {
        run(
                ScriptedModel.saying(
                        ScriptedModel.text("Once upon a time there was a knot that held.")),
                System.out::print);
    }
}
