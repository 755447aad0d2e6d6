package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class SpeedTest {
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void servesThousandsOfStreamsASecondOnOneConnection(TestReporter reporter) throws Exception {
        var reply = filler(20, 20);
        try (var api = FakeMessagesApi.start(a -> a.keepRequests(0).replyWith(_ -> reply));
                var socket = new Socket("127.0.0.1", URI.create(api.baseUrl()).getPort())) {
            socket.setTcpNoDelay(true);
            var request = request(streaming(HELLO));
            run(socket, request, 3_000);
            var count = 5_000;
            var begin = System.nanoTime();
            run(socket, request, count);
            var rate = (long) (count / ((System.nanoTime() - begin) / 1e9));
            reporter.publishEntry(
                    "20-delta streams per second on one connection", Long.toString(rate));
            assertEquals(8_000, api.log().served());
            assertTrue(rate > 1_000, rate + " streams per second");
        }
    }

    private static byte[] request(String body) {
        return ("POST /v1/messages HTTP/1.1\r\nx-api-key: k\r\nanthropic-version: 2023-06-01\r\n"
                        + "content-type: application/json\r\ncontent-length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void run(Socket socket, byte[] request, int count) throws Exception {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        var buffer = new byte[64 * 1024];
        for (var i = 0; i < count; i++) {
            out.write(request);
            var size = 0;
            while (!ends(buffer, size)) {
                var read = in.read(buffer, size, buffer.length - size);
                assertTrue(read > 0);
                size += read;
            }
        }
    }

    private static boolean ends(byte[] buffer, int size) {
        return size >= END.length
                && java.util.Arrays.equals(buffer, size - END.length, size, END, 0, END.length);
    }
}
