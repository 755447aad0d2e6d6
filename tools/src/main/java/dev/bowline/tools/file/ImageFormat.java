package dev.bowline.tools.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Image formats that models can see, told by a file's first bytes.
enum ImageFormat {
    PNG,
    JPEG,
    GIF,
    WEBP;

    /// Width and height in pixels.
    record Size(int width, int height) {}

    static Optional<ImageFormat> of(byte[] start) {
        var text = new String(start, 0, Math.min(start.length, 16), StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        return text.startsWith("RIFF") && text.startsWith("WEBP", 8)
                ? Optional.of(WEBP)
                : Optional.empty();
    }

    String mediaType() {
        return "image/" + name().toLowerCase(Locale.ROOT);
    }

    /// The size that the header tells, or nothing when the header is damaged.
    Optional<Size> size(byte[] image) {
        try {
            var size =
                    switch (this) {
                        case PNG -> new Size(big(image, 16, 4), big(image, 20, 4));
                        case GIF -> new Size(little(image, 6, 2), little(image, 8, 2));
                        case JPEG -> jpeg(image);
                        case WEBP -> webp(image);
                    };
            return size.width > 0 && size.height > 0 ? Optional.of(size) : Optional.empty();
        } catch (IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    /// Walks the segments up to the frame header.
    private static Size jpeg(byte[] image) {
        int at = 2;
        while (true) {
            int marker = image[at + 1] & 0xff;
            boolean frame =
                    marker >= 0xC0
                            && marker <= 0xCF
                            && marker != 0xC4
                            && marker != 0xC8
                            && marker != 0xCC;
            if (frame) {
                return new Size(big(image, at + 7, 2), big(image, at + 5, 2));
            }
            at += marker == 0xff ? 1 : 2 + Math.max(2, big(image, at + 2, 2));
        }
    }

    private static Size webp(byte[] image) {
        return switch (image[15]) {
            case 'X' -> new Size(little(image, 24, 3) + 1, little(image, 27, 3) + 1);
            case 'L' -> {
                int bits = little(image, 21, 4);
                yield new Size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
            }
            default -> new Size(little(image, 26, 2) & 0x3fff, little(image, 28, 2) & 0x3fff);
        };
    }

    private static int big(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    private static int little(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
