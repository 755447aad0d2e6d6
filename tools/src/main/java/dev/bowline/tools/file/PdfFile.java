package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reading a PDF: a short one whole, of a long one the pages asked for as a document of their own.
final class PdfFile {
    static final int MAX_PAGES_WHOLE = 10;
    private static final int MAX_PAGES = 20;

    /// The service takes 32 MB per request.
    private static final int MAX_BYTES = 20 << 20;

    private static final long MAX_FILE = 200L << 20;
    private static final Pattern RANGE =
            Pattern.compile("\\s*(\\d{1,6})\\s*(?:-\\s*(\\d{1,6})\\s*)?");

    private PdfFile() {}

    static boolean isPdf(byte[] start) {
        return new String(start, 0, Math.min(start.length, 1024), StandardCharsets.ISO_8859_1)
                .startsWith("%PDF-");
    }

    static ToolResult read(Target target, long size, String pages) throws IOException {
        if (size > MAX_FILE) {
            throw new FileProblem(
                    "The document " + target.asked() + " is larger than " + MAX_FILE + " bytes.");
        }
        var bytes = target.bytes();
        var shown = pages.isBlank() ? whole(target, bytes) : part(target, bytes, pages);
        if (shown.length > MAX_BYTES) {
            throw new FileProblem(
                    "The document "
                            + target.asked()
                            + " is larger than "
                            + MAX_BYTES
                            + " bytes; ask for fewer pages with the field \"pages\".");
        }
        var data = Base64.getEncoder().encodeToString(shown);
        var name = String.valueOf(target.asked().getFileName());
        return new ToolResult.Success(
                List.of(new ContentBlock.Document("application/pdf", data, name)),
                Json.of(
                        Map.of(
                                "type",
                                "pdf",
                                "file",
                                Map.of(
                                        "filePath", target.asked().toString(),
                                        "base64", Change.repeated(data),
                                        "originalSize", size))));
    }

    private static byte[] whole(Target target, byte[] bytes) throws IOException {
        int count = PdfPages.count(bytes, target);
        if (count > MAX_PAGES_WHOLE) {
            throw new FileProblem(
                    "The document "
                            + target.asked()
                            + " has "
                            + count
                            + " pages, too many to show at once; ask for some with the field \"pages\", for example \"1-5\".");
        }
        return bytes;
    }

    private static byte[] part(Target target, byte[] bytes, String pages) throws IOException {
        var range = RANGE.matcher(pages);
        if (!range.matches()) {
            throw new FileProblem(
                    "field \"pages\" must be like \"3\" or \"1-5\", not \"" + pages + "\"");
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        if (first < 1 || last < first || last - first >= MAX_PAGES) {
            throw new FileProblem(
                    "field \"pages\" must be a range of at most "
                            + MAX_PAGES
                            + " pages counted from 1, not \""
                            + pages
                            + "\"");
        }
        return PdfPages.extract(bytes, first, last, target);
    }
}
