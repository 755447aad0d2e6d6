package dev.bowline.tools.file;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/// Makes images smaller. The only class that needs the module `java.desktop`.
final class ImageScaling {
    /// The service scales longer sides down itself.
    private static final int SIDE = 1_568;

    private ImageScaling() {}

    /// A JPEG of at most `most` bytes. Reads only every n-th pixel of a large image, so the memory
    /// used does not depend on the size it claims.
    static ImageFile.Shown toFit(byte[] bytes, int most) throws IOException {
        for (int side = SIDE; side >= 64; side /= 2) {
            var image = scaled(bytes, side);
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            if (out.size() <= most) {
                return ImageFile.Shown.of(
                        out.toByteArray(),
                        ImageFormat.JPEG,
                        new ImageFormat.Size(image.getWidth(), image.getHeight()));
            }
        }
        throw new FileProblem("The image is too large and cannot be made small enough to show.");
    }

    private static BufferedImage scaled(byte[] bytes, int side) throws IOException {
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new FileProblem(
                        "The image is too large to show, and Java cannot make images of its format smaller; shrink it with a program.");
            }
            return scaled(readers.next(), in, side);
        }
    }

    private static BufferedImage scaled(
            ImageReader reader, javax.imageio.stream.ImageInputStream in, int side)
            throws IOException {
        try {
            reader.setInput(in);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            double factor = Math.min(1.0, (double) side / Math.max(width, height));
            int every = Math.max(1, (int) Math.floor(0.5 / factor));
            var wanted = reader.getDefaultReadParam();
            wanted.setSourceSubsampling(every, every, 0, 0);
            return drawn(
                    reader.read(0, wanted),
                    Math.max(1, (int) (width * factor)),
                    Math.max(1, (int) (height * factor)));
        } catch (RuntimeException damaged) {
            throw new FileProblem("The image is damaged: " + damaged.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage drawn(BufferedImage from, int width, int height) {
        var to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = to.createGraphics();
        pen.setRenderingHint(
                java.awt.RenderingHints.KEY_INTERPOLATION,
                java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(from, 0, 0, width, height, Color.WHITE, null);
        pen.dispose();
        return to;
    }
}
