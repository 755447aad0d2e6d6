package dev.bowline.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/// Where the addresses of a name come from.
@FunctionalInterface
public interface NameLookup {
    /// All addresses of a name, at least one; blocking.
    ///
    /// @param host a name in the form of [dev.bowline.permission.HostName], never an address
    /// @throws UnknownHostException if it has none, or none can be found in time
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /// The machine's resolver, ten seconds at most.
    static NameLookup system() {
        return SystemLookup.INSTANCE;
    }

    /// A table instead of a resolver: names to addresses; `*` stands for all names that are not in
    /// it. A name that is in neither has no address, nor has one with a value that is none; keys
    /// that are no host names are left out.
    static NameLookup of(Map<String, List<String>> table) {
        return TableLookup.of(table);
    }
}
