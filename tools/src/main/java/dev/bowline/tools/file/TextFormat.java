package dev.bowline.tools.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How a file's text is stored; `mark` has a character per byte: UTF-8 with or without byte order
/// mark, UTF-16 with one, and ISO-8859-1 for what is not UTF-8. ISO-8859-1 gives every byte a
/// character and back, so that bytes which are not touched stay as they are.
record TextFormat(Charset charset, String mark) {
    static final TextFormat UTF_8 = new TextFormat(StandardCharsets.UTF_8, "");
    private static final TextFormat LATIN_1 = new TextFormat(StandardCharsets.ISO_8859_1, "");
    private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";
    private static final String UTF_16LE_MARK = "\u00ff\u00fe";
    private static final String UTF_16BE_MARK = "\u00fe\u00ff";

    /// The format that the mark at the start of a file tells; UTF-8 when there is none.
    static TextFormat byMark(byte[] start) {
        if (startsWith(start, UTF_8_MARK)) {
            return new TextFormat(StandardCharsets.UTF_8, UTF_8_MARK);
        }
        if (startsWith(start, UTF_16LE_MARK)) {
            return new TextFormat(StandardCharsets.UTF_16LE, UTF_16LE_MARK);
        }
        if (startsWith(start, UTF_16BE_MARK)) {
            return new TextFormat(StandardCharsets.UTF_16BE, UTF_16BE_MARK);
        }
        return UTF_8;
    }

    /// The format of a whole file.
    static TextFormat of(byte[] content) {
        var marked = byMark(content);
        return marked.canDecode(content) ? marked : LATIN_1;
    }

    /// The text without the mark.
    String decode(byte[] content) {
        return new String(content, mark.length(), content.length - mark.length(), charset);
    }

    private boolean canDecode(byte[] content) {
        try {
            charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(
                            ByteBuffer.wrap(
                                    content, mark.length(), content.length - mark.length()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// The bytes of a text in this format.
    ///
    /// @throws FileProblem if the text has a character that the format cannot hold
    byte[] encode(String text) throws FileProblem {
        try {
            var bytes =
                    charset.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text));
            var all =
                    Arrays.copyOf(
                            mark.getBytes(StandardCharsets.ISO_8859_1),
                            mark.length() + bytes.remaining());
            bytes.get(all, mark.length(), bytes.remaining());
            return all;
        } catch (CharacterCodingException e) {
            throw new FileProblem(
                    "The text has characters that "
                            + charset
                            + ", the encoding of the file, cannot hold; convert the file to UTF-8 first.");
        }
    }

    /// Whether a NUL byte among the first bytes says that this is no text.
    static boolean looksBinary(byte[] start, int length) {
        var format = byMark(start);
        if (!format.charset.equals(StandardCharsets.UTF_8)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (start[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, String prefix) {
        return new String(
                        bytes,
                        0,
                        Math.min(bytes.length, prefix.length()),
                        StandardCharsets.ISO_8859_1)
                .equals(prefix);
    }
}
