package dev.bowline.tools.sandbox;

import dev.bowline.permission.HostName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The first lines that a program sends to a proxy: which host it wants, and what that host is to
/// be sent first.
///
/// @param tunnel whether the program wants a connection and speaks for itself
/// @param first what the host is sent before the rest; empty for a tunnel
record ProxyRequest(String host, int port, boolean tunnel, String first) {
    private static final int HTTP = 80;
    private static final int MAX_PORT = 65_535;

    /// Nothing for what is not a request to a proxy.
    static Optional<ProxyRequest> of(byte[] head) {
        var lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            return Optional.empty();
        }
        try {
            return words[0].equals("CONNECT")
                    ? at(new URI("x://" + words[1]), -1)
                            .map(to -> new ProxyRequest(to.host, to.port, true, ""))
                    : plain(words, lines);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Optional<ProxyRequest> plain(String[] words, String[] lines)
            throws URISyntaxException {
        var uri = new URI(words[1]);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            return Optional.empty();
        }
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return at(uri, HTTP)
                .map(to -> {
                    var first = new StringBuilder();
                    first.append(words[0]).append(' ').append(path).append(query);
                    first.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority());
                    first.append("\r\nConnection: close\r\n");
                    for (int i = 1; i < lines.length; i++) {
                        if (!lines[i].isEmpty() && isPassedOn(lines[i])) {
                            first.append(lines[i]).append("\r\n");
                        }
                    }
                    return new ProxyRequest(
                            to.host, to.port, false, first.append("\r\n").toString());
                });
    }

    private static boolean isPassedOn(String header) {
        var name = header.substring(0, Math.max(0, header.indexOf(':'))).strip();
        return !name.equalsIgnoreCase("host")
                && !name.equalsIgnoreCase("connection")
                && !name.regionMatches(true, 0, "proxy-", 0, 6);
    }

    private static Optional<ProxyRequest> at(URI uri, int usual) {
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        if (uri.getHost() == null || uri.getRawUserInfo() != null || port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        return HostName.find(uri.getHost()).map(host -> new ProxyRequest(host, port, false, ""));
    }
}
