package dev.bowline.bench.transport;

import dev.bowline.anthropic.http.Answer;
import dev.bowline.anthropic.http.Call;
import dev.bowline.anthropic.http.Endpoint;
import dev.bowline.anthropic.http.SocketTransport;
import dev.bowline.anthropic.http.Timeouts;
import dev.bowline.anthropic.http.Transport;
import dev.bowline.time.TimeSource;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/// The ways to carry a call that were compared.
final class Candidates {
    static final List<String> NAMES = List.of("socket", "urlconnection", "jdk", "helidon");

    private Candidates() {}

    static Transport of(String name, String url) {
        return switch (name) {
            case "socket" ->
                    new SocketTransport(
                            Endpoint.of(url),
                            new Timeouts(
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(60),
                                    Duration.ofSeconds(60)),
                            null,
                            url.startsWith("https") ? Trust.everyone() : null,
                            TimeSource.system());
            case "urlconnection" -> new OverUrlConnection(url);
            case "jdk" -> new OverHttpClient(url);
            case "helidon" -> new OverHelidon(url);
            default -> throw new IllegalArgumentException("no candidate is called " + name);
        };
    }

    private static byte[] body(Call call) {
        var body = call.body();
        return body == null ? new byte[0] : Arrays.copyOf(body.array(), body.size());
    }

    private static List<String[]> headers(Call call) {
        return call.headers()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .toList();
    }

    /// An answer whose body is a stream that gives up its connection when it is closed at its end.
    private abstract static class Streamed implements Answer {
        private final InputStream in;
        private boolean wanted;

        Streamed(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return in.read(into, from, length);
        }

        @Override
        public void done() {
            wanted = true;
        }

        @Override
        public void close() {
            try {
                if (wanted) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
                in.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private record OverUrlConnection(String url) implements Transport {
        @Override
        public Answer send(Call call) throws IOException {
            var connection =
                    (HttpURLConnection) URI.create(url + call.target()).toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(Trust.everyone().getSocketFactory());
                secure.setHostnameVerifier((host, session) -> true);
            }
            connection.setRequestMethod(call.method());
            connection.setConnectTimeout(10_000);
            connection.setReadTimeout(60_000);
            connection.setDoOutput(true);
            headers(call).forEach(h -> connection.setRequestProperty(h[0], h[1]));
            var body = body(call);
            connection.setFixedLengthStreamingMode(body.length);
            try (var out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            return new Streamed(connection.getInputStream()) {
                @Override
                public int status() {
                    return status;
                }

                @Override
                public @Nullable String header(String name) {
                    return connection.getHeaderField(name);
                }
            };
        }

        @Override
        public void close() {
            // its pool belongs to the JVM
        }
    }

    private static final class OverHttpClient implements Transport {
        private final HttpClient client;
        private final String url;

        OverHttpClient(String url) {
            this.url = url;
            var builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(Duration.ofSeconds(10))
                            .executor(Executors.newVirtualThreadPerTaskExecutor());
            if (url.startsWith("https")) {
                builder.sslContext(Trust.everyone());
            }
            this.client = builder.build();
        }

        @Override
        public Answer send(Call call) throws IOException, InterruptedException {
            var request =
                    HttpRequest.newBuilder(URI.create(url + call.target()))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body(call)));
            headers(call).forEach(h -> request.header(h[0], h[1]));
            HttpResponse<InputStream> response =
                    client.send(request.build(), BodyHandlers.ofInputStream());
            return new Streamed(response.body()) {
                @Override
                public int status() {
                    return response.statusCode();
                }

                @Override
                public @Nullable String header(String name) {
                    return response.headers().firstValue(name).orElse(null);
                }
            };
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class OverHelidon implements Transport {
        private final Http1Client client;

        OverHelidon(String url) {
            var builder = Http1Client.builder().baseUri(url).connectionCacheSize(1024);
            if (url.startsWith("https")) {
                builder.tls(
                        Tls.builder()
                                .sslContext(Trust.everyone())
                                .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                                .build());
            }
            this.client = builder.build();
        }

        @Override
        public Answer send(Call call) {
            var request = client.post(call.target());
            headers(call).forEach(h -> request.header(HeaderNames.create(h[0]), h[1]));
            Http1ClientResponse response = request.submit(body(call));
            return new Streamed(response.inputStream()) {
                @Override
                public int status() {
                    return response.status().code();
                }

                @Override
                public @Nullable String header(String name) {
                    return response.headers().first(HeaderNames.create(name)).orElse(null);
                }

                @Override
                public void close() {
                    super.close();
                    response.close();
                }
            };
        }

        @Override
        public void close() {
            client.closeResource();
        }
    }
}
