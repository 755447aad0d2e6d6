package dev.bowline.tools.web;

import java.util.List;
import java.util.Optional;

/// Names that mean this machine, the local network or a cloud's inner services, whatever addresses
/// they have: single labels, which resolvers complete with the domain of the machine, endings that
/// RFC 6761, RFC 6762, RFC 8375 and ICANN keep for such use or that routers and clusters use so,
/// and metadata services.
final class InsideNames {
    private static final List<String> ENDINGS =
            List.of(
                    "localhost",
                    "localdomain",
                    "local",
                    "internal",
                    "intranet",
                    "private",
                    "corp",
                    "home",
                    "lan",
                    "home.arpa",
                    "svc",
                    "onion",
                    "metadata.packet.net",
                    "metadata.platformequinix.com");

    private InsideNames() {}

    static Optional<String> problem(String host) {
        boolean inside =
                host.indexOf('.') < 0
                        || ENDINGS.stream()
                                .anyMatch(ending ->
                                        host.equals(ending) || host.endsWith("." + ending));
        return inside
                ? Optional.of("The host " + host + " is a name inside a network, not a public one.")
                : Optional.empty();
    }
}
