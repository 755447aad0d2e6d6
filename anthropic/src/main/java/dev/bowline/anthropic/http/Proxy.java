package dev.bowline.anthropic.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy; `credentials` is `user:password` or null.
public record Proxy(String host, int port, @Nullable String credentials) {

    /// Reads `http://[user:password@]host[:port]` or `host:port`; the default port is 80.
    ///
    /// @throws IllegalArgumentException with one sentence that doesn't show the password
    public static Proxy of(String url) {
        var text = url.contains("://") ? url : "http://" + url;
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw unusable(e);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw unusable(null);
        }
        var user = uri.getRawUserInfo();
        var credentials =
                user == null
                        ? null
                        : URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new Proxy(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), credentials);
    }

    private static IllegalArgumentException unusable(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "the proxy address can't be used; write it like http://user:password@host:port",
                cause);
    }

    /// What the environment says for an endpoint: `HTTPS_PROXY` or `HTTP_PROXY` by its scheme, then
    /// `ALL_PROXY`, upper or lower case, unless `NO_PROXY` names the host. Loopback is never
    /// proxied.
    public static @Nullable Proxy from(Map<String, String> env, Endpoint endpoint) {
        var url = value(env, endpoint.tls() ? "HTTPS_PROXY" : "HTTP_PROXY");
        if (url.isEmpty()) {
            url = value(env, "ALL_PROXY");
        }
        if (url.isEmpty() || loopback(endpoint.bareHost()) || exempt(env, endpoint)) {
            return null;
        }
        return of(url);
    }

    private static String value(Map<String, String> env, String name) {
        var upper = env.getOrDefault(name, "");
        return upper.isBlank()
                ? env.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip()
                : upper.strip();
    }

    private static boolean loopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.matches("127(\\.\\d+){3}");
    }

    private static boolean exempt(Map<String, String> env, Endpoint endpoint) {
        var host = endpoint.bareHost().toLowerCase(Locale.ROOT);
        for (var word : value(env, "NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            var name = word.endsWith(":" + endpoint.port()) ? withoutPort(word) : word;
            name = name.startsWith("*.") ? name.substring(1) : name;
            var domain = name.startsWith(".") ? name : "." + name;
            if (name.equals("*")
                    || !name.isEmpty() && (host.equals(name) || host.endsWith(domain))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutPort(String word) {
        return word.substring(0, word.lastIndexOf(':'));
    }

    /// The header line for the proxy, with CRLF; empty without credentials.
    String authorization() {
        if (credentials == null) {
            return "";
        }
        var bytes = credentials.getBytes(StandardCharsets.UTF_8);
        return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(bytes) + "\r\n";
    }

    public String authority() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return authority();
    }
}
