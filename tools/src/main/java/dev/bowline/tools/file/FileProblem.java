package dev.bowline.tools.file;

import java.io.IOException;

/// A reason not to touch a file, in one sentence for the model.
final class FileProblem extends IOException {
    private static final long serialVersionUID = 1L;

    FileProblem(String message) {
        super(message);
    }
}
