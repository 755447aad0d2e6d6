package dev.bowline.testkit.http;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static HttpServer echo() {
        return HttpServer.start(
                null,
                (call, answer) ->
                        answer.send(
                                200,
                                Map.of(),
                                (call.method() + " " + call.target() + " " + call.text())
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String body(RawClient client) throws Exception {
        var head = client.head();
        assertTrue(head.startsWith("HTTP/1.1 200"), head);
        var length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append((char) client.read());
        }
        return text.toString();
    }

    @Test
    void readsAChunkedBody() throws Exception {
        try (var server = echo();
                var client = new RawClient(server.baseUrl())) {
            client.raw(
                    "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\nt: 1\r\n\r\n");
            assertEquals("POST /a abc0123456789", body(client));
        }
    }

    @Test
    void answersRequestsThatWereSentTogether() throws Exception {
        try (var server = echo();
                var client = new RawClient(server.baseUrl())) {
            client.raw("GET /1 HTTP/1.1\r\n\r\nGET /2?q HTTP/1.1\r\n\r\n");
            assertEquals("GET /1 ", body(client));
            assertEquals("GET /2?q ", body(client));
            assertEquals(1, server.connections());
        }
    }

    @Test
    void saysContinueWhenAsked() throws Exception {
        try (var server = echo();
                var client = new RawClient(server.baseUrl())) {
            client.raw("POST /a HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
            assertTrue(client.head().startsWith("HTTP/1.1 100 "));
            client.raw("hi");
            assertEquals("POST /a hi", body(client));
        }
    }

    @Test
    void closesWhenTheClientWantsThat() throws Exception {
        try (var server = echo();
                var client = new RawClient(server.baseUrl())) {
            client.raw("GET /1 HTTP/1.1\r\nconnection: close\r\n\r\n");
            assertEquals("GET /1 ", body(client));
            assertEquals(-1, client.read());
        }
    }

    @Test
    void refusesWhatIsNotHttpAndWhatIsTooLarge() throws Exception {
        for (var test :
                Map.of(
                                "hello\r\n\r\n",
                                "400",
                                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                                "400",
                                "POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
                                "400",
                                "POST / HTTP/1.1\r\ncontent-length: 99999999999\r\n\r\n",
                                "413",
                                "GET / HTTP/1.1\r\na: " + "x".repeat(70_000),
                                "431")
                        .entrySet()) {
            try (var server = echo();
                    var client = new RawClient(server.baseUrl())) {
                client.raw(test.getKey());
                assertTrue(client.head().startsWith("HTTP/1.1 " + test.getValue()), test.getKey());
            }
        }
    }
}
