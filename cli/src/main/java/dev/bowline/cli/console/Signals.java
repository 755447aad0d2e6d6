package dev.bowline.cli.console;

import sun.misc.Signal;

/// What to do when the process is asked to stop. The JDK has no other way to tell an interrupt from a
/// termination.
public final class Signals {
    private Signals() {}

    /// Takes over SIGINT (Ctrl-C) and SIGTERM (and SIGHUP); each action runs on a thread of its own.
    public static void handle(Runnable interrupt, Runnable terminate) {
        install("INT", interrupt);
        install("TERM", terminate);
        install("HUP", terminate);
    }

    private static void install(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // the VM keeps this signal to itself or the system has none of that name: its default holds
            return;
        }
    }

}
