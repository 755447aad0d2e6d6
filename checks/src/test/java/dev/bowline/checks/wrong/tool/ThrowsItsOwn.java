package dev.bowline.checks.wrong.tool;

final class ThrowsItsOwn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ThrowsItsOwn(String message) {
        super(message);
    }

    static void fail() {
        throw new ThrowsItsOwn("x");
    }
}
