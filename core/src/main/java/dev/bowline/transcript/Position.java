package dev.bowline.transcript;

/// A place in a transcript: just after entry `number`, or inside its reply after the first `blocks`
/// of its content blocks. `blocks` 0 means the whole entry.
public record Position(long number, int blocks) {
    public Position {
        if (number < 1 || blocks < 0) {
            throw new IllegalArgumentException(
                    "there is no place after entry " + number + ", block " + blocks);
        }
    }

    /// Just after an entry.
    public static Position after(long number) {
        return new Position(number, 0);
    }
}
