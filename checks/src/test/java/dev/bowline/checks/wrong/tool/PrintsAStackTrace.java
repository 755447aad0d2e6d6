package dev.bowline.checks.wrong.tool;

final class PrintsAStackTrace {
    void print(Exception e) {
        e.printStackTrace();
    }
}
