package dev.bowline.checks.wrong.tool;

final class PrintsToSystemOut {
    void print() {
        System.out.println("x");
    }
}
