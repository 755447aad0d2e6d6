package dev.bowline.project;

/// Something of a folder's settings that doesn't count before the folder is trusted.
///
/// - `file`: as people write it
/// - `key`: for example `permissions.allow`
/// - `what`: what it would do, on one line; of a longer one how much isn't shown
public record HeldBack(String file, String key, String what) {
    private static final int LONGEST = 2_000;

    public HeldBack {
        file = Shown.text(file, 200);
        key = Shown.text(key, 100);
        what = what.length() <= LONGEST ? Shown.text(what, 6 * LONGEST) : beginning(what);
    }

    /// Nobody should take a beginning for all of it.
    private static String beginning(String what) {
        return Shown.text(what.substring(0, LONGEST), 6 * LONGEST)
                + "… ("
                + (what.length() - LONGEST)
                + " more characters; look into the file)";
    }
}
