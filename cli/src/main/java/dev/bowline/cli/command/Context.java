package dev.bowline.cli.command;

/// `/context`: what fills the model's context window.
public record Context() implements LocalCommand {
    @Override
    public String name() {
        return "context";
    }

    @Override
    public void run(Place place) {
        var usage =
                ContextUsage.of(
                        place.session(), place.model(), place.instructions(), place.compaction());
        place.words(this, usage.table(), usage::brief);
    }
}
