package dev.bowline.cli.command;

import dev.bowline.message.ContentBlock;
import java.util.List;
import java.util.Optional;

/// A prompt that begins with `/` and the name of a command: carried out here, without being told to
/// the model. Any other name goes to the model as text.
public sealed interface LocalCommand permits Clear, Compact, Context, Cost {
    /// What a list of commands says of one.
    record About(String name, String description, String argumentHint, List<String> aliases) {}

    /// All of them, as a host shows them.
    List<About> ALL =
            List.of(
                    new About("clear", "Begin a new conversation", "", List.of("reset", "new")),
                    new About(
                            "compact",
                            "Summarise the conversation and go on with the summary",
                            "[what to pay attention to]",
                            List.of()),
                    new About("context", "Show what fills the context window", "", List.of()),
                    new About(
                            "usage",
                            "Show what the session has used and cost",
                            "",
                            List.of("cost")));

    /// The command that a prompt is, if it is one.
    static Optional<LocalCommand> of(String prompt) {
        var text = prompt.strip();
        if (!text.startsWith("/")) {
            return Optional.empty();
        }
        int end = 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return named(text.substring(1, end), text.substring(end).strip());
    }

    private static Optional<LocalCommand> named(String name, String rest) {
        return switch (name) {
            case "compact" -> Optional.of(new Compact(rest));
            case "context" -> Optional.of(new Context());
            case "usage", "cost" -> Optional.of(new Cost());
            case "clear", "reset", "new" -> Optional.of(new Clear());
            default -> Optional.empty();
        };
    }

    /// The same for a prompt of blocks: only a single text can be a command.
    static Optional<LocalCommand> of(List<ContentBlock> prompt) {
        return prompt.size() == 1 && prompt.getFirst() instanceof ContentBlock.Text only
                ? of(only.text())
                : Optional.empty();
    }

    String name();

    /// What stands behind the name.
    default String arguments() {
        return "";
    }

    /// Carries it out, in a session that does nothing else, and tells `place` of it.
    void run(Place place) throws InterruptedException;
}
