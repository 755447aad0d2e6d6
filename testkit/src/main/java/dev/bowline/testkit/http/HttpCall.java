package dev.bowline.testkit.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request as it came in: header names in lower case, the body complete.
public final class HttpCall {
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final long connection;

    /// The body is not copied; nobody changes it afterwards.
    public HttpCall(
            String method,
            String target,
            Map<String, List<String>> headers,
            byte[] body,
            long connection) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.connection = connection;
    }

    /// The method, for instance `POST`.
    public String method() {
        return method;
    }

    /// The request target as sent: path and query.
    public String target() {
        return target;
    }

    /// The target without its query.
    public String path() {
        var mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /// All headers; names in lower case, values in order.
    public Map<String, List<String>> headers() {
        return headers;
    }

    /// The first value of a header, or null.
    public @Nullable String header(String lowerCaseName) {
        var values = headers.get(lowerCaseName);
        return values == null ? null : values.getFirst();
    }

    /// The body's bytes; not to be changed.
    public byte[] body() {
        return body;
    }

    /// The body as UTF-8 text.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The number of the connection, counted from 1.
    public long connection() {
        return connection;
    }
}
