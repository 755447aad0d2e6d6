package dev.bowline.project;

/// Something of a folder's settings that doesn't count before the folder is trusted.
///
/// - `file`: as people write it
/// - `key`: for example `permissions.allow`
/// - `what`: what it would do, on one line
public record HeldBack(String file, String key, String what) {
    public HeldBack {
        file = Shown.text(file, 200);
        key = Shown.text(key, 100);
        what = Shown.text(what, 300);
    }
}
