package dev.bowline.tools.sandbox;

import dev.bowline.permission.HostPattern;
import dev.bowline.tools.option.HostAndPort;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.web.AddressPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// Which hosts a proxy connects to, and at which addresses: the settings first, then the policy for
/// addresses, whose look-up is the one that counts.
record ProxyRules(SandboxSettings.Network network, AddressPolicy addresses) {
    private static final Set<Integer> USUAL = Set.of(80, 443);

    /// What was decided.
    sealed interface Answer {
        /// @param addresses the only ones to connect to
        record Connect(List<InetAddress> addresses) implements Answer {}

        /// @param why half a sentence
        record Refuse(String why) implements Answer {}
    }

    Answer answer(ProxyRequest request) {
        if (covers(network.denied(), request, true)) {
            return new Answer.Refuse("a denied domain covers it");
        }
        if (!covers(network.allowed(), request, false)) {
            return new Answer.Refuse("it is not among the allowed domains");
        }
        var url = "http://" + request.host() + ":" + request.port() + "/";
        return switch (addresses.check(url)) {
            case AddressPolicy.Verdict.Contact contact -> new Answer.Connect(contact.addresses());
            case AddressPolicy.Verdict.Refused refused -> new Answer.Refuse(refused.reason());
        };
    }

    private static boolean covers(List<String> patterns, ProxyRequest request, boolean anyPort) {
        return patterns.stream()
                .map(HostAndPort::of)
                .filter(one -> HostPattern.covers(one.host(), request.host()))
                .anyMatch(one ->
                        one.port() == 0
                                ? anyPort || USUAL.contains(request.port())
                                : one.port() == request.port());
    }
}
