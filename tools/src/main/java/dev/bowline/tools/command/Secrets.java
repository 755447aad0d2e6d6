package dev.bowline.tools.command;

import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Piece;
import java.util.List;
import java.util.regex.Pattern;

/// Variables that, by their names, hold credentials and that nothing in the line has set: a program
/// that gets one shows more than the files of a project.
final class Secrets {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?i).*(SECRET|TOKEN|PASS|CRED|AUTH|PRIVATE|(^|_)KEY|APIKEY|DSN|COOKIE).*");

    private Secrets() {}

    static boolean areShown(Node.Simple simple, Scope scope) {
        return simple.words().stream().anyMatch(word -> areIn(word.pieces(), scope));
    }

    private static boolean areIn(List<Piece> pieces, Scope scope) {
        return pieces.stream()
                .anyMatch(piece ->
                        piece instanceof Piece.Parameter parameter
                                && (NAME.matcher(parameter.name()).matches()
                                                && !scope.isSet(parameter.name())
                                        || areIn(parameter.parts(), scope)));
    }
}
