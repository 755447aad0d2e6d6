package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.permission.HostName;
import dev.bowline.tools.web.AddressPolicy.Verdict;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random and damaged addresses: no exception, and nothing private gets through, whatever other
/// parsers make of the same text.
class AddressFuzzTest {
    private static final int ROUNDS = 200_000;
    private static final List<String> PIECES =
            List.of(
                    "http://",
                    "https://",
                    "HTTP://",
                    "//",
                    "/",
                    "\\",
                    "@",
                    ":",
                    "?",
                    "#",
                    "%",
                    ".",
                    "..",
                    "[",
                    "]",
                    "::",
                    "::1",
                    "::ffff:",
                    "127.0.0.1",
                    "127.1",
                    "0177.0.0.1",
                    "0x7f",
                    "2130706433",
                    "10.0.0.1",
                    "169.254.169.254",
                    "192.168.0.1",
                    "localhost",
                    "LOCALHOST",
                    "example.com",
                    "evil",
                    "8.8.8.8",
                    "%2e",
                    "%00",
                    "%25",
                    "xn--",
                    "xn--bcher-kva",
                    "b\u00fccher",
                    "\u0430",
                    "\u3002",
                    "\uff11",
                    "\u00ad",
                    "\u200d",
                    "\u202e",
                    "\ud83d\ude00",
                    "\ud83d",
                    "\u0000",
                    "\t",
                    "\n",
                    " ",
                    "fe80::1",
                    "fc00::",
                    "64:ff9b::",
                    "2002:7f00:1::",
                    "%25eth0",
                    "-",
                    "_",
                    "80",
                    "443",
                    "65536",
                    "user:pw",
                    "a".repeat(64),
                    "0",
                    "1e3",
                    "0x",
                    "metadata.google.internal",
                    "\u00df",
                    "\u03c2");
    private static final AddressPolicy POLICY =
            new AddressPolicy(
                    host -> List.of(InetAddress.ofLiteral(AddressCases.PUBLIC)), Set.of());

    @Test
    void letsNothingPrivateThroughAndNeverThrows() {
        var random = new Random(20_261_121);
        int contacts = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var url = i % 3 == 0 ? damaged(random) : pieced(random);
            if (POLICY.check(url) instanceof Verdict.Contact contact) {
                contacts++;
                verify(url, contact);
            }
        }
        assertTrue(contacts > ROUNDS / 100, "only " + contacts + " were let through");
    }

    private static void verify(String url, Verdict.Contact contact) {
        var written = contact.address().url();
        assertTrue(written.chars().allMatch(c -> c > 0x20 && c < 0x7f), written);
        assertEquals(contact.address(), WebAddress.parse(written), url);
        var host = contact.address().host();
        var uri = URI.create(written);
        if (host.indexOf('_') < 0) {
            assertEquals(host, uri.getHost(), url);
        }
        for (var address : contact.addresses()) {
            assertTrue(isPublic(address), () -> url + " led to " + address);
        }
        assertEquals(HostName.isAddress(host), isLiteral(host), url);
        if (HostName.isAddress(host)) {
            assertEquals(List.of(literal(host)), contact.addresses(), url);
        }
    }

    /// What the JDK itself knows about addresses.
    private static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && AddressRanges.problem(address).isEmpty();
    }

    /// Whether the JDK, or the POSIX rules that it knows too, would take a host for an address.
    private static boolean isLiteral(String host) {
        var text = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException notOne) {
            try {
                java.net.Inet4Address.ofPosixLiteral(text);
                return true;
            } catch (IllegalArgumentException notOneEither) {
                return false;
            }
        }
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new AssertionError(host, e);
        }
    }

    private static String pieced(Random random) {
        var url = new StringBuilder(random.nextInt(10) == 0 ? "" : "https://");
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            url.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return url.toString();
    }

    private static String damaged(Random random) {
        var cases = CASES;
        var url = new StringBuilder(cases.get(random.nextInt(cases.size())).url());
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && !url.isEmpty(); i++) {
            int at = random.nextInt(url.length());
            switch (random.nextInt(3)) {
                case 0 -> url.deleteCharAt(at);
                case 1 -> url.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default ->
                        url.setCharAt(
                                at, (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
        }
        return url.toString();
    }

    private static final List<AddressCases.Case> CASES = AddressCases.all();

    @Test
    void refusesEveryPrivateAddressInEveryNotation() {
        var random = new Random(5);
        var ranges =
                List.of(
                        "127.0.0.0",
                        "10.0.0.0",
                        "192.168.0.0",
                        "169.254.0.0",
                        "172.16.0.0",
                        "100.64.0.0");
        for (int i = 0; i < 50_000; i++) {
            var bytes =
                    InetAddress.ofLiteral(ranges.get(random.nextInt(ranges.size()))).getAddress();
            bytes[2] = (byte) random.nextInt(256);
            bytes[3] = (byte) random.nextInt(256);
            var url =
                    "http://" + notation(bytes, random) + (random.nextBoolean() ? "/" : ":8080/x");
            assertTrue(POLICY.check(url) instanceof Verdict.Refused, url);
        }
    }

    private static String notation(byte[] bytes, Random random) {
        long all = 0;
        for (byte b : bytes) {
            all = all << 8 | b & 0xFF;
        }
        var hex = String.format("%04x:%04x", all >> 16, all & 0xFFFF);
        return switch (random.nextInt(10)) {
            case 0 -> number(all, random);
            case 1 -> number(all >> 24, random) + "." + number(all & 0xFFFFFF, random);
            case 2 ->
                    number(all >> 24, random)
                            + "."
                            + number(all >> 16 & 0xFF, random)
                            + "."
                            + number(all & 0xFFFF, random);
            case 3 -> "[::ffff:" + hex + "]";
            case 4 -> "[::" + hex + "]";
            case 5 -> "[64:ff9b::" + hex + "]";
            case 6 -> "[2002:" + hex + "::1]";
            case 7 -> "[2001:0:" + hex + "::1]";
            case 8 -> "[2606:4700::5efe:" + hex + "]";
            default ->
                    number(all >> 24, random)
                            + "."
                            + number(all >> 16 & 0xFF, random)
                            + "."
                            + number(all >> 8 & 0xFF, random)
                            + "."
                            + number(all & 0xFF, random)
                            + (random.nextBoolean() ? "." : "");
        };
    }

    private static String number(long value, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "0" + Long.toOctalString(value);
            case 1 -> "0x" + Long.toHexString(value);
            case 2 -> "0X00" + Long.toHexString(value).toUpperCase(java.util.Locale.ROOT);
            default -> Long.toString(value);
        };
    }
}
