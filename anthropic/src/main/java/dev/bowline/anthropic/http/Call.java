package dev.bowline.anthropic.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request. `target` is the path with its query, `headers` the header lines of the caller, each
/// with CRLF, without `Host` and `Content-Length`. `body` is null for a GET.
public record Call(String method, String target, String headers, @Nullable Bytes body) {

    /// Head and body as one array, so that they leave in one write.
    public byte[] bytes(String host, String targetPrefix, String moreHeaders) {
        var head = new StringBuilder(512);
        head.append(method).append(' ').append(targetPrefix).append(target);
        head.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
        head.append(headers).append(moreHeaders);
        if (body != null) {
            head.append("Content-Length: ").append(body.size()).append("\r\n");
        }
        head.append("\r\n");
        var start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (body == null) {
            return start;
        }
        var all = new byte[start.length + body.size()];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body.array(), 0, all, start.length, body.size());
        return all;
    }
}
