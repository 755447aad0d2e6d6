package dev.bowline.testkit.api;

/// Finds `\ud83d` without its other half in JSON text, which the service refuses and JSON libraries
/// let through.
final class LoneSurrogates {
    private LoneSurrogates() {}

    static boolean escapedIn(String json) {
        for (var i = json.indexOf('\\'); i >= 0; i = json.indexOf('\\', i)) {
            var unit = unitAt(json, i);
            if (unit < 0) {
                i += 2;
            } else if (Character.isHighSurrogate((char) unit)) {
                var low = unitAt(json, i + 6);
                if (low < 0 || !Character.isLowSurrogate((char) low)) {
                    return true;
                }
                i += 12;
            } else if (Character.isLowSurrogate((char) unit)) {
                return true;
            } else {
                i += 6;
            }
        }
        return false;
    }

    /// The UTF-16 unit of the escape at this place, or -1 when there is none.
    private static int unitAt(String json, int place) {
        if (place + 6 > json.length()
                || json.charAt(place) != '\\'
                || json.charAt(place + 1) != 'u') {
            return -1;
        }
        return Integer.parseInt(json, place + 2, place + 6, 16);
    }
}
