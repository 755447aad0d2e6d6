package dev.bowline.anthropic.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a service is: scheme, host, port and a path that precedes every target.
public record Endpoint(boolean tls, String host, int port, String path) {

    /// Reads a base URL.
    ///
    /// @throws IllegalArgumentException with one sentence that says what to change
    public static Endpoint of(String url) {
        var uri = parsed(url.strip());
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the base URL " + shown(url) + " must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the base URL for "
                            + uri.getHost()
                            + " must not contain a user name or password; use a header instead");
        }
        var host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException(
                    "the base URL " + shown(url) + " has no host; write it like https://host:port");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the base URL "
                            + shown(url)
                            + " must not have a query or fragment; leave out what follows the path");
        }
        boolean tls = scheme.equals("https");
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        if (port == 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "the base URL " + shown(url) + " has the port " + port + "; use 1 to 65535");
        }
        return new Endpoint(tls, host, port, path(uri.getRawPath()));
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the base URL "
                            + shown(url)
                            + " is not a URL; write it like https://host:port/path",
                    e);
        }
    }

    private static String shown(String url) {
        int at = url.lastIndexOf('@');
        return '"' + (at < 0 ? url : "…" + url.substring(at)) + '"';
    }

    private static String path(@Nullable String raw) {
        var path = raw == null ? "" : raw;
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path.endsWith("/v1") ? path.substring(0, path.length() - 3) : path;
    }

    /// The host without the brackets of an IPv6 address.
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Host and port, always both.
    public String authority() {
        return host + ":" + port;
    }

    /// What goes into the `Host` header.
    public String hostHeader() {
        return port == (tls ? 443 : 80) ? host : authority();
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + hostHeader() + path;
    }
}
