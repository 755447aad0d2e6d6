package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Reading an image. One that is too large for the model is made smaller, which needs the module
/// `java.desktop`.
final class ImageFile {
    /// The service takes 5 MB of base64 per image.
    private static final int MAX_BYTES = 3_750_000;

    /// The service refuses longer sides.
    private static final int MAX_SIDE = 8_000;

    /// Larger files are not even opened.
    private static final long MAX_FILE = 100L << 20;

    private ImageFile() {}

    static ToolResult read(Target target, long size, ImageFormat format) throws IOException {
        if (size > MAX_FILE) {
            throw new FileProblem(
                    "The image " + target.asked() + " is larger than " + MAX_FILE + " bytes.");
        }
        var bytes = target.bytes();
        var original =
                format.size(bytes)
                        .orElseThrow(() ->
                                new FileProblem(
                                        "The image "
                                                + target.asked()
                                                + " is damaged: its header tells no size."));
        boolean fits =
                bytes.length <= MAX_BYTES
                        && original.width() <= MAX_SIDE
                        && original.height() <= MAX_SIDE;
        var shown = fits ? Shown.of(bytes, format, original) : smaller(target, bytes);
        var file =
                Map.of(
                        "base64",
                        Change.repeated(shown.data),
                        "type",
                        shown.format.mediaType(),
                        "originalSize",
                        size,
                        "dimensions",
                        Map.of(
                                "originalWidth", original.width(),
                                "originalHeight", original.height(),
                                "displayWidth", shown.size.width(),
                                "displayHeight", shown.size.height()));
        return new ToolResult.Success(
                List.of(new ContentBlock.Image(shown.format.mediaType(), shown.data)),
                Json.of(Map.of("type", "image", "file", file)));
    }

    /// What the model gets to see, in base64.
    record Shown(String data, ImageFormat format, ImageFormat.Size size) {
        static Shown of(byte[] bytes, ImageFormat format, ImageFormat.Size size) {
            return new Shown(Base64.getEncoder().encodeToString(bytes), format, size);
        }
    }

    private static Shown smaller(Target target, byte[] bytes) throws IOException {
        try {
            return ImageScaling.toFit(bytes, MAX_BYTES);
        } catch (NoClassDefFoundError noDesktop) {
            throw new FileProblem(
                    "The image "
                            + target.asked()
                            + " is too large to show and cannot be made smaller without the Java module java.desktop; shrink it with a program.");
        }
    }
}
