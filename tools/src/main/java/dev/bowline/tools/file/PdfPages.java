package dev.bowline.tools.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PageExtractor;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/// Counts and takes out pages with Apache PDFBox, the only class that needs it.
final class PdfPages {
    private PdfPages() {}

    private interface Work<T> {
        T on(PDDocument document) throws IOException;
    }

    static int count(byte[] pdf, Target target) throws IOException {
        return opened(pdf, target, PDDocument::getNumberOfPages);
    }

    /// Pages `first` to `last`, counted from 1, as a document of their own.
    static byte[] extract(byte[] pdf, int first, int last, Target target) throws IOException {
        return opened(
                pdf,
                target,
                document -> {
                    int pages = document.getNumberOfPages();
                    if (first > pages) {
                        throw new FileProblem(
                                "The document "
                                        + target.asked()
                                        + " has only "
                                        + pages
                                        + " pages.");
                    }
                    try (var part =
                            new PageExtractor(document, first, Math.min(last, pages)).extract()) {
                        var out = new ByteArrayOutputStream();
                        part.save(out);
                        return out.toByteArray();
                    }
                });
    }

    private static <T> T opened(byte[] pdf, Target target, Work<T> work) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return work.on(document);
        } catch (FileProblem problem) {
            throw problem;
        } catch (InvalidPasswordException e) {
            throw new FileProblem("The document " + target.asked() + " needs a password.");
        } catch (IOException | RuntimeException damaged) {
            throw new FileProblem(
                    "The document " + target.asked() + " is damaged: " + damaged.getMessage());
        }
    }
}
