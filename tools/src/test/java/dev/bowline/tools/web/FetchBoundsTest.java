package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchBoundsTest extends FetchTest {
    @Test
    void unpacksGzip() throws Exception {
        site.on(
                "/",
                "text/plain",
                gzip("packed words".getBytes(StandardCharsets.UTF_8)),
                "Content-Encoding: gzip");
        assertTrue(fetch(site.url("/")).text().contains("packed words"));
    }

    @Test
    void stopsUnpackingABomb() throws Exception {
        site.on("/", "text/plain", gzip(new byte[50_000_000]), "Content-Encoding: gzip");
        var result = fetch(site.url("/"));
        assertTrue(
                result.text().contains("decompressed, is longer than 300000 bytes"), result.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "zstd", "nonsense"})
    void refusesOtherCompression(String encoding) throws Exception {
        site.on("/", "text/plain", new byte[10], "Content-Encoding: " + encoding);
        assertTrue(fetch(site.url("/")).text().contains("not understood"));
    }

    @Test
    void refusesALongPage() throws Exception {
        site.on("/", "text/plain", new byte[400_000]);
        assertTrue(fetch(site.url("/")).text().contains("longer than 300000 bytes"));
    }

    @Test
    void showsAPageOfTheVeryBound() throws Exception {
        site.on("/", "text/plain", new byte[300_000]);
        assertFalse(fetch(site.url("/")).isError());
        site.on("/more", "text/plain", new byte[300_001]);
        assertTrue(fetch(site.url("/more")).text().contains("longer than 300000 bytes"));
    }

    @Test
    void aPageMayBeEmpty() throws Exception {
        site.raw("/", "HTTP/1.1 204 No Content\r\n\r\n");
        assertTrue(fetch(site.url("/")).text().contains("]\n\n[end of the page"));
    }

    @Test
    void onlyAnswersFrom300To399Redirect() throws Exception {
        site.on("/b", "text/plain", "the end");
        for (int status : new int[] {300, 399, 299, 400}) {
            var path = "/" + status;
            site.raw(
                    path,
                    "HTTP/1.1 %d Odd\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
                            .formatted(status));
            var redirected = fetch(site.url(path)).text().contains("the end");
            assertEquals(status >= 300 && status < 400, redirected, path);
        }
    }

    @Test
    void refusesAPageWithoutEndAndReadsNoMoreOfIt() throws Exception {
        var sent = new AtomicLong();
        site.on(
                "/",
                out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    while (true) {
                        out.write(
                                ("1000\r\n" + "x".repeat(0x1000) + "\r\n")
                                        .getBytes(StandardCharsets.ISO_8859_1));
                        sent.addAndGet(0x1000);
                    }
                });
        assertTrue(fetch(site.url("/")).text().contains("longer than 300000 bytes"));
        assertTrue(sent.get() < 64_000_000, () -> "the site could send " + sent);
    }

    @Test
    void refusesHugeHeaders() throws Exception {
        site.raw("/line", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n");
        site.raw("/lines", "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1000) + "\r\n");
        site.on(
                "/endless",
                out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    while (true) {
                        out.write("X: y\r\n".repeat(100).getBytes(StandardCharsets.ISO_8859_1));
                    }
                });
        for (var path : List.of("/line", "/lines", "/endless")) {
            var result = fetch(site.url(path));
            assertTrue(
                    result.isError() && result.text().contains("could not be had"), result.text());
        }
    }

    @Test
    void stopsWhenTheTimeIsOver() throws Exception {
        var gone = new CountDownLatch(1);
        site.on(
                "/",
                out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    try {
                        while (true) {
                            out.write('x');
                            out.flush();
                            Thread.onSpinWait();
                            if (gone.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                                return;
                            }
                        }
                    } finally {
                        gone.countDown();
                    }
                });
        var limits =
                new FetchLimits(
                        Duration.ofMillis(400), SMALL.connect(), SMALL.idle(), SMALL.bytes(), 10);
        var result = fetch(site.policy(), limits, site.url("/"));
        assertTrue(result.text().contains("did not come within 0.4 seconds"), result.text());
        gone.await();
    }

    @Test
    void stopsWhenAServerIsSilent() throws Exception {
        var done = new CountDownLatch(1);
        site.on("/", out -> done.await());
        var limits =
                new FetchLimits(
                        SMALL.total(), SMALL.connect(), Duration.ofMillis(200), SMALL.bytes(), 10);
        var result = fetch(site.policy(), limits, site.url("/"));
        done.countDown();
        assertTrue(result.text().contains("silent for too long"), result.text());
    }

    @Test
    void anInterruptEndsTheFetch() throws Exception {
        var asked = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        site.on(
                "/",
                out -> {
                    asked.countDown();
                    done.await();
                });
        var interrupted = new CountDownLatch(1);
        var fetching =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                fetch(site.url("/"));
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
        asked.await();
        fetching.interrupt();
        interrupted.await();
        done.countDown();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
