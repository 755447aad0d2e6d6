package dev.bowline.tools.file;

/// Models write `\n`; files may use `\r\n`. A text that only matches with the other line end is
/// taken to mean it, and the replacement then uses it too.
record LineEnds(String before, String after) {
    static LineEnds fit(String file, String before, String after) {
        boolean windows = file.contains("\r\n");
        if (!windows || file.contains(before) && !mostlyWindows(file)) {
            return new LineEnds(before, after);
        }
        var fitted = toWindows(before);
        return file.contains(fitted)
                ? new LineEnds(fitted, toWindows(after))
                : new LineEnds(before, after);
    }

    private static boolean mostlyWindows(String file) {
        long all = file.chars().filter(c -> c == '\n').count();
        long windows = file.split("\r\n", -1).length - 1L;
        return windows * 2 > all;
    }

    private static String toWindows(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
