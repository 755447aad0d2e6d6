package dev.bowline.tools.web;

import dev.bowline.permission.HostPattern;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Hosts that are not public and that the operator lets be contacted all the same.
///
/// @param names patterns of hosts; they stand for addresses of private networks and of this machine
///   only, so that such a name cannot be turned towards a cloud's metadata
/// @param ranges addresses that may be contacted under any name
public record InsideHosts(List<String> names, List<String> ranges) {
    private static final List<AddressRange> UNDER_A_NAME =
            List.of(
                    AddressRange.of("10.0.0.0/8"),
                    AddressRange.of("100.64.0.0/10"),
                    AddressRange.of("127.0.0.0/8"),
                    AddressRange.of("172.16.0.0/12"),
                    AddressRange.of("192.168.0.0/16"),
                    AddressRange.of("::1/128"),
                    AddressRange.of("fc00::/7"));
    private static final List<AddressRange> NEVER_UNDER_A_NAME =
            List.of(AddressRange.of("100.100.100.200"), AddressRange.of("fd00:ec2::/32"));

    /// @throws IllegalArgumentException if a name is no pattern or a range is none
    public InsideHosts {
        names = List.copyOf(names);
        ranges = List.copyOf(ranges);
        for (var name : names) {
            HostPattern.problem(name)
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(problem);
                    });
        }
        ranges.forEach(AddressRange::of);
    }

    /// @param entries names and ranges in any order; an address by itself is a range
    static InsideHosts of(Set<String> entries) {
        var names = new ArrayList<String>();
        var ranges = new ArrayList<String>();
        for (var entry : entries) {
            (isRange(entry) ? ranges : names).add(entry);
        }
        return new InsideHosts(names, ranges);
    }

    boolean knows(String host) {
        return names.stream().anyMatch(name -> HostPattern.covers(name, host));
    }

    boolean allow(String host, InetAddress address) {
        return ranges.stream().anyMatch(range -> AddressRange.of(range).holds(address))
                || knows(host)
                        && UNDER_A_NAME.stream().anyMatch(range -> range.holds(address))
                        && NEVER_UNDER_A_NAME.stream().noneMatch(range -> range.holds(address));
    }

    private static boolean isRange(String entry) {
        try {
            AddressRange.of(entry);
            return true;
        } catch (IllegalArgumentException aName) {
            return entry.indexOf('/') >= 0;
        }
    }
}
