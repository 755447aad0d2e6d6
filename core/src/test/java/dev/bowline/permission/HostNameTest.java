package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "example.org., example.org",
        "a-z.example, a-z.example",
        "az09.az, az09.az",
        "_dmarc.example, _dmarc.example",
        "1.example, 1.example",
        "a, a",
        "z.z, z.z",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "100.20.3.40, 100.20.3.40",
        "199.199.199.199, 199.199.199.199",
        "[::], [::]",
        "[::1], [::1]",
        "[0:0:0:0:0:0:0:1], [::1]",
        "[2001:DB8::1], [2001:db8::1]",
        "[2001:db8:0:0:1:0:0:1], [2001:db8::1:0:0:1]",
        "[2001:db8:0:1:1:1:1:1], [2001:db8:0:1:1:1:1:1]",
        "[2001:0:0:1:0:0:0:1], [2001:0:0:1::1]",
        "[1:2:3:4:5:6:7:8], [1:2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7::], [1:2:3:4:5:6:7:0]",
        "[::2:3:4:5:6:7:8], [0:2:3:4:5:6:7:8]",
        "[1::], [1::]",
        "[0:0:3:4:5:6:7:8], [::3:4:5:6:7:8]",
        "[1:2:3:4:5:6:0:0], [1:2:3:4:5:6::]",
        "[ffff:00ab:0001::], [ffff:ab:1::]",
        "[64:ff9b::192.0.2.33], [64:ff9b::c000:221]",
        "[64:ff9b:0:0:0:0:192.0.2.33], [64:ff9b::c000:221]",
        "[1:2:3:4:5:6:255.254.253.252], [1:2:3:4:5:6:fffe:fdfc]",
        "[0:0:0:0:1:2:3:4], [::1:2:3:4]",
    })
    void everyHostHasOneForm(String text, String host) {
        assertEquals(host, HostName.of(text));
        assertEquals(host, HostName.of(host));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | is empty",
                ".           | is empty",
                "a..b        | has an empty label",
                ".a          | has an empty label",
                "a b         | has an odd character",
                "a:b         | has an odd character",
                "a/b         | has an odd character",
                "a@b         | has an odd character",
                "a`b         | has an odd character",
                "a{b         | has an odd character",
                "-a.example  | has a label that begins or ends with a hyphen",
                "a-.example  | has a label that begins or ends with a hyphen",
                "a.b_c       | has an odd character in its last label",
                "1           | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3       | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.4.5   | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.256   | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.04    | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.00    | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.1000  | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.0x4   | ends like an address, but is not of the form 192.0.2.1",
                "example.7   | ends like an address, but is not of the form 192.0.2.1",
                "1.2.3.      | ends like an address, but is not of the form 192.0.2.1",
                "1.2..4      | has an empty label",
                "1.2.3./     | has an odd character",
                "[::1        | is not an IPv6 address in brackets",
                "[]          | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1]         | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1:2:3:4:5:6:7] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1:2:3:4:5:6:7:8:9] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1:2:3:4:5:6:7:8::] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::1:2:3:4:5:6:7:8] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1:2:3:4::5:6:7:8] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1::2::3]   | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[:::]       | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[12345::]   | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[g::]       | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::g]       | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[fe80::1%1] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[\uff11::]  | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::127.0.0.1] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::2]       | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::1:1]     | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[::ffff:1.2.3.4] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1.2.3.4::] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1.2.3.4:1:2:3:4:5:6] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[1:2:3:4:5:6:7:1.2.3.4] | is not an IPv6 address, or has a zone or an IPv4 address in it",
                "[64:ff9b::1.2.3.4.5] | is not an IPv6 address, or has a zone or an IPv4 address in it",
            })
    void anythingElseIsRefusedWithAReason(String text, String why) {
        var refused = assertThrows(IllegalArgumentException.class, () -> HostName.of(text));
        assertEquals(
                "The host \"" + text.replace(" ", "\\u{20}") + "\" " + why + ".",
                refused.getMessage().replace("\\u{ff11}", "\uff11"));
        assertEquals(Optional.empty(), HostName.find(text));
    }

    @Test
    void aLabelHas63CharactersAtMostAndAName253() {
        var label = "a".repeat(63);
        assertEquals(label + ".example", HostName.of(label + ".example"));
        refused("a" + label + ".example", "has a label of more than 63 characters");
        var long253 = (label + ".").repeat(3) + "a".repeat(61);
        assertEquals(long253, HostName.of(long253));
        assertEquals(long253, HostName.of(long253 + "."));
        refused(long253 + "a", "is longer than 253 characters");
        refused("\u00e4.".repeat(60) + "example", "is longer than 253 characters");
        refused("[" + "0:".repeat(30) + "]", "is not an IPv6 address in brackets");
    }

    private static void refused(String text, String why) {
        var said = assertThrows(IllegalArgumentException.class, () -> HostName.of(text));
        assertEquals(why + ".", said.getMessage().replaceFirst("^The host \"[^\"]*\" ", ""));
    }

    @Test
    void aRefusalShowsTheFirst80CharactersAndNoneThatSteersATerminal() {
        var said =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> HostName.of("a\u001b~\u007f\u00e9\u202e!" + "b".repeat(100)));
        assertEquals(
                "The host \"a\\u{1b}~\\u{7f}\u00e9\\u{202e}!"
                        + "b".repeat(73)
                        + "\" has an odd character.",
                said.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b\u00fccher",
                "\u4f8b\u3048\u30c6\u30b9\u30c8",
                "\u30c6\u30ec\u30d3\u30fbx",
                "l\u00b7l\u00e4",
                "\u00e4-b",
                "\u00e4_b",
                "\u4e2d\u6587\ud55c\uad6d",
                "\u4e2d\u3105",
                "\u043f\u0440\u0430\u0432\u0434\u0430",
                "\u043f\u0440\u0430\u0432\u0434\u04301",
                "\u0928\u092e\u0938\u094d\u0924\u0947",
                "\u0e44\u0e17\u0e22",
                "x\u4e2d",
                "\u4e2d\u0301",
            })
    void lettersOfOneLanguageGoTogether(String label) {
        assertEquals("xn--" + Punycode.encode(label) + ".example", HostName.of(label + ".example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p\u0430ypal         | mixes letters that look alike",
                "\u03b1\u0430        | mixes letters that look alike",
                "\u3042\ud55c        | mixes letters that look alike",
                "\u3105\u3042        | mixes letters that look alike",
                "\u0430b             | mixes letters that look alike",
                "\ufb01x             | has an odd character",
                "\uff21              | has an odd character",
                "x\u034f\u00e4       | has an odd character",
                "x\u115f\u00e4       | has an odd character",
                "x\u1160\u00e4       | has an odd character",
                "x\u17b4             | has an odd character",
                "x\u17b5             | has an odd character",
                "x\u180b             | has an odd character",
                "x\u180f             | has an odd character",
                "x\u3164             | has an odd character",
                "x\ufe00             | has an odd character",
                "x\ufe0f             | has an odd character",
                "x\uffa0             | has an odd character",
                "x\udb40\udd00       | has an odd character",
                "x\u200d\u00e4       | has an odd character",
                "x\u2024\u00e4       | has an odd character",
                "\u0301x             | has an odd character",
                "\u094dx             | has an odd character",
                "\u0661              | has an odd character",
                "\u00b7              | has an odd character",
                "\u00e4!             | has an odd character",
                "\u2603              | has an odd character",
            })
    void whatCouldBeTakenForAnotherNameIsRefused(String label, String why) {
        refused(label + ".example", why);
    }

    @Test
    void lettersThatAreComposedOrNotAreOneName() {
        assertEquals(HostName.of("\u00e9.example"), HostName.of("e\u0301.example"));
        assertEquals(HostName.of("\u00e9.example"), HostName.of("\u00c9.EXAMPLE"));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, false",
        "1.2.3.4, true",
        "[::1], true",
        "1.2.3.4.example, false",
        "199.199.199.1999, false"
    })
    void anAddressIsToldFromAName(String host, boolean address) {
        assertEquals(address, HostName.isAddress(host));
    }
}
