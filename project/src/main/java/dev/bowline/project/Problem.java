package dev.bowline.project;

/// Something about settings that somebody should know.
///
/// - `where`: the file or flag, as people write it
/// - `key`: for example `permissions.allow[3]`; empty when it is about all of it
/// - `grave`: whether something that was meant to hold doesn't
public record Problem(String where, String key, String message, boolean grave) {
    public Problem {
        where = Shown.text(where, 400);
        key = Shown.text(key, 200);
        message = Shown.text(message, 600);
    }

    @Override
    public String toString() {
        return where + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
