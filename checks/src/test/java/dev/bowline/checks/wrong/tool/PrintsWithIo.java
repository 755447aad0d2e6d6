package dev.bowline.checks.wrong.tool;

final class PrintsWithIo {
    void print() {
        IO.println("x");
    }
}
