package dev.bowline.tools.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/// One request and its answer over HTTP/1.1. The socket is opened here, to an address that was
/// checked; a name is only used for TLS and the header `Host`. No proxy, no cookies, no
/// credentials. The only class that needs Apache HttpCore.
final class HttpHop {
    static final String USER_AGENT = "Bowline-WebFetch";
    private static final String ACCEPT =
            "text/markdown, text/html;q=0.9, text/plain;q=0.8, application/json;q=0.7, */*;q=0.1";
    private static final Http1Config CONFIG =
            Http1Config.custom()
                    .setMaxLineLength(FetchLimits.HEADER_LINE)
                    .setMaxHeaderCount(FetchLimits.HEADERS)
                    .build();

    private final SSLSocketFactory tls;
    private final FetchLimits limits;

    HttpHop(SSLSocketFactory tls, FetchLimits limits) {
        this.tls = tls;
        this.limits = limits;
    }

    /// What a server said.
    ///
    /// @param type the header Content-Type, "" without one
    /// @param location the header Location, "" without one
    /// @param body decompressed
    record Answer(int status, String reason, String type, String location, Body body) {}

    /// Bytes that nobody changes; `sent` is how many came over the network.
    @SuppressWarnings("ArrayRecordComponent") // bodies are never compared
    record Body(byte[] bytes, int sent) {}

    Answer get(AddressPolicy.Verdict.Contact contact, FetchClock clock)
            throws IOException, HttpException, FetchProblem {
        var address = contact.address();
        try (var socket = connected(contact, clock);
                var connection = connection()) {
            if (address.scheme().equals("https")) {
                connection.bind(secured(socket, address), socket);
            } else {
                connection.bind(socket);
            }
            connection.sendRequestHeader(request(address));
            connection.flush();
            var response = connection.receiveResponseHeader();
            while (response.getCode() < 200) {
                response = connection.receiveResponseHeader();
            }
            connection.receiveResponseEntity(response);
            return answer(response, clock);
        }
    }

    /// The short constructor would not bound the headers.
    private static DefaultBHttpClientConnection connection() {
        return new DefaultBHttpClientConnection(
                CONFIG, null, null, null, null, null, new DefaultHttpResponseParserFactory(CONFIG));
    }

    private Socket connected(AddressPolicy.Verdict.Contact contact, FetchClock clock)
            throws IOException {
        var last = new IOException("there is no address");
        for (var address : contact.addresses()) {
            try {
                return connected(address, contact.address().port(), clock);
            } catch (IOException e) {
                last = e;
                if (clock.isOver() || Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw last;
    }

    private Socket connected(InetAddress address, int port, FetchClock clock) throws IOException {
        var socket = new Socket(Proxy.NO_PROXY);
        try {
            clock.closes(socket);
            socket.connect(new InetSocketAddress(address, port), clock.millis(limits.connect()));
            socket.setSoTimeout(clock.millis(limits.idle()));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secured(Socket socket, WebAddress.Valid address) throws IOException {
        var host = address.host();
        var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var secured = (SSLSocket) tls.createSocket(socket, name, address.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static BasicClassicHttpRequest request(WebAddress.Valid address) {
        var request = new BasicClassicHttpRequest("GET", "/");
        request.setPath(address.target());
        request.setHeader("Host", address.origin().substring(address.scheme().length() + 3));
        request.setHeader("User-Agent", USER_AGENT);
        request.setHeader("Accept", ACCEPT);
        request.setHeader("Accept-Encoding", "gzip");
        request.setHeader("Connection", "close");
        return request;
    }

    private Answer answer(ClassicHttpResponse response, FetchClock clock)
            throws IOException, FetchProblem {
        var location = header(response, "Location");
        int status = response.getCode();
        boolean redirect = status >= 300 && status < 400 && !location.isEmpty();
        return new Answer(
                status,
                Optional.ofNullable(response.getReasonPhrase()).orElse(""),
                header(response, "Content-Type"),
                redirect ? location : "",
                redirect ? new Body(new byte[0], 0) : body(response, clock));
    }

    private static String header(ClassicHttpResponse response, String name) {
        var header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue().strip();
    }

    private Body body(ClassicHttpResponse response, FetchClock clock)
            throws IOException, FetchProblem {
        var entity = response.getEntity();
        if (entity == null) {
            return new Body(new byte[0], 0);
        }
        // Not closed, as that would read on to its end; the connection is.
        var sent = read(entity.getContent(), "The page", clock);
        var encoding = header(response, "Content-Encoding").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> new Body(sent, sent.length);
            case "gzip", "x-gzip" -> {
                try (var in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
                    yield new Body(read(in, "The page, decompressed,", clock), sent.length);
                }
            }
            default ->
                    throw new FetchProblem(
                            "The server compressed the page in a way that is not understood.");
        };
    }

    private byte[] read(InputStream in, String what, FetchClock clock)
            throws IOException, FetchProblem {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[16_384];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (clock.isOver()) {
                throw new IOException("the time is over");
            }
            if (out.size() + n > limits.bytes()) {
                throw new FetchProblem(what + " is longer than " + limits.bytes() + " bytes.");
            }
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }
}
