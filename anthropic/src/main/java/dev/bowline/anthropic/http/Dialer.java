package dev.bowline.anthropic.http;

import dev.bowline.anthropic.http.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Makes connections to one endpoint: name, TCP, proxy, TLS. Every step is bounded by the connect
/// time-out and ends when the thread is interrupted.
final class Dialer {
    private final Endpoint endpoint;
    private final @Nullable Proxy proxy;
    private final @Nullable SSLContext ssl;
    private final Duration patience;

    Dialer(Endpoint endpoint, @Nullable Proxy proxy, @Nullable SSLContext ssl, Duration patience) {
        this.endpoint = endpoint;
        this.proxy = proxy;
        this.ssl = ssl;
        this.patience = patience;
    }

    Connection dial() throws IOException, InterruptedException {
        var peer = proxy == null ? endpoint.authority() : proxy.authority();
        var addresses =
                proxy == null
                        ? resolve(endpoint.bareHost(), peer)
                        : resolve(bare(proxy.host()), peer);
        var channel = connect(addresses, proxy == null ? endpoint.port() : proxy.port(), peer);
        boolean done = false;
        try {
            var socket = channel.socket();
            if (endpoint.tls() && proxy != null) {
                tunnel(channel, proxy);
            }
            var connection = new Connection(channel, endpoint.tls() ? tls(socket) : socket, peer);
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Looks the name up on a thread of its own, since a look-up can't be interrupted.
    private InetAddress[] resolve(String host, String peer)
            throws IOException, InterruptedException {
        if (literal(host)) {
            return InetAddress.getAllByName(host);
        }
        var lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofVirtual().name("bowline-dns").start(lookup);
        try {
            return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new TransportException(Kind.UNKNOWN_HOST, peer, "", e.getCause());
            }
            throw new TransportException(Kind.NOT_CONNECTED, peer, "", e.getCause());
        } catch (TimeoutException e) {
            throw new TransportException(Kind.CONNECT_TIMEOUT, peer, "looking up the name", e);
        }
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d+(\\.\\d+){3}");
    }

    private SocketChannel connect(InetAddress[] addresses, int port, String peer)
            throws IOException, InterruptedException {
        TransportException failure = null;
        for (var address : addresses) {
            Connection.throwIfInterrupted();
            var channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.socket()
                        .connect(new InetSocketAddress(address, port), Timeouts.millis(patience));
                return channel;
            } catch (IOException e) {
                channel.close();
                Connection.throwIfInterrupted();
                var kind =
                        e instanceof SocketTimeoutException
                                ? Kind.CONNECT_TIMEOUT
                                : Kind.NOT_CONNECTED;
                failure = new TransportException(kind, peer, text(e), e);
            }
        }
        throw failure == null ? new TransportException(Kind.UNKNOWN_HOST, peer, "", null) : failure;
    }

    private void tunnel(SocketChannel channel, Proxy by) throws IOException, InterruptedException {
        var way = new Connection(channel, channel.socket(), by.authority());
        way.patience(patience, Kind.CONNECT_TIMEOUT);
        var authority = endpoint.authority();
        way.write(
                ("CONNECT "
                                + authority
                                + " HTTP/1.1\r\nHost: "
                                + authority
                                + "\r\n"
                                + by.authorization()
                                + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Connection.Received answer;
        try {
            answer = way.receive(new byte[2048]);
        } catch (TransportException e) {
            if (e.kind() == Kind.CONNECT_TIMEOUT) {
                throw e;
            }
            throw new TransportException(Kind.PROXY, by.authority(), "no HTTP answer", e);
        }
        int status = answer.head().status();
        if (status / 100 != 2) {
            throw new TransportException(Kind.PROXY, by.authority(), "HTTP " + status, null);
        }
    }

    private Socket tls(Socket plain) throws IOException, InterruptedException {
        plain.setSoTimeout(Timeouts.millis(patience));
        try {
            var context = ssl == null ? SSLContext.getDefault() : ssl;
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(
                                            new BufferedSocket(plain),
                                            endpoint.bareHost(),
                                            endpoint.port(),
                                            true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (SocketTimeoutException e) {
            Connection.throwIfInterrupted();
            throw new TransportException(
                    Kind.CONNECT_TIMEOUT, endpoint.authority(), "the TLS handshake", e);
        } catch (SSLException e) {
            Connection.throwIfInterrupted();
            throw new TransportException(Kind.TLS, endpoint.authority(), text(e), e);
        } catch (IOException e) {
            Connection.throwIfInterrupted();
            throw new TransportException(
                    Kind.TLS, endpoint.authority(), "the connection ended: " + text(e), e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new TransportException(Kind.TLS, endpoint.authority(), text(e), e);
        }
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
