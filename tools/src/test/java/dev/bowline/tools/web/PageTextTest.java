package dev.bowline.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How bytes become text, and HTML becomes Markdown.
class PageTextTest {
    private static final String HERE = "https://example.org/docs/page";

    private static String text(String type, byte[] bytes) throws FetchProblem {
        var body = new HttpHop.Body(bytes, bytes.length);
        return PageText.of(new HttpHop.Answer(200, "OK", type, "", body), HERE);
    }

    private static String text(String type, String body) throws FetchProblem {
        return text(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String markdown(String html) {
        return HtmlText.of(html, HERE).replace("\n", "\u23ce");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<p>a<p>b                          ~ a⏎⏎b",
                "<div>a</div>b                     ~ a⏎⏎b",
                "a<br>b                            ~ a⏎b",
                "a<hr>b                            ~ a⏎⏎---⏎⏎b",
                "<h1>a</h1>b                       ~ # a⏎⏎b",
                "<h6>a</h6>                        ~ ###### a",
                "<ul><li>a<li>b</ul>c              ~ - a⏎- b⏎⏎c",
                "<dl><dt>a<dd>b</dl>               ~ a⏎: b",
                "<blockquote>a</blockquote>b       ~ > a⏎⏎b",
                "<table><tr><td>a<th>b<tr><td>c</table> ~ | a | b |⏎| c |",
                "<b>a</b> <strong>b</strong>       ~ **a** **b**",
                "<code>a</code><kbd>b</kbd><samp>c</samp> ~ `a``b``c`",
                "<pre>a  <code>b</code></pre>c     ~ ```⏎a  b⏎```⏎⏎c",
                "x<pre>a</pre>                     ~ x⏎⏎```⏎a⏎```",
                "<a href='x'>a</a>                 ~ [a](https://example.org/docs/x)",
                "<a href='http://x.org/'>a</a>     ~ [a](http://x.org/)",
                "<a href='mailto:x@y'>a</a>b       ~ ab",
                "<a>a</a>b                         ~ ab",
                "<img alt='a cat' src=x>b          ~ [image: a cat]b",
                "<img alt=' ' src=x>b              ~ b",
                "<title>t</title><p>a              ~ # t⏎⏎a",
                "<title> </title><p>a              ~ a",
                "a<script>b</script>c              ~ ac",
                "a<button>b</button>c              ~ ac",
                "a<span hidden>b</span>c           ~ ac",
                "a<i aria-hidden=true>b</i>c       ~ ac",
                "a<i aria-hidden=false>b</i>c      ~ abc",
                "a<i style='Display : none'>b</i>c ~ ac",
                "a<i style='visibility:hidden'>b</i>c ~ ac",
                "a<i style='color:red'>b</i>c      ~ abc",
                "a<!-- b -->c                      ~ ac",
                "a   b&nbsp; c                     ~ a b c",
                "<p> a <p> b                       ~ a⏎⏎b",
                "a <b> b</b>                       ~ a ** b**",
                "<details><summary>a</summary>b</details> ~ ab",
                "<form>a</form>b                   ~ a⏎⏎b",
            })
    void htmlBecomesMarkdown(String html, String shown) {
        assertEquals(shown, markdown(html));
    }

    @Test
    void aLinkMayHave2000Characters() {
        var rest = "x".repeat(2000 - "https://example.org/".length());
        var link = "<a href='https://example.org/" + rest;
        assertEquals("[a](https://example.org/" + rest + ")", markdown(link + "'>a</a>"));
        assertEquals("a", markdown(link + "x'>a</a>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html             | <p>a<p>b            | a⏎⏎b",
                "TEXT/HTML; charset=x  | <p>a<p>b            | a⏎⏎b",
                "application/xhtml+xml | <p>a</p><p>b</p>    | a⏎⏎b",
                "text/plain            | <p>a<p>b            | <p>a<p>b",
                "''                    | <!DOCTYPE html><p>a | a",
                "''                    | <HTML><p>a          | a",
                "''                    | <p>a                | <p>a",
                "''                    | a<html>             | a<html>",
            })
    void htmlIsToldByItsTypeOrItsBeginning(String type, String body, String shown)
            throws FetchProblem {
        assertEquals(shown, text(type, body).replace("\n", "\u23ce"));
    }

    @Test
    void bytesWithoutATypeAreTextWhenTheBeginningHasNoZero() throws FetchProblem {
        var bytes = "a".repeat(3000).getBytes(StandardCharsets.UTF_8);
        bytes[2048] = 0;
        assertEquals(2999, text("", bytes).length());
        bytes[2047] = 0;
        assertThrows(FetchProblem.class, () -> text("", bytes));
        assertEquals("", text("", new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.x+json",
                "application/vnd.x+xml",
                "image/svg+xml",
                "text/x"
            })
    void textHasManyTypes(String type) throws FetchProblem {
        assertEquals("a", text(type, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x", "audio/x+json", "model/x+xml", "textual/x", "x"})
    void anythingElseIsRefused(String type) {
        assertEquals(
                "The page is of the type " + type + ", which is not text.",
                assertThrows(FetchProblem.class, () -> text(type, "a")).sentence());
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=ISO-8859-1, \u00c3\u00a4",
        "text/plain; Charset = x, \u00e4",
        "text/plain; CHARSET=\"iso-8859-1\"; x, \u00c3\u00a4",
        "text/plain; charset=' iso-8859-1, \u00c3\u00a4",
        "text/plain; charset=windows-1252, \u00c3\u00a4",
        "text/plain; charset=!, \u00e4",
        "text/plain, \u00e4",
    })
    void theHeaderSaysTheCharset(String type, String shown) throws FetchProblem {
        assertEquals(shown, text(type, "\u00e4"));
    }

    @Test
    void aPageMaySayItsCharsetNearItsBeginningUnlessTheHeaderDoes() throws FetchProblem {
        var meta = "<meta charset=iso-8859-1>";
        assertEquals("\u00c3\u00a4", text("text/html", meta + "\u00e4"));
        assertEquals("\u00e4", text("text/html; charset=utf-8", meta + "\u00e4"));
        assertEquals("\u00e4", text("text/html", " ".repeat(2040) + meta + "\u00e4"));
        assertEquals(meta + "\u00e4", text("text/plain", meta + "\u00e4"));
    }

    @Test
    void aByteOrderMarkComesFirst() throws FetchProblem {
        var type = "text/plain; charset=iso-8859-1";
        assertEquals("a", text(type, "\uFEFFa".getBytes(StandardCharsets.UTF_16BE)));
        assertEquals("a", text(type, "\uFEFFa".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals("", text(type, "\uFEFF".getBytes(StandardCharsets.UTF_16BE)));
        assertEquals("", text(type, "\uFEFF".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals("\u00fe", text(type, new byte[] {(byte) 0xFE}));
        assertEquals("\u00ff", text(type, new byte[] {(byte) 0xFF}));
        assertEquals("\u00fea", text(type, new byte[] {(byte) 0xFE, 'a'}));
        assertEquals("\u00ffa", text(type, new byte[] {(byte) 0xFF, 'a'}));
        assertEquals("a\u00ff", text(type, new byte[] {'a', (byte) 0xFF}));
    }

    @Test
    void everyBlankIsAPlainOneAndNothingSteersATerminal() {
        assertEquals("a b\tc\nd", PageText.visible("a\u00a0b\tc\r\n\u001b\u202ed"));
    }
}
