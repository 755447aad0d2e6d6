package dev.bowline.anthropic.http;

import java.io.ByteArrayOutputStream;

/// Bytes being written, readable without a copy.
public final class Bytes extends ByteArrayOutputStream {
    public Bytes(int size) {
        super(size);
    }

    /// The array behind; the first [#size()] bytes count.
    public byte[] array() {
        return buf;
    }
}
