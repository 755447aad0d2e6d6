package dev.bowline.testkit.replay;

import dev.bowline.testkit.http.HttpAnswer;
import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.http.HttpServer;
import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a loopback port that passes each request on to a real API, streams the answer back
/// as it comes, and writes the exchange to a directory with the credentials taken out. An exchange
/// whose client left early is not written; one that the API broke off is, as broken. Bodies are
/// taken as UTF-8 text.
public final class RecordingProxy implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "expect",
                    "accept-encoding",
                    "keep-alive",
                    "te",
                    "trailer",
                    "proxy-connection");

    private final String target;
    private final Path directory;
    private final HttpClient client;
    private final InstantSource clock;
    private final AtomicInteger written;
    private final HttpServer server;
    private final boolean ownClient;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private RecordingProxy(
            String target,
            Path directory,
            HttpClient client,
            InstantSource clock,
            int written,
            boolean ownClient) {
        this.target = target;
        this.directory = directory;
        this.client = client;
        this.clock = clock;
        this.written = new AtomicInteger(written);
        this.ownClient = ownClient;
        this.server = HttpServer.start(null, this::handle);
    }

    /// Starts in front of an API; recordings already in the directory are kept.
    ///
    /// @throws UncheckedIOException when the directory cannot be made or read
    public static RecordingProxy start(String baseUrl, Path directory) {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return start(baseUrl, directory, client, InstantSource.system(), true);
    }

    /// Starts with a client (for its trust, proxy and time-outs) and a clock for the `recorded`
    /// field.
    ///
    /// @throws UncheckedIOException when the directory cannot be made or read
    public static RecordingProxy start(
            String baseUrl, Path directory, HttpClient client, InstantSource clock) {
        return start(baseUrl, directory, client, clock, false);
    }

    private static RecordingProxy start(
            String baseUrl,
            Path directory,
            HttpClient client,
            InstantSource clock,
            boolean ownClient) {
        try {
            Files.createDirectories(directory);
            try (var files = Files.list(directory)) {
                var present =
                        (int)
                                files.filter(file -> file.toString().endsWith(ExchangeFile.SUFFIX))
                                        .count();
                var trimmed =
                        baseUrl.endsWith("/")
                                ? baseUrl.substring(0, baseUrl.length() - 1)
                                : baseUrl;
                return new RecordingProxy(trimmed, directory, client, clock, present, ownClient);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the directory for recordings " + directory + " cannot be used", e);
        }
    }

    /// The URL to point a client at, without a trailing slash.
    public String baseUrl() {
        return server.baseUrl();
    }

    /// Exchanges that could not be written, as sentences. Their clients saw the connection break.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /// Stops the proxy and breaks its connections. What was written stays.
    @Override
    public void close() {
        server.close();
        if (ownClient) {
            client.shutdownNow();
        }
    }

    private void handle(HttpCall call, HttpAnswer answer) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        HttpResponse<InputStream> response;
        try {
            response = client.send(forwarded(call), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            var error =
                    Map.of(
                            "type",
                            "api_error",
                            "message",
                            "the recording proxy could not reach " + target + ": " + e);
            var body = Json.write(Map.of("type", "error", "error", error));
            answer.send(
                    502,
                    Map.of("content-type", "application/json"),
                    body.getBytes(StandardCharsets.UTF_8));
            return;
        }
        var headAfter = Duration.ofNanos(System.nanoTime() - begin);
        answer.chunkedHead(response.statusCode(), passed(response.headers().map()));
        var parts = new BodyParts(begin, response.headers().firstValue("content-type").orElse(""));
        try (var in = response.body()) {
            var complete = pass(in, answer, parts);
            // Written before the client sees the end, so that a test finds the file when its call
            // returns.
            save(call, response, headAfter, parts.finish(), complete);
            if (complete) {
                answer.lastChunk();
            } else {
                answer.close();
            }
        }
    }

    private HttpRequest forwarded(HttpCall call) {
        var request =
                HttpRequest.newBuilder(URI.create(target + call.target()))
                        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers()
                .forEach((name, values) -> {
                    if (!HOP_BY_HOP.contains(name)) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
        return request.build();
    }

    private static Map<String, String> passed(Map<String, List<String>> headers) {
        var passed = new LinkedHashMap<String, String>();
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !lower.startsWith(":")) {
                passed.put(lower, String.join(", ", values));
            }
        });
        return passed;
    }

    /// Streams the body; false when the API broke it off.
    private static boolean pass(InputStream in, HttpAnswer answer, BodyParts parts)
            throws IOException {
        var buffer = new byte[8192];
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                return false;
            }
            if (count < 0) {
                return true;
            }
            parts.add(buffer, count);
            answer.chunk(buffer, 0, count);
            answer.flush();
        }
    }

    private void save(
            HttpCall call,
            HttpResponse<InputStream> response,
            Duration headAfter,
            List<Exchange.Part> parts,
            boolean complete)
            throws IOException {
        var redaction = new Redaction(call);
        var exchange =
                new Exchange(
                        clock.instant().toString(),
                        call.method(),
                        call.target(),
                        redaction.headers(call.headers()),
                        redaction.body(call.text()),
                        response.statusCode(),
                        redaction.headers(lists(passed(response.headers().map()))),
                        headAfter,
                        parts.stream()
                                .map(part ->
                                        new Exchange.Part(
                                                part.after(), redaction.text(part.text())))
                                .toList(),
                        complete);
        var name =
                String.format(
                        Locale.ROOT,
                        "%05d-%s",
                        written.incrementAndGet(),
                        exchange.hash().substring(0, 12));
        try {
            ExchangeFile.write(directory.resolve(name + ExchangeFile.SUFFIX), exchange);
        } catch (UncheckedIOException e) {
            failures.add(String.valueOf(e.getMessage()));
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Map<String, List<String>> lists(Map<String, String> headers) {
        var lists = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }
}
