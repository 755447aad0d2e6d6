package dev.bowline.tools.web;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/// HTML as Markdown: headings, paragraphs, lists, links, code, quotes and tables; scripts, styles,
/// forms and what is hidden are left out. Linear and without recursion. The only class that needs
/// jsoup.
final class HtmlText implements NodeFilter {
    private static final Set<String> SKIPPED =
            Set.of(
                    "head",
                    "script",
                    "style",
                    "noscript",
                    "template",
                    "svg",
                    "iframe",
                    "object",
                    "canvas",
                    "button",
                    "select",
                    "textarea",
                    "audio",
                    "video",
                    "math",
                    "dialog");
    private static final Set<String> BLOCKS =
            Set.of(
                    "p",
                    "div",
                    "section",
                    "article",
                    "main",
                    "header",
                    "footer",
                    "nav",
                    "aside",
                    "ul",
                    "ol",
                    "dl",
                    "table",
                    "form",
                    "figure",
                    "figcaption",
                    "blockquote",
                    "address",
                    "details",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6");
    private static final Set<String> LINES =
            Set.of("li", "dt", "dd", "tr", "option", "summary", "caption");

    private final MarkdownText out = new MarkdownText();

    private HtmlText() {}

    /// @param html the page
    /// @param url where it is from, for relative links
    static String of(String html, String url) {
        var document = Jsoup.parse(html, url);
        var text = new HtmlText();
        var title = document.title();
        if (!title.isBlank()) {
            text.out.text("# " + title);
            text.out.block();
        }
        NodeTraversor.filter(text, document.body());
        return text.out.toString();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode words) {
            out.text(words.getWholeText());
            return FilterResult.CONTINUE;
        }
        if (!(node instanceof Element element)) {
            return FilterResult.CONTINUE;
        }
        var name = element.normalName();
        if (SKIPPED.contains(name) || isHidden(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        if (BLOCKS.contains(name)) {
            out.block();
        } else if (LINES.contains(name)) {
            out.line();
        }
        open(element, name);
        return FilterResult.CONTINUE;
    }

    private void open(Element element, String name) {
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" ->
                    out.mark("#".repeat(name.charAt(1) - '0') + " ");
            case "li" -> out.mark("- ");
            case "dd" -> out.mark(": ");
            case "blockquote" -> out.mark("> ");
            case "td", "th" -> out.mark("| ");
            case "br" -> out.line();
            case "hr" -> {
                out.block();
                out.mark("---");
                out.block();
            }
            case "pre" -> out.code(true);
            case "code", "kbd", "samp" -> out.inline("`");
            case "b", "strong" -> out.inline("**");
            case "img" -> image(element);
            case "a" -> out.inline(link(element).isEmpty() ? "" : "[");
            default -> {}
        }
    }

    private void image(Element element) {
        if (!element.attr("alt").isBlank()) {
            out.text("[image: " + element.attr("alt") + "]");
        }
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return FilterResult.CONTINUE;
        }
        var name = element.normalName();
        switch (name) {
            case "pre" -> out.code(false);
            case "code", "kbd", "samp" -> out.inline("`");
            case "b", "strong" -> out.inline("**");
            case "td", "th" -> out.text(" ");
            case "tr" -> out.mark("|");
            case "a" -> out.inline(link(element).isEmpty() ? "" : "](" + link(element) + ")");
            default -> {}
        }
        if (BLOCKS.contains(name)) {
            out.block();
        }
        return FilterResult.CONTINUE;
    }

    /// Where a link leads, if that is another page.
    private static String link(Element element) {
        var link = element.absUrl("href");
        boolean web = link.startsWith("http://") || link.startsWith("https://");
        return web && link.length() <= 2000 ? link : "";
    }

    private static boolean isHidden(Element element) {
        if (element.hasAttr("hidden") || element.attr("aria-hidden").equals("true")) {
            return true;
        }
        var style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
        return style.contains("display:none") || style.contains("visibility:hidden");
    }
}
