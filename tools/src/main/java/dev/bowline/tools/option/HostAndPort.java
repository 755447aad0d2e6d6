package dev.bowline.tools.option;

/// A pattern of hosts with the port that may stand behind it; 0 for the usual ones of the web.
public record HostAndPort(String host, int port) {
    private static final int LONGEST = 5;

    public static HostAndPort of(String text) {
        int colon = text.lastIndexOf(':');
        var behind = text.substring(colon + 1);
        boolean one = colon == text.indexOf(':') || text.lastIndexOf(']') == colon - 1;
        return colon > 0
                        && one
                        && !behind.isEmpty()
                        && behind.length() <= LONGEST
                        && behind.chars().allMatch(c -> c >= '0' && c <= '9')
                ? new HostAndPort(text.substring(0, colon), Integer.parseInt(behind))
                : new HostAndPort(text, 0);
    }
}
