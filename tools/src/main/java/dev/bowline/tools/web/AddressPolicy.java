package dev.bowline.tools.web;

import dev.bowline.permission.HostName;
import dev.bowline.tool.Access;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which addresses may be contacted whatever the rules say: public ones, and those that the
/// operator names. One for all tools that reach the web. Pages at the usual port of `http` are
/// asked for over `https`, unless they are the operator's.
///
/// @param lookup where the addresses of names come from
/// @param inside hosts that are not public and may be contacted all the same
public record AddressPolicy(NameLookup lookup, InsideHosts inside) {

    /// What a check came to.
    public sealed interface Verdict {
        /// May be contacted, at these addresses only.
        record Contact(WebAddress.Valid address, List<InetAddress> addresses) implements Verdict {
            public Contact {
                addresses = List.copyOf(addresses);
            }
        }

        /// Must not be contacted.
        ///
        /// @param url as far as it could be read, otherwise as it was given
        /// @param reason one sentence
        record Refused(String url, String reason) implements Verdict {}
    }

    /// @param privateAllowed hosts (patterns as in `WebFetch(domain:…)`) and ranges
    ///   (`192.168.7.0/24`) that may be contacted although they are not public
    /// @throws IllegalArgumentException for an entry that is neither
    public AddressPolicy(NameLookup lookup, Set<String> privateAllowed) {
        this(lookup, InsideHosts.of(privateAllowed));
    }

    /// The whole check: form, name, and every address that the name has now. Looks names up, which
    /// tells their owners; so a permission comes first. A name without addresses is refused.
    public Verdict check(String url) {
        return switch (WebAddress.parse(url)) {
            case WebAddress.Problem(String reason) -> new Verdict.Refused(url, reason);
            case WebAddress.Valid valid -> {
                var address = secured(valid);
                yield refusalByForm(address)
                        .<Verdict>map(reason -> new Verdict.Refused(address.url(), reason))
                        .orElseGet(() -> lookedUp(address));
            }
        };
    }

    /// What a call with this address would touch, as far as can be told without a look-up; never
    /// blocks and tells nobody.
    public Access.Contacts glance(String url) {
        return switch (WebAddress.parse(url)) {
            case WebAddress.Problem(String reason) -> new Access.Contacts(url, reason);
            case WebAddress.Valid valid -> {
                var address = secured(valid);
                yield new Access.Contacts(address.url(), refusalByForm(address).orElse(null));
            }
        };
    }

    /// The same after a look-up.
    public Access.Contacts contacts(String url) {
        return switch (check(url)) {
            case Verdict.Refused(String read, String reason) -> new Access.Contacts(read, reason);
            case Verdict.Contact(WebAddress.Valid address, var any) ->
                    new Access.Contacts(address.url());
        };
    }

    private WebAddress.Valid secured(WebAddress.Valid valid) {
        var host = valid.host();
        boolean kept =
                inside.knows(host) || HostName.isAddress(host) && inside.allow(host, literal(host));
        return kept ? valid : valid.secured();
    }

    private Optional<String> refusalByForm(WebAddress.Valid address) {
        var host = address.host();
        if (HostName.isAddress(host)) {
            return refusal(host, literal(host));
        }
        return inside.knows(host) ? Optional.empty() : InsideNames.problem(host);
    }

    private Verdict lookedUp(WebAddress.Valid address) {
        var host = address.host();
        if (HostName.isAddress(host)) {
            return new Verdict.Contact(address, List.of(literal(host)));
        }
        List<InetAddress> found;
        try {
            found = lookup.addresses(host);
        } catch (UnknownHostException e) {
            found = List.of();
        }
        if (found.isEmpty()) {
            return new Verdict.Refused(
                    address.url(), "No address is known for the host " + host + ".");
        }
        return found.stream()
                .map(each -> refusal(host, each))
                .flatMap(Optional::stream)
                .findFirst()
                .<Verdict>map(reason -> new Verdict.Refused(address.url(), reason))
                .orElse(new Verdict.Contact(address, found));
    }

    private Optional<String> refusal(String host, InetAddress address) {
        if (inside.allow(host, address)) {
            return Optional.empty();
        }
        return AddressRanges.problem(address)
                .map(what ->
                        HostName.isAddress(host)
                                ? "The address " + host + " is not public (" + what + ")."
                                : "The host "
                                        + host
                                        + " has the address "
                                        + address.getHostAddress()
                                        + ", which is not public ("
                                        + what
                                        + ").");
    }

    private static InetAddress literal(String host) {
        return InetAddress.ofLiteral(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
