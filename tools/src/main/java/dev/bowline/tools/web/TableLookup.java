package dev.bowline.tools.web;

import dev.bowline.permission.HostName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names and addresses that were written down.
final class TableLookup implements NameLookup {
    private static final String MAPPED = "::ffff:";

    private final Map<String, List<InetAddress>> table;

    private TableLookup(Map<String, List<InetAddress>> table) {
        this.table = Map.copyOf(table);
    }

    static TableLookup of(Map<String, List<String>> table) {
        var read = new HashMap<String, List<InetAddress>>();
        table.forEach((name, addresses) ->
                (name.equals("*") ? Optional.of(name) : HostName.find(name))
                        .ifPresent(host -> read.put(host, read(addresses))));
        return new TableLookup(read);
    }

    /// All of them, or none if one of them is no address.
    private static List<InetAddress> read(List<String> addresses) {
        try {
            return addresses.stream().map(TableLookup::address).toList();
        } catch (IllegalArgumentException noAddress) {
            return List.of();
        }
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        var found = table.getOrDefault(host, table.getOrDefault("*", List.of()));
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    /// The JDK makes an IPv4 address of `::ffff:a.b.c.d`; here it stays what it is.
    private static InetAddress address(String text) {
        if (!text.toLowerCase(Locale.ROOT).startsWith(MAPPED)) {
            return InetAddress.ofLiteral(text);
        }
        var bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        System.arraycopy(InetAddress.ofLiteral(text).getAddress(), 0, bytes, 12, 4);
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }
}
