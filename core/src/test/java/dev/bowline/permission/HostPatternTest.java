package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com/",
        "example.com, https://example.com",
        "example.com, http://example.com:8080/x",
        "example.com, https://EXAMPLE.COM/",
        "EXAMPLE.com, https://example.com/",
        "example.com., https://example.com/",
        "example.com, https://example.com./",
        "example.com, https://example.com?x",
        "example.com, https://example.com#x",
        "example.com, https://example.com/?u=https://other.example/@x",
        "' example.com ', https://example.com/",
        "*.example.com, https://www.example.com/",
        "*.example.com, https://a.b.c.example.com/",
        "*.Example.com, https://A.example.com/",
        "www.*.com, https://www.example.com/",
        "api-*.example.com, https://api-7.example.com/",
        "api*.example.com, https://api.example.com/",
        "*-docs.example.com, https://java-docs.example.com/",
        "d*s.example.com, https://docs.example.com/",
        "*example.com, https://example.com/",
        "*example.com, https://my-example.com/",
        "example.*, https://example.com/",
        "*.*.example.com, https://a.b.example.com/",
        "*, https://example.com/",
        "*, https://8.8.8.8/",
        "*, https://[2606:4700::1]/",
        "bücher.example, https://xn--bcher-kva.example/",
        "xn--bcher-kva.example, https://bücher.example/",
        "BÜCHER.example, https://bücher.example/",
        "*.bücher.example, https://www.xn--bcher-kva.example/",
        "straße.example, https://xn--strae-oqa.example/",
        "8.8.8.8, https://8.8.8.8/dns",
        "8.8.8.*, https://8.8.8.8/",
        "'[2606:4700::1]', https://[2606:4700::1]/",
        "2606:4700:0::1, https://[2606:4700::1]/",
        "my_bucket.example.com, https://my_bucket.example.com/",
    })
    void covers(String pattern, String url) {
        assertTrue(HostPattern.matches(pattern, url));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, https://www.example.com/",
        "example.com, https://example.com.evil.example/",
        "example.com, https://evil-example.com/",
        "example.com, https://notexample.com/",
        "example.com, https://example.co/",
        "example.com, https://example.com@evil.example/",
        "example.com, https://evil.example/example.com",
        "example.com, https://evil.example/?example.com",
        "example.com, https://evil.example#example.com",
        "example.com, https://evil.example/@example.com",
        "example.com, https://ex\u0430mple.com/",
        "example.com, https://example.com%2eevil.example/",
        "example.com, https://example.com\\.evil.example/x@y",
        "*.example.com, https://example.com/",
        "*.example.com, https://badexample.com/",
        "*.example.com, https://a.example.com.evil.example/",
        "*.example.com, https://.example.com/",
        "www.*.com, https://www.a.b.com/",
        "www.*.com, https://www.com/",
        "*example.com, https://www.example.com/",
        "*example.com, https://a.myexample.com/",
        "example.*, https://example.co.uk/",
        "example.*, https://example/",
        "*.*.example.com, https://a.example.com/",
        "api-*.example.com, https://api-7.x.example.com/",
        "*.8.8.8, https://8.8.8.8/",
        "8.8.8.8, https://18.8.8.8/",
        "8.8.8.8, https://8.8.8.80/",
        "bücher.example, https://bucher.example/",
        "straße.example, https://strasse.example/",
        "'', https://example.com/",
        "., https://example.com/",
        ".example.com, https://www.example.com/",
        "https://example.com, https://example.com/",
        "example.com/path, https://example.com/path",
        "example.com:443, https://example.com/",
        "exam ple.com, https://example.com/",
        "example.com, mailto:x@example.com",
        "example.com, example.com",
        "example.com, ''",
        "*, no address at all",
    })
    void doesNotCover(String pattern, String url) {
        assertFalse(HostPattern.matches(pattern, url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "example.com/x",
                "example.com:443",
                "",
                ".",
                ".example.com",
                "a b",
                "ex?mple.com",
                "[::1",
                "127.1"
            })
    void saysThatTextIsNoPattern(String text) {
        assertTrue(HostPattern.problem(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "example.com",
                "*.example.com",
                "a*b.example",
                "8.8.8.8",
                "::1",
                "localhost"
            })
    void hasNothingToSayAboutPatterns(String text) {
        assertEquals("", HostPattern.problem(text).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "bücher, bcher-kva",
        "ü, tda",
        "例え, r8jz45g",
        "президент, d1abbgf6aiiy",
        "παράδειγμα, hxajbheg2az3al",
        "правда, 80aafi6cg",
        "あいうえお, l8jegik",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
    })
    void encodesLikeTheRfc(String label, String encoded) {
        assertEquals(encoded, Punycode.encode(label));
    }

    @ParameterizedTest
    @CsvSource({
        "https://docs.python.org/3/, true",
        "https://docs.python.org, true",
        "https://docs.python.org:8443/3/, false",
        "http://docs.python.org/3/, false",
        "https://docs.python.org.evil.example/, false",
        "https://evil.example/docs.python.org, false",
        "https://sub.docs.python.org/, false",
        "https://docs.python.org@evil.example/, false",
        "https://python.org/, false",
    })
    void knowsSitesOfDocumentation(String url, boolean known) {
        assertEquals(known, DocumentationHosts.hold(url));
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.org, www.example.org, true",
        "*.example.org, WWW.Example.org., true",
        "*.example.org, example.org, false",
        "example.org, not a host, false",
        "a*.example, az.example, true",
        "z*.example, za.example, true",
        "0*.example, 09.example, true",
        "9*.example, 90.example, true",
        "-*.example, -, false",
        "_*.example, _dmarc.example, true",
        "A*.example, ab.example, true",
        "`*.example, a.example, false",
        "{*.example, a.example, false",
        "/*.example, a.example, false",
        ":*.example, a.example, false",
        "é*.example, é.example, false",
        "*.example.org., www.example.org, true",
        "*.org, [2001:db8::1], false",
        "2001:db8::1, [2001:db8::1], true",
        "1.2.3.4, 1.2.3.4, true",
        "*.3.4, 1.2.3.4, false",
    })
    void coversHostsInAnyWriting(String pattern, String host, boolean covered) {
        assertEquals(covered, HostPattern.covers(pattern, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"`*.example", "{*", "/*", ":*", "é*.example", "*@", "a b*"})
    void refusesOddCharactersBesideAStar(String text) {
        assertTrue(HostPattern.problem(text).isPresent());
    }
}
