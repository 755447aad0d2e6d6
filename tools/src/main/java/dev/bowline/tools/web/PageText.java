package dev.bowline.tools.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// What a page says, as text: HTML as Markdown, other text as it is. Characters that steer a
/// terminal, turn the direction of writing or carry hidden text are left out.
final class PageText {
    private static final Set<String> TEXTS =
            Set.of(
                    "application/json",
                    "application/xml",
                    "application/javascript",
                    "application/ecmascript",
                    "application/x-javascript",
                    "application/yaml",
                    "application/x-yaml",
                    "application/toml",
                    "application/x-sh",
                    "application/x-ndjson",
                    "application/sql",
                    "application/graphql",
                    "application/x-httpd-php",
                    "image/svg+xml");
    private static final int PEEK = 2048;

    private PageText() {}

    /// @throws FetchProblem for a page that is no text
    static String of(HttpHop.Answer answer, String url) throws FetchProblem {
        var type = type(answer.type());
        var bytes = answer.body().bytes();
        if (!isText(type, bytes)) {
            throw new FetchProblem(
                    "The page is of the type "
                            + (type.isEmpty() ? "unknown" : visible(type))
                            + ", which is not text.");
        }
        boolean html = type.equals("text/html") || type.equals("application/xhtml+xml");
        var text = new String(bytes, charset(answer.type(), bytes, html));
        if (html || type.isEmpty() && looksLikeHtml(text)) {
            text = HtmlText.of(text, url);
        }
        return visible(text);
    }

    /// Without control and format characters (marks of direction, tags), every blank a plain one;
    /// lines end with `\n`.
    static String visible(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    switch (Character.getType(c)) {
                        case Character.CONTROL, Character.FORMAT -> {
                            if (c == '\n' || c == '\t') {
                                out.append((char) c);
                            }
                        }
                        case Character.SPACE_SEPARATOR -> out.append(' ');
                        default -> out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }

    private static String type(String header) {
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isText(String type, byte[] bytes) {
        if (type.isEmpty()) {
            for (int i = 0; i < Math.min(PEEK, bytes.length); i++) {
                if (bytes[i] == 0) {
                    return false;
                }
            }
            return true;
        }
        return type.startsWith("text/")
                || TEXTS.contains(type)
                || type.startsWith("application/")
                        && (type.endsWith("+json") || type.endsWith("+xml"));
    }

    private static boolean looksLikeHtml(String text) {
        var start =
                text.substring(0, Math.min(PEEK, text.length()))
                        .stripLeading()
                        .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html");
    }

    /// The byte order mark's, the header's, the page's own, or UTF-8.
    private static Charset charset(String header, byte[] bytes, boolean html) {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        var named = named(header);
        if (named.isEmpty() && html) {
            named =
                    named(
                            new String(
                                    bytes,
                                    0,
                                    Math.min(PEEK, bytes.length),
                                    StandardCharsets.ISO_8859_1));
        }
        try {
            return named.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(named);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /// The word behind `charset=`, "" if there is none.
    private static String named(String text) {
        int at = text.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return "";
        }
        int start = at + "charset=".length();
        while (start < text.length() && "\"' ".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || "-_.:".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return text.substring(start, end);
    }
}
