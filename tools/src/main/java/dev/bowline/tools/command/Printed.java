package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Redirect;
import dev.bowline.tools.syntax.Script;
import java.util.List;
import java.util.Set;

/// What a substitution becomes.
final class Printed {
    private static final Set<Redirect.Kind> INPUT =
            Set.of(Redirect.Kind.HERE_DOCUMENT, Redirect.Kind.HERE_STRING, Redirect.Kind.READ);

    private Printed() {}

    /// Whether what the last program prints is all that the commands print.
    static boolean isAll(Script script) {
        if (script.nodes().size() != 1) {
            return false;
        }
        var node = script.nodes().getFirst();
        var last = node instanceof Node.Pipeline pipeline ? pipeline.parts().getLast() : node;
        return last instanceof Node.Simple simple
                && simple.redirects().stream()
                        .allMatch(redirect ->
                                INPUT.contains(redirect.kind())
                                        || "2".equals(redirect.descriptor()));
    }

    /// The value of what is printed; `inert` if it comes from commands that only read.
    static Value value(Frame.Input printed, boolean inert) {
        var text = printed.text();
        if (text != null && text.isKnown() && text.matches() == null) {
            return Value.text(withoutLineEnds(text.orEmpty()));
        }
        var listing = printed.listing();
        return new Value(
                List.of(listing == null ? Argument.unknown("", inert) : listing.found()), false);
    }

    private static String withoutLineEnds(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }
}
