package dev.bowline.tools.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Addresses that are not somebody's public server: the special-purpose address registries of IANA
/// for IPv4 and IPv6 (RFC 6890), as of 2026, and the addresses under which clouds answer their
/// machines. Entries that a registry calls globally reachable are refused too, because they are
/// services of the network and no sites; only NAT64 is judged by the address in it.
final class AddressRanges {
    private record Entry(AddressRange range, String what) {
        Entry(String range, String what) {
            this(AddressRange.of(range), what);
        }
    }

    private static final List<Entry> TABLE =
            List.of(
                    new Entry("168.63.129.16/32", "a cloud's own service"),
                    new Entry("169.254.169.254/32", "a cloud's own service"),
                    new Entry("100.100.100.200/32", "a cloud's own service"),
                    new Entry("0.0.0.0/8", "this network"),
                    new Entry("10.0.0.0/8", "a private network"),
                    new Entry("100.64.0.0/10", "a provider's inner network"),
                    new Entry("127.0.0.0/8", "this machine"),
                    new Entry("169.254.0.0/16", "the local link"),
                    new Entry("172.16.0.0/12", "a private network"),
                    new Entry("192.0.0.0/24", "protocol assignments"),
                    new Entry("192.0.2.0/24", "documentation"),
                    new Entry("192.31.196.0/24", "AS112"),
                    new Entry("192.52.193.0/24", "AMT"),
                    new Entry("192.88.99.0/24", "6to4 relays"),
                    new Entry("192.168.0.0/16", "a private network"),
                    new Entry("192.175.48.0/24", "AS112"),
                    new Entry("198.18.0.0/15", "benchmarks"),
                    new Entry("198.51.100.0/24", "documentation"),
                    new Entry("203.0.113.0/24", "documentation"),
                    new Entry("224.0.0.0/4", "multicast"),
                    new Entry("240.0.0.0/4", "reserved"),
                    new Entry("fd00:ec2::/32", "a cloud's own service"),
                    new Entry("::/128", "this machine"),
                    new Entry("::1/128", "this machine"),
                    new Entry("::/96", "IPv4 in IPv6"),
                    new Entry("64:ff9b:1::/48", "local address translation"),
                    new Entry("100::/64", "discarded"),
                    new Entry("100:0:0:1::/64", "discarded"),
                    new Entry("2001::/32", "Teredo tunnels"),
                    new Entry("2001::/23", "protocol assignments"),
                    new Entry("2001:db8::/32", "documentation"),
                    new Entry("2002::/16", "6to4 tunnels"),
                    new Entry("2620:4f:8000::/48", "AS112"),
                    new Entry("3fff::/20", "documentation"),
                    new Entry("5f00::/16", "segment routing"),
                    new Entry("fc00::/7", "a private network"),
                    new Entry("fe80::/10", "the local link"),
                    new Entry("fec0::/10", "a private network"),
                    new Entry("ff00::/8", "multicast"));

    private static final AddressRange GLOBAL_UNICAST = AddressRange.of("2000::/3");
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

    private AddressRanges() {}

    /// What an address is for, if it is not for public servers, in a few words.
    static Optional<String> problem(InetAddress address) {
        return problem(address.getAddress());
    }

    private static Optional<String> problem(byte[] address) {
        var listed = listed(address);
        if (listed.isPresent() || address.length == 4) {
            return listed;
        }
        if (NAT64.holds(address)) {
            return inner(address).map(what -> what + ", behind an address translation");
        }
        if (isMapped(address)) {
            return Optional.of("IPv4 in IPv6");
        }
        if (!GLOBAL_UNICAST.holds(address)) {
            return Optional.of("reserved");
        }
        return isIsatap(address)
                ? inner(address).map(what -> what + ", through a tunnel")
                : Optional.empty();
    }

    private static Optional<String> listed(byte[] address) {
        return TABLE.stream()
                .filter(entry -> entry.range().holds(address))
                .map(Entry::what)
                .findFirst();
    }

    /// The same for the IPv4 address in the last four bytes.
    private static Optional<String> inner(byte[] address) {
        return listed(Arrays.copyOfRange(address, 12, 16));
    }

    private static boolean isMapped(byte[] address) {
        return Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).allMatch(i -> address[i] == 0)
                && address[10] == -1
                && address[11] == -1;
    }

    /// Interface identifiers `0000:5efe` and `0200:5efe` (RFC 5214).
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xFD) == 0
                && address[9] == 0
                && address[10] == 0x5E
                && address[11] == (byte) 0xFE;
    }
}
