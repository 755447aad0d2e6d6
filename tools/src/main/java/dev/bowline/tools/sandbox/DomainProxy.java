package dev.bowline.tools.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A proxy of one command, on a socket that only the command can reach: `CONNECT`, and requests in
/// plain HTTP, one for each connection. Bounds time, bytes and connections.
final class DomainProxy implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_HEAD = 32 << 10;
    private static final int MAX_REFUSALS = 20;
    private static final long MAX_BYTES = 8L << 30;
    private static final int BUFFER = 64 << 10;
    private static final int HEAD_SECONDS = 20;
    private static final int CONNECT_MILLIS = 15_000;
    private static final byte[] EMPTY_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ProxyRules rules;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = Collections.synchronizedSet(new LinkedHashSet<>());
    private final AtomicLong bytes = new AtomicLong();

    private DomainProxy(ProxyRules rules, Path socket, ServerSocketChannel server) {
        this.rules = rules;
        this.socket = socket;
        this.server = server;
    }

    /// @param folder where its socket goes; a short path
    static DomainProxy start(ProxyRules rules, Path folder) throws IOException {
        var socket = folder.resolve(Forwarder.SOCKET);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var proxy = new DomainProxy(rules, socket, server);
        Thread.ofVirtual().name("bowline-sandbox-proxy").start(proxy::accept);
        return proxy;
    }

    /// Hosts that were asked for and refused, each with the reason.
    List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var client = server.accept();
                if (open.size() >= MAX_CONNECTIONS * 2) {
                    client.close();
                } else {
                    open.add(client);
                    Thread.ofVirtual().name("bowline-sandbox-proxy").start(() -> serve(client));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            int port = rules.network().proxyPort();
            if (port > 0) {
                var theirs = connect(List.of(InetAddress.getLoopbackAddress()), port);
                relay(client, theirs, new byte[0]);
            } else {
                decide(client);
            }
        } catch (IOException over) {
            return;
        } finally {
            open.remove(client);
        }
    }

    private void decide(SocketChannel client) throws IOException {
        var rest = new ByteArrayOutputStream();
        var head = head(client, rest);
        var request = ProxyRequest.of(head);
        if (request.isEmpty()) {
            say(client, "400 Bad Request", "This is a proxy for HTTP and CONNECT.\n");
            return;
        }
        var wanted = request.get();
        switch (rules.answer(wanted)) {
            case ProxyRules.Answer.Refuse(String why) -> {
                var what = wanted.host() + ":" + wanted.port() + " (" + why + ")";
                if (refusals.size() < MAX_REFUSALS) {
                    refusals.add(what);
                }
                say(client, "403 Forbidden", "The sandbox does not reach " + what + "\n");
            }
            case ProxyRules.Answer.Connect(List<InetAddress> addresses) ->
                    pass(client, wanted, addresses, rest.toByteArray());
        }
    }

    private void pass(
            SocketChannel client, ProxyRequest wanted, List<InetAddress> addresses, byte[] rest)
            throws IOException {
        SocketChannel theirs;
        try {
            theirs = connect(addresses, wanted.port());
        } catch (IOException unreachable) {
            say(client, "502 Bad Gateway", wanted.host() + " does not answer\n");
            return;
        }
        if (wanted.tunnel()) {
            write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
            write(theirs, wanted.first());
        }
        relay(client, theirs, rest);
    }

    /// Reads up to the empty line; what comes behind goes to `rest`.
    private static byte[] head(SocketChannel client, ByteArrayOutputStream rest)
            throws IOException {
        var read = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        var inTime = new AtomicBoolean();
        later().execute(() -> {
            if (!inTime.get()) {
                close(client);
            }
        });
        while (read.size() < MAX_HEAD) {
            if (client.read(buffer.clear()) < 0) {
                throw new IOException("over");
            }
            read.write(buffer.array(), 0, buffer.position());
            var all = read.toByteArray();
            int end = find(all);
            if (end >= 0) {
                inTime.set(true);
                rest.write(all, end + EMPTY_LINE.length, all.length - end - EMPTY_LINE.length);
                return Arrays.copyOf(all, end);
            }
        }
        throw new IOException("too long");
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(
                HEAD_SECONDS, TimeUnit.SECONDS, task -> Thread.ofVirtual().start(task));
    }

    private static int find(byte[] all) {
        for (int i = 0; i + EMPTY_LINE.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + EMPTY_LINE.length, EMPTY_LINE, 0, EMPTY_LINE.length)) {
                return i;
            }
        }
        return -1;
    }

    private SocketChannel connect(List<InetAddress> addresses, int port) throws IOException {
        IOException last = new IOException("no address");
        for (var address : addresses) {
            var channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                open.add(channel);
                return channel;
            } catch (IOException next) {
                channel.close();
                last = next;
            }
        }
        throw last;
    }

    private void relay(SocketChannel client, SocketChannel theirs, byte[] first)
            throws IOException {
        try (theirs) {
            theirs.write(ByteBuffer.wrap(first));
            var back = Thread.ofVirtual().start(() -> copy(theirs, client));
            copy(client, theirs);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(theirs);
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer.clear()) >= 0) {
                if (bytes.addAndGet(buffer.position()) > MAX_BYTES) {
                    refusals.add("more than " + MAX_BYTES + " bytes");
                    throw new IOException("too much");
                }
                to.write(buffer.flip());
            }
            to.shutdownOutput();
        } catch (IOException over) {
            close(from);
            close(to);
        }
    }

    private static void say(SocketChannel client, String status, String text) throws IOException {
        write(
                client,
                "HTTP/1.1 "
                        + status
                        + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                        + text.length()
                        + "\r\n\r\n"
                        + text);
    }

    private static void write(SocketChannel to, String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(DomainProxy::close);
        Files.deleteIfExists(socket);
    }
}
