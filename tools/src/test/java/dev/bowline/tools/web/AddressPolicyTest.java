package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bowline.tools.web.AddressPolicy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static final AddressPolicy POLICY = AddressCases.POLICY;

    @ParameterizedTest
    @MethodSource("dev.bowline.tools.web.AddressCases#all")
    void decidesTheCorpus(AddressCases.Case each) {
        var verdict = POLICY.check(each.url());
        assertEquals(each.allowed(), verdict instanceof Verdict.Contact, () -> verdict.toString());
        if (verdict instanceof Verdict.Refused refused) {
            assertTrue(refused.reason().endsWith("."), refused.reason());
        }
    }

    @Test
    void isHalfAboutWhatMustBeAllowed() {
        var all = AddressCases.all();
        assertTrue(all.size() >= 240, () -> "only " + all.size());
        assertTrue(all.stream().filter(AddressCases.Case::allowed).count() >= 120);
    }

    @ParameterizedTest
    @MethodSource("dev.bowline.tools.web.AddressCases#all")
    void readsItsOwnFormTheSameWay(AddressCases.Case each) {
        if (WebAddress.parse(each.url()) instanceof WebAddress.Valid valid) {
            assertEquals(valid, WebAddress.parse(valid.url()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://EXAMPLE.com:80/A?b#c, https://example.com/A?b",
        "http://example.com:8080, http://example.com:8080/",
        "https://example.com:443?x, https://example.com/?x",
        "https://bücher.example/ä, https://xn--bcher-kva.example/%C3%A4",
        "https://straße.example, https://xn--strae-oqa.example/",
        "https://example.com./, https://example.com/",
        "https://[2606:4700:0:0:0:0:0:1]/, https://[2606:4700::1]/",
        "https://[2606:0:0:1:0:0:0:1]/, https://[2606:0:0:1::1]/",
        "https://[2606::1:0:0:1:0:1]/, https://[2606:0:1::1:0:1]/",
        "https://example.com/a[1]|%zz%41, https://example.com/a%5B1%5D%7C%25zz%41",
    })
    void writesAddressesInOneForm(String url, String written) {
        assertEquals(written, POLICY.contacts(url).url());
        assertEquals(written, POLICY.glance(url).url());
    }

    @Test
    void looksNothingUpAtAGlance() {
        var policy = new AddressPolicy(host -> fail("looked up " + host), Set.of());
        assertNull(policy.glance("https://secret.example.com/").refusal());
        assertNotNull(policy.glance("http://127.0.0.1/").refusal());
        assertNotNull(policy.glance("http://localhost/").refusal());
        assertNotNull(policy.glance("no address").refusal());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost:8080/",
        "localhost, http://LOCALHOST./",
        "intranet.example, http://intranet.example/",
        "*.corp.example, https://wiki.corp.example/",
        "127.0.0.1, http://127.0.0.1:3000/",
        "127.0.0.0/8, http://127.9.9.9/",
        "::1, http://[::1]/",
        "10.1.0.0/16, https://ten.example/",
        "fd00::/8, http://[fd00::5]/",
        "box, http://box/",
        "169.254.169.254, http://169.254.169.254/",
    })
    void letsTheOperatorNamePrivateHosts(String allowed, String url) {
        var policy = new AddressPolicy(INSIDE, Set.of(allowed));
        var contact = assertInstanceOf(Verdict.Contact.class, policy.check(url));
        assertNull(policy.glance(url).refusal());
        assertEquals(url.startsWith("http:") ? "http" : "https", contact.address().scheme());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost.example/",
        "localhost, http://127.0.0.1/",
        "intranet.example, http://sub.intranet.example/",
        "*.corp.example, https://corp.example/",
        "127.0.0.1, http://127.0.0.2/",
        "127.0.0.1, http://localhost/",
        "10.1.0.0/16, https://other-ten.example/",
        "cloud.example, http://cloud.example/",
        "metadata.google.internal, http://metadata.google.internal/",
        "mixed.example, http://mixed.example/",
        "0.0.0.0/0, http://[::1]/",
        "10.0.0.0/8, http://127.0.0.1/",
    })
    void allowsNoMoreThanTheOperatorNamed(String allowed, String url) {
        assertInstanceOf(
                Verdict.Refused.class, new AddressPolicy(INSIDE, Set.of(allowed)).check(url));
    }

    private static final NameLookup INSIDE =
            NameLookup.of(
                    Map.ofEntries(
                            Map.entry("localhost", List.of("127.0.0.1", "::1")),
                            Map.entry("localhost.example", List.of("127.0.0.1")),
                            Map.entry("intranet.example", List.of("10.1.2.3")),
                            Map.entry("sub.intranet.example", List.of("10.1.2.3")),
                            Map.entry("wiki.corp.example", List.of("192.168.1.1")),
                            Map.entry("corp.example", List.of("192.168.1.1")),
                            Map.entry("ten.example", List.of("10.1.2.3")),
                            Map.entry("other-ten.example", List.of("10.2.2.3")),
                            Map.entry("box", List.of("fd00::7")),
                            Map.entry("cloud.example", List.of("100.100.100.200")),
                            Map.entry("mixed.example", List.of("10.0.0.1", "169.254.169.254")),
                            Map.entry("metadata.google.internal", List.of("169.254.169.254"))));

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0/8", "https://example.com/", "a b", "fd00::/129", ""})
    void refusesOperatorSettingsThatAreNoHosts(String entry) {
        assertThrows(
                IllegalArgumentException.class, () -> new AddressPolicy(INSIDE, Set.of(entry)));
    }

    @Test
    void saysWhichAddressOfANameIsNotPublic() {
        var refused =
                assertInstanceOf(
                        Verdict.Refused.class, POLICY.check("https://one-of-two.example/x"));
        assertEquals(
                "The host one-of-two.example has the address 10.0.0.1, which is not public (a private network).",
                refused.reason());
        assertEquals("https://one-of-two.example/x", refused.url());
    }

    @Test
    void refusesANameWithoutAddress() {
        var contacts = POLICY.contacts("https://nowhere.example/");
        assertEquals("No address is known for the host nowhere.example.", contacts.refusal());
        assertNull(POLICY.glance("https://nowhere.example/").refusal());
    }
}
