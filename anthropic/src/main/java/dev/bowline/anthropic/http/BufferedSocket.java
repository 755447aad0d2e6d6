package dev.bowline.anthropic.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/// The socket below TLS: reads ahead. A TLS socket asks for five bytes and then for the rest of
/// each record, and a stream of small events has many small records: without this each costs two
/// system calls.
final class BufferedSocket extends Socket {
    private static final int SIZE = 8 << 10;

    private final Socket socket;
    private final InputStream in;

    BufferedSocket(Socket socket) throws IOException {
        super((java.net.SocketImpl) null);
        this.socket = socket;
        this.in = new Ahead(socket.getInputStream());
    }

    private static final class Ahead extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[SIZE];
        private int at;
        private int limit;

        Ahead(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == limit) {
                if (length >= SIZE) {
                    return in.read(into, from, length);
                }
                at = 0;
                limit = 0;
                int n = in.read(buffer, 0, SIZE);
                if (n < 0) {
                    return -1;
                }
                limit = n;
            }
            int n = Math.min(length, limit - at);
            System.arraycopy(buffer, at, into, from, n);
            at += n;
            return n;
        }

        @Override
        public int available() throws IOException {
            return limit - at + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
