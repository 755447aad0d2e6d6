package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Redirections.
final class Redirections {
    private final Parser parser;
    private final Cursor in;

    Redirections(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// All that stand next, with blanks between them.
    List<Redirect> all() {
        List<Redirect> redirects = new ArrayList<>();
        parser.blanks();
        Redirect redirect = one();
        while (redirect != null) {
            redirects.add(redirect);
            parser.blanks();
            redirect = one();
        }
        return List.copyOf(redirects);
    }

    /// The redirection that is next, or null when something else is.
    @Nullable Redirect one() {
        int start = in.at;
        String descriptor = descriptor();
        Redirect.Kind kind = operator();
        if (kind == null) {
            in.at = start;
            return null;
        }
        boolean tabs = kind == Redirect.Kind.HERE_DOCUMENT && in.take('-');
        while (Characters.blank(in.peek())) {
            in.at++;
        }
        if (kind == Redirect.Kind.HERE_DOCUMENT) {
            Word mark = parser.words.read(WordReader.Place.MARK);
            return new Redirect(
                    descriptor, kind, mark, parser.here.await(mark, tabs), in.since(start));
        }
        Word target = parser.words.read(WordReader.Place.TARGET);
        return new Redirect(descriptor, kind, target, List.of(), in.since(start));
    }

    /// Digits or a name in braces, directly before `<` or `>`.
    private @Nullable String descriptor() {
        int start = in.at;
        StringBuilder text = new StringBuilder();
        boolean braces = in.take('{');
        while (braces ? Characters.namePart(in.peek()) : Characters.digit(in.peek())) {
            text.append((char) in.next());
        }
        boolean closed = !braces || descriptorName(text) && in.take('}');
        boolean sign = in.peek() == '<' || in.peek() == '>';
        if (!closed || text.isEmpty() || !sign || in.peekSecond() == '(') {
            in.at = start;
            return null;
        }
        if (!braces && text.length() > 9) {
            throw in.refuse("The number of a descriptor is too long.");
        }
        return text.toString();
    }

    /// A name; an element of an array may be one too, and isn't understood.
    private boolean descriptorName(StringBuilder text) {
        return Characters.name(text.toString());
    }

    private Redirect.@Nullable Kind operator() {
        int first = in.peek();
        int second = in.peekSecond();
        if (first == '&' && second == '>') {
            take(2);
            return in.take('>') ? Redirect.Kind.APPEND_BOTH : Redirect.Kind.WRITE_BOTH;
        }
        if (first != '<' && first != '>' || second == '(') {
            return null;
        }
        in.next();
        return first == '>' ? output(second) : input(second);
    }

    private Redirect.Kind output(int second) {
        return switch (second) {
            case '>' -> taken(Redirect.Kind.APPEND);
            case '|' -> taken(Redirect.Kind.CLOBBER);
            case '&' -> taken(Redirect.Kind.DUPLICATE_OUTPUT);
            default -> Redirect.Kind.WRITE;
        };
    }

    private Redirect.Kind input(int second) {
        if (second == '<') {
            in.next();
            return in.take('<') ? Redirect.Kind.HERE_STRING : Redirect.Kind.HERE_DOCUMENT;
        }
        return switch (second) {
            case '>' -> taken(Redirect.Kind.READ_WRITE);
            case '&' -> taken(Redirect.Kind.DUPLICATE_INPUT);
            default -> Redirect.Kind.READ;
        };
    }

    private Redirect.Kind taken(Redirect.Kind kind) {
        in.next();
        return kind;
    }

    private void take(int count) {
        for (int taken = 0; taken < count; taken++) {
            in.next();
        }
    }
}
