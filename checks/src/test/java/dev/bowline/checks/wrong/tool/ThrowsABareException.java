package dev.bowline.checks.wrong.tool;

final class ThrowsABareException {
    void fail() {
        throw new RuntimeException("x");
    }
}
