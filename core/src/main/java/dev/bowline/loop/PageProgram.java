package dev.bowline.loop;

import dev.bowline.tool.Access;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Programs that print pages of the network. What they bring from this machine is nobody else's.
final class PageProgram {
    private static final Set<String> NAMES =
            Set.of(
                    "curl", "wget", "http", "https", "xh", "aria2c", "lynx", "links", "elinks",
                    "w3m");

    /// Hosts of this machine with their ports, where the scheme may be missing; some of the
    /// programs take a port alone.
    private static final Pattern HERE =
            Pattern.compile(
                    "(https?://)?((localhost|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|0\\.0\\.0\\.0|\\[::1])(:[0-9]*)?|:[0-9]+)([/?#].*)?",
                    Pattern.DOTALL);

    /// Options after which nothing is fetched.
    private static final Set<String> ABOUT_ITSELF = Set.of("--version", "--help", "-V", "-h");

    private PageProgram() {}

    /// The addresses that a program is given; its name where they are not known before it runs.
    static List<String> urls(Access.Runs runs) {
        if (runs.words().isEmpty()) {
            return List.of();
        }
        var words = runs.words().stream().map(Access.Word::text).toList();
        var name = String.valueOf(words.getFirst());
        name = name.substring(name.lastIndexOf('/') + 1);
        var given = words.subList(1, words.size());
        if (!NAMES.contains(name) || given.stream().anyMatch(ABOUT_ITSELF::contains)) {
            return List.of();
        }
        var addresses =
                given.stream()
                        .filter(Objects::nonNull)
                        .filter(word -> isAddress(word) || isHere(word))
                        .toList();
        var others = addresses.stream().filter(word -> !isHere(word)).toList();
        return !others.isEmpty() ? others : addresses.isEmpty() ? List.of(name) : List.of();
    }

    private static boolean isAddress(String word) {
        return word.startsWith("http://") || word.startsWith("https://");
    }

    private static boolean isHere(String word) {
        return HERE.matcher(word).matches();
    }
}
