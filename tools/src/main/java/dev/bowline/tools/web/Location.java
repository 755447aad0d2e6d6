package dev.bowline.tools.web;

/// Where a redirect leads.
final class Location {
    private Location() {}

    /// Resolves the header `Location` of an answer; the result went through the one parser.
    static WebAddress resolve(WebAddress.Valid here, String location) {
        if (hasScheme(location)) {
            return WebAddress.parse(location);
        }
        if (location.startsWith("//")) {
            return WebAddress.parse(here.scheme() + ":" + location);
        }
        var path = here.target();
        int query = path.indexOf('?');
        var bare = query < 0 ? path : path.substring(0, query);
        var target =
                switch (location.charAt(0)) {
                    case '/' -> location;
                    case '?' -> bare + location;
                    case '#' -> path + location;
                    default -> bare.substring(0, bare.lastIndexOf('/') + 1) + location;
                };
        return WebAddress.parse(here.origin() + target);
    }

    private static boolean hasScheme(String location) {
        int end = 0;
        while (end < location.length() && ":/?#".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        return end < location.length() && location.charAt(end) == ':';
    }
}
