package dev.bowline.tools.syntax;

/// Ends the reading of a text that isn't understood; never leaves this package.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int position;

    Refused(String reason, int position) {
        super(reason, null, false, false);
        this.position = position;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
