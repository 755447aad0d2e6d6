package dev.bowline.tools.file;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.message.ContentBlock;
import dev.bowline.tool.Access;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadTest {
    @TempDir Path folder;
    private TestContext context;

    @BeforeEach
    void open() {
        context = new TestContext(folder);
    }

    private ToolResult read(Object file, Object... more) throws Exception {
        var fields = new Object[2 + more.length];
        fields[0] = "file_path";
        fields[1] = file.toString();
        System.arraycopy(more, 0, fields, 2, more.length);
        return context.call("Read", fields);
    }

    private static Map<?, ?> file(ToolResult result) {
        return (Map<?, ?>) result.structured().asMap().get("file");
    }

    @Test
    void numbersLinesWithoutPadding() throws Exception {
        var result = read(context.file("a.txt", "a\nb\n"));
        assertEquals("1\ta\n2\tb\n3\t", result.text());
        assertEquals("text", result.structured().asMap().get("type"));
        assertEquals("a\nb\n", file(result).get("content"));
        assertEquals(3L, file(result).get("totalLines"));
        assertEquals(3L, file(result).get("numLines"));
        assertEquals(1L, file(result).get("startLine"));
    }

    @Test
    void acceptsRelativePathsAndRanges() throws Exception {
        context.file("sub/a.txt", "1\n2\n3\n4\n5");
        var result = read("sub/a.txt", "offset", 2, "limit", "2");
        assertEquals("2\t2\n3\t3", result.text());
        assertEquals(5L, file(result).get("totalLines"));
        assertTrue(read("sub/a.txt", "limit", 0).text().contains("\"limit\""));
    }

    @Test
    void saysThatAFileIsEmptyOrTooShort() throws Exception {
        assertTrue(read(context.file("e", "")).text().contains("exists but is empty"));
        var result = read(context.file("s", "one\ntwo"), "offset", 9);
        assertTrue(result.text().contains("offset 9; it has 2 lines"), result.text());
        assertFalse(result.isError());
    }

    @Test
    void suggestsANameForAMissingFile() throws Exception {
        context.file("config.yaml", "x");
        var result = read("config.yml");
        assertTrue(result.isError());
        assertTrue(result.text().startsWith("File does not exist"), result.text());
        assertTrue(
                result.text()
                        .contains(
                                "Did you mean "
                                        + context.projectDirectory().resolve("config.yaml")));
        assertFalse(read("entirely-different").text().contains("Did you mean"));
        assertTrue(read("no/such/folder").isError());
    }

    @Test
    void refusesDirectoriesDevicesAndPipesWithoutBlocking() throws Exception {
        assertTrue(read(context.projectDirectory()).text().startsWith("EISDIR"));
        assertTrue(read("/dev/zero").text().contains("not a regular file"));
        context.call("Bash", "command", "mkfifo pipe && ln -s /dev/zero zero");
        assertTrue(read("pipe").text().contains("not a regular file"));
        assertTrue(read("zero").text().contains("not a regular file"));
        assertTrue(read("/proc/self/status").text().contains("Name:"));
        assertTrue(((String) file(read("/proc/self/status")).get("content")).contains("Name:"));
        assertTrue(read("/proc/kcore").isError());
        assertTrue(read("/proc/self/environ").isError());
    }

    @Test
    void refusesBinaryFilesAndSaysWhatTheyAre() throws Exception {
        Files.write(context.projectDirectory().resolve("x"), new byte[] {1, 0, 2});
        assertTrue(
                read("x").text().contains("binary file (unknown kind, has NUL bytes"),
                read("x").text());
        assertTrue(read("/bin/ls").text().contains("ELF"), read("/bin/ls").text());
        assertTrue(read("a\0b").text().contains("not valid"), read("a\0b").text());
    }

    @Test
    void readsEveryEncoding() throws Exception {
        var at = context.projectDirectory().resolve("t");
        for (var charset :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_8)) {
            Files.write(at, ("\ufeffgrüße \ud83d\ude00\nzwei\n").getBytes(charset));
            assertEquals("1\tgrüße \ud83d\ude00\n2\tzwei\n3\t", read(at).text(), charset.name());
        }
        Files.write(at, "grüße\r\nb".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("1\tgrüße\n2\tb", read(at).text());
    }

    @Test
    void cutsLongLines() throws Exception {
        var result = read(context.file("l", "x".repeat(1 << 20) + "\nnext"));
        assertTrue(result.text().contains("[line cut at 2000 characters]\n2\tnext"));
        assertTrue(result.text().length() < 2_100);
        var wide = read(context.file("w", "\u20ac".repeat(10_000)));
        assertTrue(wide.text().startsWith("1\t" + "\u20ac".repeat(2_000) + "..."));
    }

    @Test
    void showsAPartOfALargeFile() throws Exception {
        var content = "some words on a line\n".repeat(20_000);
        var result = read(context.file("big", content));
        assertTrue(result.text().contains("PARTIAL view"), result.text().substring(0, 50));
        assertTrue(result.text().length() < 140_000);
        assertEquals(true, file(result).get("truncatedByTokenCap"));
        assertEquals(20_001L, file(result).get("totalLines"));
        assertTrue(read("big", "offset", 1, "limit", 19_000).isError());
        assertFalse(read("big", "offset", 1, "limit", 19_000, "allow_large", true).isError());
        assertEquals("20000\tsome words on a line\n20001\t", read("big", "offset", 20_000).text());
    }

    @Test
    void aHugeFileIsNotLoaded() throws Exception {
        var at = context.projectDirectory().resolve("huge");
        Files.writeString(at, "a line of it\n".repeat(100_000));
        try (var file = new RandomAccessFile(at.toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        long start = System.nanoTime();
        var result = read(at);
        assertTrue(result.text().contains("of more than"), result.text().substring(0, 100));
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }

    @Test
    void showsImages() throws Exception {
        var image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        for (var type : List.of("png", "jpg", "gif")) {
            var at = context.projectDirectory().resolve("i." + type);
            ImageIO.write(image, type, at.toFile());
            var result = read(at);
            var block = assertInstanceOf(ContentBlock.Image.class, result.content().getFirst());
            assertArrayEquals(Files.readAllBytes(at), Base64.getDecoder().decode(block.data()));
            assertEquals("image/" + type.replace("jpg", "jpeg"), block.mediaType());
            var size = (Map<?, ?>) file(result).get("dimensions");
            assertEquals(30L, size.get("originalWidth"));
            assertEquals(20L, size.get("displayHeight"));
        }
    }

    @Test
    void makesLargeImagesSmaller() throws Exception {
        var image = new BufferedImage(1500, 1200, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int x = 0; x < 1500; x++) {
            for (int y = 0; y < 1200; y++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        var at = context.projectDirectory().resolve("noise.png");
        ImageIO.write(image, "png", at.toFile());
        assertTrue(Files.size(at) > 3_750_000);
        var block = (ContentBlock.Image) read(at).content().getFirst();
        assertEquals("image/jpeg", block.mediaType());
        assertTrue(block.data().length() <= 5_000_000);
        var shown =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(block.data())));
        assertEquals(1500, shown.getWidth());
    }

    @Test
    void aDamagedImageIsAnError() throws Exception {
        var at = context.projectDirectory().resolve("d.png");
        Files.write(at, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        assertTrue(read(at).text().contains("damaged"), read(at).text());
    }

    private byte[] pdf(int pages) throws Exception {
        try (var document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    @Test
    void showsShortDocumentsWholeAndPagesOfLongOnes() throws Exception {
        var at = context.projectDirectory().resolve("d.pdf");
        Files.write(at, pdf(3));
        var whole = (ContentBlock.Document) read(at).content().getFirst();
        assertArrayEquals(Files.readAllBytes(at), Base64.getDecoder().decode(whole.data()));
        Files.write(at, pdf(30));
        assertTrue(read(at).text().contains("has 30 pages"), read(at).text());
        var part = (ContentBlock.Document) read(at, "pages", "5-8").content().getFirst();
        try (var document = Loader.loadPDF(Base64.getDecoder().decode(part.data()))) {
            assertEquals(4, document.getNumberOfPages());
        }
        assertTrue(read(at, "pages", "31").text().contains("only 30 pages"));
        assertTrue(read(at, "pages", "1-21").text().contains("at most 20"));
        assertTrue(read(at, "pages", "x").text().contains("\"x\""));
        Files.writeString(at, "%PDF-1.7\nnonsense");
        assertTrue(read(at).text().contains("damaged"), read(at).text());
    }

    @Test
    void showsNotebooksAsCells() throws Exception {
        var result =
                read(
                        context.file(
                                "n.ipynb",
                                """
                                {"cells":[{"cell_type":"markdown","id":"m1","source":["# Title\\n","text"]},
                                {"cell_type":"code","execution_count":2,"source":"1+1","outputs":[
                                {"output_type":"execute_result","data":{"text/plain":["2"],"image/png":"aGk="}}]}],
                                "metadata":{"language_info":{"name":"python"}}}\
                                """));
        assertTrue(result.text().contains("# Title\ntext"));
        assertTrue(result.text().contains("<output>\n2\n</output>"));
        assertEquals(2, ((List<?>) file(result).get("cells")).size());
        assertTrue(result.content().contains(new ContentBlock.Image("image/png", "aGk=")));
        assertTrue(read(context.file("bad.ipynb", "{")).text().contains("not valid JSON"));
        assertTrue(
                read(context.file("odd.ipynb", "{\"cells\":3}"))
                        .text()
                        .contains("no list of cells"));
    }

    @Test
    void thePolicySeesWhereALinkLeads() throws Exception {
        var outside = Files.writeString(folder.toRealPath().resolve("outside"), "x");
        Files.createSymbolicLink(context.projectDirectory().resolve("link"), outside);
        Files.createSymbolicLink(context.projectDirectory().resolve("dir"), outside.getParent());
        var read = TestContext.tool(ToolOptions.DEFAULTS, "Read");
        assertEquals(
                List.of(
                        new Access.Reads(outside),
                        new Access.Reads(context.projectDirectory().resolve("link"))),
                read.accesses(TestContext.input("file_path", "link"), context));
        for (var path : List.of("dir/outside", "dir/./project/../outside")) {
            assertEquals(
                    List.of(
                            new Access.Reads(outside),
                            new Access.Reads(context.projectDirectory().resolve("dir/outside"))),
                    read.accesses(TestContext.input("file_path", path), context),
                    path);
        }
        var write = TestContext.tool(ToolOptions.DEFAULTS, "Write");
        assertEquals(
                List.of(
                        new Access.Writes(outside.resolveSibling("new/file")),
                        new Access.Writes(context.projectDirectory().resolve("dir/new/file"))),
                write.accesses(
                        TestContext.input("file_path", "dir/new/file", "content", ""), context));
        Files.createSymbolicLink(context.projectDirectory().resolve("loop"), Path.of("loop"));
        assertTrue(read("loop").isError());
    }

    @Test
    void aLinkThatMovesAfterTheDecisionIsRefused() throws Exception {
        context.file("inside", "harmless");
        var outside = Files.writeString(folder.resolve("outside"), "secret");
        var link = context.projectDirectory().resolve("link");
        Files.createSymbolicLink(link, Path.of("inside"));
        var read = TestContext.tool(ToolOptions.DEFAULTS, "Read");
        var input = TestContext.input("file_path", "link");
        read.accesses(input, context);
        Files.delete(link);
        Files.createSymbolicLink(link, outside);
        var refused = read.call(input, context);
        assertTrue(refused.text().contains("leads elsewhere now"), refused.text());
        read.accesses(input, context);
        assertEquals("1\tsecret", read.call(input, context).text());
    }
}
