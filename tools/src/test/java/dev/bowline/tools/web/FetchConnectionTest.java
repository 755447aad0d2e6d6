package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.ErrorCode;
import dev.bowline.testkit.http.LoopbackIdentity;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchConnectionTest extends FetchTest {
    @Test
    void sendsNothingButTheRequest() throws Exception {
        site.raw(
                "/first",
                "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /second\r\nContent-Length: 0\r\n\r\n");
        site.on("/second", "text/plain", "here");
        assertTrue(fetch(site.url("/first#part")).text().contains("here"));
        assertEquals(2, site.requests.size());
        for (var request : site.requests) {
            var names =
                    request.lines()
                            .skip(1)
                            .filter(line -> !line.isEmpty())
                            .map(line -> line.split(":")[0]);
            assertEquals(
                    Set.of("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"),
                    Set.copyOf(names.toList()));
        }
        assertTrue(site.requests.getFirst().startsWith("GET /first HTTP/1.1\r\n"));
        assertTrue(site.requests.getFirst().contains("Host: site.example:" + site.port() + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//double",
                "/a//b",
                "/a/../b",
                "/caf%C3%A9",
                "/?q",
                "/a?x=[1]|2",
                "/100%",
                "/a;b=c,d/@e"
            })
    void asksForThePathAsItIsWritten(String path) throws Exception {
        var sent =
                path.replace("[", "%5B")
                        .replace("]", "%5D")
                        .replace("|", "%7C")
                        .replace("0%", "0%25");
        site.on(sent, "text/plain", "found it");
        assertTrue(fetch(site.url(path)).text().contains("found it"), sent);
    }

    @Test
    void followsRedirectsOnTheSameHostOnly() throws Exception {
        site.redirects("/a", "b").redirects("/b", "?c").redirects("/b?c", site.url("/d"));
        site.redirects("/d", "//site.example:" + site.port() + "/e")
                .on("/e", "text/plain", "the end");
        var result = fetch(site.url("/a"));
        assertTrue(result.text().contains("the end"), result.text());
        assertEquals(site.url("/e"), result.structured().asMap().get("url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other.example/x",
                "//other.example/x",
                "http://169.254.169.254/latest/",
                "http://localhost/",
                "http://site.example:1/",
                "https://site.example.evil.example/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http://site.example@evil.example/",
                "http:\\\\evil.example",
            })
    void tellsOfARedirectElsewhereWithoutFollowing(String location) throws Exception {
        site.redirects("/a", location);
        var result = fetch(site.url("/a"));
        assertFalse(result.isError());
        assertTrue(result.text().contains("It was not contacted"), result.text());
        assertEquals(302, ((Number) result.structured().asMap().get("code")).intValue());
        assertEquals(1, site.requests.size());
    }

    @Test
    void givesUpAfterTenRedirects() throws Exception {
        site.redirects("/loop", "/loop");
        var result = fetch(site.url("/loop"));
        assertTrue(result.text().contains("more than 10 times"), result.text());
        assertEquals(11, site.requests.size());
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndLooksUpOnce() throws Exception {
        site.on("/", "text/plain", "the checked one");
        var asked = new AtomicInteger();
        NameLookup rebinding =
                host ->
                        List.of(
                                InetAddress.ofLiteral(
                                        asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
        var policy = new AddressPolicy(rebinding, Set.of("127.0.0.1"));
        var result = fetch(policy, SMALL, site.url("rebinding.example", "/"));
        assertTrue(result.text().contains("the checked one"), result.text());
        assertEquals(1, asked.get());
    }

    @Test
    void checksANameAgainWhenItRedirectsToItself() throws Exception {
        site.redirects("/a", "/b").on("/b", "text/plain", "secret of the inside");
        var asked = new AtomicInteger();
        NameLookup rebinding =
                host ->
                        List.of(
                                InetAddress.ofLiteral(
                                        asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
        var policy = new AddressPolicy(rebinding, Set.of("127.0.0.1"));
        var result = fetch(policy, SMALL, site.url("rebinding.example", "/a"));
        assertTrue(result.isError());
        assertEquals(ErrorCode.PERMISSION_DENIED, ((ToolResult.Failure) result).code());
        assertTrue(result.text().contains("127.0.0.2, which is not public"), result.text());
        assertEquals(1, site.requests.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://private.example:%d/",
                "http://localhost:%d/",
                "http://2130706433:%d/"
            })
    void contactsNoPrivateAddress(String form) throws Exception {
        site.on("/", "text/plain", "secret of the inside");
        var result = fetch(form.formatted(site.port()));
        assertEquals(ErrorCode.PERMISSION_DENIED, ((ToolResult.Failure) result).code());
        assertEquals(List.of(), site.requests);
    }

    @Test
    void goesOnToTheNextCheckedAddress() throws Exception {
        site.on("/", "text/plain", "second try");
        var policy =
                new AddressPolicy(
                        NameLookup.of(Map.of("site.example", List.of("127.0.0.3", "127.0.0.1"))),
                        Set.of("site.example"));
        assertTrue(fetch(policy, SMALL, site.url("/")).text().contains("second try"));
    }

    @Test
    void looksNothingUpBeforeThePermission() throws Exception {
        var policy =
                new AddressPolicy(
                        host -> {
                            throw new AssertionError(host);
                        },
                        Set.of());
        var accesses =
                tool(policy, SMALL)
                        .accesses(TestContext.input("url", "http://a.example/x#y"), context);
        assertEquals(List.of(new Access.Contacts("https://a.example/x")), accesses);
        var refused =
                tool(policy, SMALL).accesses(TestContext.input("url", "http://10.0.0.1"), context);
        assertTrue(((Access.Contacts) refused.getFirst()).refusal().contains("not public"));
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        assertTrue(fetch("http://site.example:" + free + "/").text().contains("could not be had"));
    }

    @Test
    void doesNotSpeakToAServerWithoutTls() throws Exception {
        site.on("/", "text/plain", "plain");
        var limits =
                new FetchLimits(
                        SMALL.total(), SMALL.connect(), Duration.ofMillis(300), SMALL.bytes(), 10);
        var result = fetch(site.policy(), limits, "https://site.example:" + site.port() + "/");
        assertTrue(result.isError(), result.text());
    }

    @Test
    void securesTheConnectionByTheNameThatWasAsked() throws Exception {
        var identity = LoopbackIdentity.shared();
        var listening =
                identity.server()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        try (var secured = new TinySite(listening)) {
            secured.on("/", "text/plain", "secured words");
            var names =
                    Map.of(
                            "localhost",
                            List.of("127.0.0.1"),
                            "other.example",
                            List.of("127.0.0.1"));
            var policy =
                    new AddressPolicy(NameLookup.of(names), Set.of("localhost", "other.example"));
            var trusting = new WebFetch(policy, SMALL, identity.client()::getSocketFactory);
            var url = "https://%s:" + secured.port() + "/";
            var good =
                    trusting.call(
                            TestContext.input("url", url.formatted("localhost"), "prompt", ""),
                            context);
            assertTrue(good.text().contains("secured words"), good.text());
            var wrongName =
                    trusting.call(
                            TestContext.input("url", url.formatted("other.example"), "prompt", ""),
                            context);
            assertTrue(wrongName.text().contains("could not be secured"), wrongName.text());
            var untrusted = fetch(policy, SMALL, url.formatted("localhost") + "x");
            assertTrue(untrusted.text().contains("could not be secured"), untrusted.text());
            assertEquals(1, secured.requests.size());
        }
    }
}
