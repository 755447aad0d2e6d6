package dev.bowline.tools.web;

import dev.bowline.permission.HostName;
import java.net.InetAddress;
import java.util.List;

/// Addresses that share their first bits.
///
/// @param prefix the bytes of one of them, 4 or 16
/// @param length how many bits they share
record AddressRange(List<Byte> prefix, int length) {

    /// @param text `192.0.2.0/24`, `2001:db8::/32`, or a single address
    /// @throws IllegalArgumentException for other text
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (address.indexOf(':') < 0 && !HostName.isAddress(address)) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        var bytes = InetAddress.ofLiteral(address).getAddress();
        int bits = bytes.length * 8;
        int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        return new AddressRange(boxed(bytes), length);
    }

    boolean holds(InetAddress address) {
        return holds(address.getAddress());
    }

    boolean holds(byte[] address) {
        if (address.length != prefix.size()) {
            return false;
        }
        for (int bit = 0; bit < length; bit += 8) {
            int mask = length - bit >= 8 ? 0xFF : 0xFF << (8 - (length - bit));
            if (((address[bit / 8] ^ prefix.get(bit / 8)) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Byte> boxed(byte[] bytes) {
        var boxed = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            boxed[i] = bytes[i];
        }
        return List.of(boxed);
    }
}
