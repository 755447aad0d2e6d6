package dev.bowline.cli.command;

/// `/clear`: a new session takes the place of this one, which is kept.
public record Clear() implements LocalCommand {
    @Override
    public String name() {
        return "clear";
    }

    @Override
    public void run(Place place) {
        place.renew(this);
    }
}
