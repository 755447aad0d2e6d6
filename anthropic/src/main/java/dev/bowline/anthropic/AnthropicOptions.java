package dev.bowline.anthropic;

import dev.bowline.anthropic.http.Endpoint;
import dev.bowline.anthropic.http.Proxy;
import dev.bowline.anthropic.http.Timeouts;
import dev.bowline.anthropic.http.Transport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How an [AnthropicModel] reaches the service. Every setter refuses what can't work with an
/// `IllegalArgumentException` of one sentence; none of them ever shows a secret.
public final class AnthropicOptions {
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Set<String> OURS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "expect");

    Endpoint endpoint = Endpoint.of("https://api.anthropic.com");
    @Nullable String apiKey;
    @Nullable String bearerToken;
    String credentialSource = "";
    @Nullable Proxy proxy;
    @Nullable SSLContext sslContext;
    @Nullable Transport transport;
    final Map<String, String> headers = new LinkedHashMap<>();
    final Set<String> betas = new LinkedHashSet<>();
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration firstByteTimeout = Duration.ofMinutes(10);
    Duration idleTimeout = Duration.ofMinutes(2);
    boolean streaming = true;
    boolean promptCaching = true;
    int maxTokens;
    String userAgentExtra = "";

    AnthropicOptions() {}

    /// The key that goes into the `x-api-key` header.
    public AnthropicOptions apiKey(String key) {
        return apiKey(key, "the option apiKey");
    }

    AnthropicOptions apiKey(String key, String source) {
        apiKey = secret(key, source);
        credentialSource = source;
        return this;
    }

    /// The token that goes into the `Authorization: Bearer` header.
    public AnthropicOptions bearerToken(String token) {
        return bearerToken(token, "the option bearerToken");
    }

    AnthropicOptions bearerToken(String token, String source) {
        bearerToken = secret(token, source);
        credentialSource = source;
        return this;
    }

    private static String secret(String value, String source) {
        var stripped = value.strip();
        if (stripped.isEmpty() || !HEADER_VALUE.matcher(stripped).matches()) {
            throw new IllegalArgumentException(
                    "the credential from "
                            + source
                            + " is empty or has characters that a header can't carry; set it again");
        }
        return stripped;
    }

    /// Where the service is: `http` or `https`, host, port and a path that precedes `/v1/messages`
    /// (a `/v1` at the end is understood). `https://api.anthropic.com` by default.
    public AnthropicOptions baseUrl(String url) {
        endpoint = Endpoint.of(url);
        return this;
    }

    /// A header for every call; it replaces one of ours with the same name.
    public AnthropicOptions header(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" can't be an extra header; choose another name");
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the value of the header "
                            + name
                            + " has a line break or a character outside ISO-8859-1; remove it");
        }
        headers.put(name.toLowerCase(Locale.ROOT), value.strip());
        return this;
    }

    /// Names for the `anthropic-beta` header, added to those already given.
    public AnthropicOptions betas(List<String> names) {
        for (var name : names) {
            if (!HEADER_NAME.matcher(name.strip()).matches()) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is not the name of a beta; remove it");
            }
            betas.add(name.strip());
        }
        return this;
    }

    /// An HTTP proxy, `http://[user:password@]host:port`: the way to an `https` service is opened
    /// with CONNECT, calls to an `http` service are forwarded.
    public AnthropicOptions proxy(String url) {
        proxy = Proxy.of(url);
        return this;
    }

    /// Whose certificates are trusted, and a client certificate if the service wants one. The JDK's
    /// default context otherwise.
    public AnthropicOptions sslContext(SSLContext context) {
        sslContext = context;
        return this;
    }

    /// How long a connection may take to open: name, TCP, proxy and TLS handshake each. 10 seconds
    /// by default.
    public AnthropicOptions connectTimeout(Duration limit) {
        connectTimeout = positive(limit, "connect");
        return this;
    }

    /// How long the first byte of an answer may take. 600 seconds by default.
    public AnthropicOptions firstByteTimeout(Duration limit) {
        firstByteTimeout = positive(limit, "first-byte");
        return this;
    }

    /// How long an answer may be silent once it has begun; the service's pings count as a sign of
    /// life. 120 seconds by default.
    public AnthropicOptions idleTimeout(Duration limit) {
        idleTimeout = positive(limit, "idle");
        return this;
    }

    private static Duration positive(Duration limit, String name) {
        if (limit.isNegative() || limit.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "the " + name + " time-out must be at least one millisecond, not " + limit);
        }
        return limit;
    }

    /// Whether answers are streamed. On by default; without, no event is heard of and the
    /// first-byte time-out covers the whole making of the answer.
    public AnthropicOptions streaming(boolean on) {
        streaming = on;
        return this;
    }

    /// Whether requests carry cache marks. On by default; some servers other than the original one
    /// refuse them.
    public AnthropicOptions promptCaching(boolean on) {
        promptCaching = on;
        return this;
    }

    /// The upper bound of an answer for requests that don't name one. By model family otherwise.
    public AnthropicOptions maxTokens(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException(
                    "the default of max tokens must be at least 1, not " + tokens);
        }
        maxTokens = tokens;
        return this;
    }

    /// Text after our own name in the `User-Agent` header.
    public AnthropicOptions userAgent(String extra) {
        if (!HEADER_VALUE.matcher(extra).matches()) {
            throw new IllegalArgumentException(
                    "the user agent \""
                            + extra
                            + "\" can't be sent in a header; use plain letters");
        }
        userAgentExtra = extra.strip();
        return this;
    }

    /// For measurements: another way to carry calls.
    AnthropicOptions transport(Transport other) {
        transport = other;
        return this;
    }

    Timeouts timeouts() {
        return new Timeouts(connectTimeout, firstByteTimeout, idleTimeout);
    }

    /// Shows neither credentials nor header values.
    @Override
    public String toString() {
        var credential =
                apiKey == null && bearerToken == null ? "none" : "from " + credentialSource;
        return "AnthropicOptions[" + endpoint + ", credential " + credential + "]";
    }
}
