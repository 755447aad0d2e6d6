package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges of addresses at their edges, and the forms of addresses as text.
class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "172.16.0.0/12, 172.15.255.255, false",
        "128.0.0.0/1, 255.0.0.0, true",
        "128.0.0.0/1, 127.0.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.6/31, 192.0.2.7, true",
        "192.0.2.6/31, 192.0.2.8, false",
        "192.0.2.0/23, 192.0.3.255, true",
        "192.0.2.0/23, 192.0.4.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 1.2.3.4, false",
        "::/0, ffff::, true",
        "fc00::/7, fdff::1, true",
        "fc00::/7, fe00::, false",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::, false",
    })
    void aRangeHoldsWhatSharesItsFirstBits(String range, String address, boolean holds) {
        assertEquals(holds, AddressRange.of(range).holds(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::/129",
                "10.0.0/8",
                "example.org",
                "1/8",
                "x:"
            })
    void otherTextIsNoRange(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "168.63.129.16, a cloud's own service",
                "168.63.129.17, -",
                "169.254.169.254, a cloud's own service",
                "169.254.169.253, the local link",
                "100.100.100.200, a cloud's own service",
                "100.64.0.0, a provider's inner network",
                "100.63.255.255, -",
                "100.128.0.0, -",
                "1.0.0.0, -",
                "126.255.255.255, -",
                "128.0.0.0, -",
                "198.17.255.255, -",
                "198.20.0.0, -",
                "223.255.255.255, -",
                "224.0.0.0, multicast",
                "240.0.0.0, reserved",
                "fd00:ec2::254, a cloud's own service",
                "::, this machine",
                "::2, IPv4 in IPv6",
                "::1, this machine",
                "::1:0:0, reserved",
                "::2:ffff:7f00:1, reserved",
                "1:0:0:0:0:ffff:7f00:1, reserved",
                "0:1:0:0:0:ffff:7f00:1, reserved",
                "0:0:100:0:0:ffff:7f00:1, reserved",
                "0:0:0:100:0:ffff:7f00:1, reserved",
                "0:0:0:0:100:ffff:7f00:1, reserved",
                "0:0:0:0:1:ffff:7f00:1, reserved",
                "::fffe:7f00:1, reserved",
                "::feff:7f00:1, reserved",
                "64:ff9b::808:808, -",
                "64:ff9b::a00:1, 'a private network, behind an address translation'",
                "64:ff9b:0:0:0:1:808:808, reserved",
                "1fff::1, reserved",
                "2000::1, -",
                "3ffe::1, -",
                "3fff::1, documentation",
                "3fff:fff::1, documentation",
                "3fff:1000::1, -",
                "4000::1, reserved",
                "2606:4700::5efe:a00:1, 'a private network, through a tunnel'",
                "2606:4700::200:5efe:a00:1, 'a private network, through a tunnel'",
                "2606:4700::5efe:808:808, -",
                "2606:4700::100:5efe:a00:1, -",
                "2606:4700::1:5efe:a00:1, -",
                "2606:4700::5eff:a00:1, -",
                "2606:4700::5ffe:a00:1, -",
            })
    void theRegistersAreKeptAtTheirEdges(String address, String problem) {
        assertEquals(
                Optional.ofNullable(problem),
                AddressRanges.problem(InetAddress.ofLiteral(address)));
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsRefused() throws UnknownHostException {
        var address = NameLookup.of(Map.of("a", List.of("::FFFF:8.8.8.8"))).addresses("a");
        assertEquals(16, address.getFirst().getAddress().length);
        assertEquals(Optional.of("IPv4 in IPv6"), AddressRanges.problem(address.getFirst()));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, 1.2.3.4",
        "b.example, 2001:db8:0:0:0:0:0:1",
        "other.example, 9.9.9.9",
    })
    void aTableKnowsItsNamesAndTheRestByAStar(String host, String address)
            throws UnknownHostException {
        var table =
                NameLookup.of(
                        Map.of(
                                "A.Example.", List.of("1.2.3.4"),
                                "b.example", List.of("2001:db8::1"),
                                "no host", List.of("7.7.7.7"),
                                "*", List.of("9.9.9.9")));
        assertEquals(address, table.addresses(host).getFirst().getHostAddress());
    }

    @Test
    void aNameWithoutAnAddressIsUnknown() {
        var table = NameLookup.of(Map.of("a", List.of("1.2.3.4", "nonsense"), "b", List.of()));
        for (var host : List.of("a", "b", "c")) {
            assertEquals(
                    host,
                    assertThrows(UnknownHostException.class, () -> table.addresses(host))
                            .getMessage());
        }
    }

    @Test
    void theMachineKnowsItself() throws UnknownHostException {
        assertTrue(
                NameLookup.system().addresses("localhost").stream()
                        .allMatch(InetAddress::isLoopbackAddress));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | The address is empty.",
                "https://a b/             | The address has a blank, a backslash or an invisible character; write it percent-encoded.",
                "https://a\u00a0b/        | The address has a blank, a backslash or an invisible character; write it percent-encoded.",
                "https://a\u009fb/        | The address has a blank, a backslash or an invisible character; write it percent-encoded.",
                "https://a.b/\\           | The address has a blank, a backslash or an invisible character; write it percent-encoded.",
                "https://a.b/\ud800       | The address has a blank, a backslash or an invisible character; write it percent-encoded.",
                "ftp://a.b/               | The address does not begin with https:// or http://.",
                "https:/a.b/              | The address does not begin with https:// or http://.",
                "https://x@a.b/           | The address has user information before its host.",
                "https://@a.b/            | The address has user information before its host.",
                "https://a.b?@c           | Which host the address means is not certain; put a / behind the host.",
                "https://a.b#@c           | Which host the address means is not certain; put a / behind the host.",
                "https://a.b:/            | The address's port is not a number from 1 to 65535.",
                "https://a.b:0/           | The address's port is not a number from 1 to 65535.",
                "https://a.b:080/         | The address's port is not a number from 1 to 65535.",
                "https://a.b:65536/       | The address's port is not a number from 1 to 65535.",
                "https://a.b:100000/      | The address's port is not a number from 1 to 65535.",
                "https://a.b:4x/          | The address's port is not a number from 1 to 65535.",
                "https://a.b:4:4/         | The host \"a.b:4\" has an odd character.",
                "https://a.b:25/          | Port 25 belongs to another protocol.",
                "https://a.b:6667/        | Port 6667 belongs to another protocol.",
                "https:///                | The host \"\" is empty.",
            })
    void aProblemIsOneSentence(String url, String reason) {
        assertEquals(
                reason, assertInstanceOf(WebAddress.Problem.class, WebAddress.parse(url)).reason());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiter = ' ',
            value = {
                "HTTPS://a.b https://a.b/",
                "http://a.b http://a.b/",
                "http://a.b:80/ http://a.b/",
                "http://a.b:443/ http://a.b:443/",
                "https://a.b:80/ https://a.b:80/",
                "https://a.b:443/ https://a.b/",
                "https://a.b:65535/ https://a.b:65535/",
                "https://a.b:1024/ https://a.b:1024/",
                "https://a.b:9999/ https://a.b:9999/",
                "https://[2001:db8::1]:8443/ https://[2001:db8::1]:8443/",
                "https://[2001:db8::1] https://[2001:db8::1]/",
                "https://a.b?q https://a.b/?q",
                "https://a.b#f https://a.b/",
                "https://a.b/#f https://a.b/",
                "https://a.b/x@y https://a.b/x@y",
                "https://a.b/!~ https://a.b/!~",
                "https://a.b/é https://a.b/%C3%A9",
                "https://a.b/\"<>[]^`{|} https://a.b/%22%3C%3E%5B%5D%5E%60%7B%7C%7D",
                "https://a.b/% https://a.b/%25",
                "https://a.b/%4 https://a.b/%254",
                "https://a.b/%4x https://a.b/%254x",
                "https://a.b/%x4 https://a.b/%25x4",
                "https://a.b/%41 https://a.b/%41",
                "https://a.b/%41%4 https://a.b/%41%254",
            })
    void anAddressHasOneForm(String url, String form) {
        var valid = assertInstanceOf(WebAddress.Valid.class, WebAddress.parse(url));
        assertEquals(form, valid.url());
    }

    @Test
    void anAddressHas8192CharactersAtMost() {
        var start = "https://a.b/";
        var longest = start + "x".repeat(8192 - start.length());
        assertInstanceOf(WebAddress.Valid.class, WebAddress.parse(longest));
        assertEquals(
                new WebAddress.Problem("The address is longer than 8192 characters."),
                WebAddress.parse(longest + "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.b/x, https://a.b/x",
        "http://a.b:8080/x, http://a.b:8080/x",
        "http://a.b:443/x, http://a.b:443/x",
        "https://a.b:80/x, https://a.b:80/x",
        "https://a.b/x, https://a.b/x",
    })
    void onlyTheUsualPortOfHttpIsSecured(String url, String secured) {
        var valid = assertInstanceOf(WebAddress.Valid.class, WebAddress.parse(url));
        assertEquals(WebAddress.parse(secured), valid.secured());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a",
                "a.localhost",
                "a.local",
                "a.b.internal",
                "home.arpa",
                "x.home.arpa",
                "a.onion",
                "metadata.packet.net"
            })
    void someNamesAreInside(String host) {
        assertEquals(
                Optional.of("The host " + host + " is a name inside a network, not a public one."),
                InsideNames.problem(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "localhost.example", "notlocal.example", "a.xlocal", "arpa.net"})
    void anyOtherMayBePublic(String host) {
        assertEquals(Optional.empty(), InsideNames.problem(host));
    }

    @ParameterizedTest
    @CsvSource({
        "intranet.example, 10.1.2.3, true",
        "intranet.example, 100.64.0.1, true",
        "intranet.example, 172.16.0.1, true",
        "intranet.example, ::1, true",
        "intranet.example, fd00::1, true",
        "intranet.example, 100.100.100.200, false",
        "intranet.example, fd00:ec2::254, false",
        "intranet.example, 169.254.1.1, false",
        "other.example, 10.1.2.3, false",
        "other.example, 192.0.2.7, true",
        "other.example, 192.0.2.8, false",
    })
    void aNameInsideStandsForAddressesInsideAndARangeForItself(
            String host, String address, boolean allowed) {
        var inside = InsideHosts.of(Set.of("intranet.example", "192.0.2.7"));
        assertEquals(allowed, inside.allow(host, InetAddress.ofLiteral(address)));
    }
}
