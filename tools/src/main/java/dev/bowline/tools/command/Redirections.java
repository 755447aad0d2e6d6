package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tools.syntax.Redirect;

/// The files of redirections, which are decided on like any others.
final class Redirections {
    private Redirections() {}

    /// Adds what a redirection touches; the result is what standard input is behind it.
    static Frame.Input look(
            Redirect redirect, Scope scope, Expansion expansion, Facts facts, Frame.Input input) {
        var variable = redirect.descriptor();
        if (variable != null && Variables.isName(variable)) {
            scope.set(variable, Value.NUMBER);
        }
        var kind = redirect.kind();
        if (kind == Redirect.Kind.HERE_DOCUMENT) {
            var body = expansion.single(redirect.body(), redirect.target());
            return variable == null || variable.equals("0") ? new Frame.Input(body, null) : input;
        }
        var target = expansion.single(redirect.target());
        if (redirect.target().globs()) {
            target = Argument.unknown("", false);
        }
        if (kind == Redirect.Kind.HERE_STRING) {
            return variable == null || variable.equals("0") ? new Frame.Input(target, null) : input;
        }
        boolean duplicates =
                kind == Redirect.Kind.DUPLICATE_INPUT || kind == Redirect.Kind.DUPLICATE_OUTPUT;
        if (duplicates && isDescriptor(target)) {
            return input;
        }
        boolean writes = kind != Redirect.Kind.READ && kind != Redirect.Kind.DUPLICATE_INPUT;
        file(redirect.source(), target, kind, writes, scope, facts);
        return writes ? input : Frame.Input.UNKNOWN;
    }

    /// A descriptor that is known, or a number whatever it is.
    private static boolean isDescriptor(Argument target) {
        return target.isKnown() && target.orEmpty().matches("[0-9]*-?");
    }

    private static void file(
            String source,
            Argument target,
            Redirect.Kind kind,
            boolean writes,
            Scope scope,
            Facts facts) {
        var text = target.orEmpty();
        if (Disk.isNobodys(text) || text.equals("/dev/tty")) {
            return;
        }
        var paths = scope.disk().resolve(text);
        if (!target.isKnown()
                || paths.isEmpty()
                || text.startsWith("/dev/tcp/")
                || text.startsWith("/dev/udp/")
                || scope.isSteered() && !text.startsWith("/")) {
            facts.unknown(source);
            facts.add(
                    writes
                            ? new Access.Writes(Touched.ANYWHERE)
                            : new Access.Scans(Touched.ANYWHERE));
        }
        for (var path : paths) {
            if (writes) {
                facts.add(new Access.Writes(path));
            }
            if (!writes || kind == Redirect.Kind.READ_WRITE) {
                facts.add(new Access.Reads(path));
            }
        }
    }
}
