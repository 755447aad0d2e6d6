package dev.bowline.tools.sandbox;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.SandboxSettings.Network;
import dev.bowline.tools.option.ToolOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NetworkTest {
    /// Asks the proxy, or the address itself, for a page with nothing but bash.
    private static final String GET =
            "get() { exec 9<>/dev/tcp/127.0.0.1/$1 && printf '%s\\r\\nHost: evil.example\\r\\n\\r\\n' \"$2\" >&9 && timeout 5 cat <&9; }; ";

    @TempDir Path folder;
    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket server;

    /// A site that says which host and path it was asked for, one request a connection.
    @BeforeEach
    void serve() throws Exception {
        var site = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = site;
        Thread.ofVirtual()
                .start(() -> {
                    while (!site.isClosed()) {
                        try (var socket = site.accept()) {
                            answer(socket);
                        } catch (IOException theClientHasGone) {
                            // the next one may stay
                        }
                    }
                });
    }

    private void answer(Socket socket) throws IOException {
        var head =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var path = String.valueOf(head.readLine()).split(" ", -1)[1];
        var host = "";
        for (var line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
            host = line.toLowerCase(Locale.ROOT).startsWith("host: ") ? line.substring(6) : host;
        }
        asked.incrementAndGet();
        var text = "host " + host + " path " + path;
        socket.getOutputStream()
                .write(
                        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                                        + text.length()
                                        + "\r\n\r\n"
                                        + text)
                                .getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int port() {
        return server.getLocalPort();
    }

    private Confined session(Network network, Set<String> inside) {
        var options =
                ToolOptions.DEFAULTS
                        .withSandbox(SandboxSettings.ON.withNetwork(network))
                        .withPrivateHosts(inside);
        return new Confined(new TestContext(folder), options);
    }

    private Confined allowing(String... hosts) {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        return session(new Network(List.of(hosts), List.of(), List.of(), 0), Set.of("127.0.0.0/8"));
    }

    @Test
    void nothingIsReachedWithoutANetwork() throws Exception {
        try (var session = session(Network.NONE, Set.of())) {
            var said =
                    session.run(
                            GET
                                    + "get "
                                    + port()
                                    + " 'GET / HTTP/1.0'; ls /sys/class/net; cat /proc/net/dev | tail -n +3 | cut -d: -f1; env | grep -i proxy");
            assertEquals(0, asked.get());
            assertTrue(said.contains("refused"), said);
            assertFalse(said.contains("eth0:"), said);
            assertFalse(said.contains("http"), said);
        }
    }

    @Test
    void anAllowedHostIsReachedThroughTheProxyOnly() throws Exception {
        try (var session = allowing("127.0.0.1:" + port())) {
            var plain =
                    session.run(
                            GET + "get 3128 'GET http://127.0.0.1:" + port() + "/a?b HTTP/1.1'");
            assertTrue(plain.contains("path /a?b"), plain);
            assertTrue(plain.contains("host 127.0.0.1:" + port()), plain);
            var tunnel =
                    session.run(
                            "exec 9<>/dev/tcp/127.0.0.1/3128; printf 'CONNECT 127.0.0.1:"
                                    + port()
                                    + " HTTP/1.1\\r\\n\\r\\n' >&9; read -r l <&9; echo \"$l\"; read -r l <&9; printf 'GET /t HTTP/1.0\\r\\n\\r\\n' >&9; timeout 5 cat <&9");
            assertTrue(tunnel.contains("200 Connection established"), tunnel);
            assertTrue(tunnel.contains("path /t"), tunnel);
            assertEquals(2, asked.get());
            session.run(GET + "get " + port() + " 'GET / HTTP/1.0'");
            assertEquals(2, asked.get());
        }
    }

    @Test
    void programsFindTheProxyByTheirVariables() throws Exception {
        assumeTrue(Bubblewrap.find("curl").isPresent(), "no curl");
        try (var session = allowing("127.0.0.1:" + port())) {
            var said =
                    session.run(
                            "env -u no_proxy -u NO_PROXY curl -sS http://127.0.0.1:"
                                    + port()
                                    + "/c");
            assertTrue(said.contains("path /c"), said);
        }
    }

    @Test
    void otherHostsAreRefusedAndNamed() throws Exception {
        try (var session = allowing("127.0.0.2:" + port(), "a.example")) {
            for (var to :
                    List.of(
                            "127.0.0.1:" + port(),
                            "localhost:" + port(),
                            "b.a.example",
                            "a.example.evil.example",
                            "[::1]:" + port(),
                            "2130706433:" + port())) {
                var said = session.run(GET + "get 3128 'GET http://" + to + "/ HTTP/1.1'");
                assertTrue(
                        said.contains("403 Forbidden") || said.contains("400 Bad"),
                        to + ": " + said);
            }
            assertEquals(0, asked.get());
            var said = session.run(GET + "get 3128 'CONNECT evil.example:443 HTTP/1.1' >/dev/null");
            assertTrue(said.contains("The sandbox refused connections: evil.example:443"), said);
        }
    }

    @Test
    void onlyUsualPortsAreReachedWithoutNamingThem() throws Exception {
        try (var session = allowing("127.0.0.1")) {
            assertTrue(
                    session.run(GET + "get 3128 'CONNECT 127.0.0.1:" + port() + " HTTP/1.1'")
                            .contains("403"));
        }
    }

    @Test
    void aDeniedHostIsStronger() throws Exception {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        var network = new Network(List.of("*"), List.of("127.0.0.1"), List.of(), 0);
        try (var session = session(network, Set.of("127.0.0.0/8"))) {
            assertTrue(
                    session.run(GET + "get 3128 'CONNECT 127.0.0.1:443 HTTP/1.1'")
                            .contains("a denied domain"));
        }
    }

    @Test
    void aNameDoesNotLeadInside() throws Exception {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        var network =
                new Network(
                        List.of("127.0.0.1:" + port(), "169.254.169.254", "localhost"),
                        List.of(),
                        List.of(),
                        0);
        try (var session = session(network, Set.of())) {
            for (var to : List.of("127.0.0.1:" + port(), "169.254.169.254:80", "localhost:80")) {
                assertTrue(
                        session.run(GET + "get 3128 'CONNECT " + to + " HTTP/1.1'").contains("403"),
                        to);
            }
        }
        assertEquals(0, asked.get());
    }

    @Test
    void theOperatorsProxyDecidesInstead() throws Exception {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        try (var session =
                session(new Network(List.of(), List.of(), List.of(), port()), Set.of())) {
            var said = session.run(GET + "get 3128 'GET /own HTTP/1.0'");
            assertTrue(said.contains("path /own"), said);
        }
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        try (var session = allowing("127.0.0.1:" + port())) {
            for (var line :
                    List.of(
                            "GET / HTTP/1.1",
                            "hello",
                            "CONNECT x",
                            "GET ftp://127.0.0.1/ HTTP/1.1",
                            "CONNECT a@127.0.0.1:" + port() + " HTTP/1.1")) {
                assertTrue(
                        session.run(GET + "get 3128 '" + line + "'").contains("400 Bad Request"),
                        line);
            }
        }
        assertEquals(0, asked.get());
    }

    @Test
    void serversInsideAreReachedInside() throws Exception {
        assumeTrue(
                Bubblewrap.find("python3").isPresent() || Bubblewrap.find("perl").isPresent(),
                "no server");
        try (var session = session(Network.NONE, Set.of())) {
            var said =
                    session.run(
                            "perl -MSocket -e 'socket(my $l,PF_INET,SOCK_STREAM,0); bind($l,sockaddr_in(8080,INADDR_LOOPBACK)); listen($l,1); exit if fork; accept(my $c,$l); syswrite($c,\"served\\n\")'; timeout 5 cat < /dev/tcp/127.0.0.1/8080");
            assertTrue(said.contains("served"), said);
        }
    }

    @Test
    void socketsOfProgramsOutsideAreOutOfReach() throws Exception {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        var connect =
                "perl -MSocket -e 'socket(my $s,PF_UNIX,SOCK_STREAM,0); connect($s,sockaddr_un($ARGV[0])) and print \"reached\\n\"' ";
        var context = new TestContext(folder);
        for (var place :
                List.of(
                        context.projectDirectory(),
                        folder.toRealPath(),
                        Path.of(System.getProperty("user.home")))) {
            var socket = place.resolve("bowline-test-" + ProcessHandle.current().pid() + ".sock");
            try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.bind(UnixDomainSocketAddress.of(socket));
                try (var session = session(Network.NONE, Set.of())) {
                    assertFalse(
                            session.run(connect + socket).contains("reached"), socket.toString());
                }
                var network = new Network(List.of(), List.of(), List.of(socket.toString()), 0);
                try (var session = session(network, Set.of())) {
                    assertTrue(
                            session.run(connect + socket).contains("reached"), socket.toString());
                }
            } finally {
                Files.deleteIfExists(socket);
            }
        }
    }
}
