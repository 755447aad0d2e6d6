package dev.bowline.cli.console;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// What to do when the process is asked to stop. Only `sun.misc.Signal` tells an interrupt from a
/// termination; it is reached by name, because javac warns of it in a way that nothing can
/// suppress.
public final class Signals {
    private Signals() {}

    /// Takes over SIGINT (Ctrl-C) and SIGTERM (and SIGHUP); each action runs on a thread of its
    /// own.
    public static void handle(Runnable interrupt, Runnable terminate) {
        install("INT", interrupt);
        install("TERM", terminate);
        install("HUP", terminate);
    }

    /// A signal that the VM keeps to itself, or that the system has no name for, keeps its default.
    private static void install(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, args) -> answer(self, method, action));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            return;
        }
    }

    private static Object answer(Object self, Method method, Runnable action) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> false;
            case "toString" -> "a handler of signals";
            default -> {
                action.run();
                yield "";
            }
        };
    }
}
