package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Commands that stand as text in the words of a program that would run them: `tar --to-command='rm
/// x'`, `awk 'BEGIN{system("rm x")}'`, `python -c 'os.system("rm x")'`. Only rules that deny or ask
/// hear of them, so that one too many is better than one too few.
final class Hints {
    private static final Set<String> INTERPRETERS =
            Set.of(
                    "python",
                    "python2",
                    "python3",
                    "perl",
                    "ruby",
                    "node",
                    "nodejs",
                    "php",
                    "deno",
                    "bun",
                    "lua",
                    "tclsh",
                    "osascript",
                    "jshell");

    /// How a program in one of these languages starts others.
    private static final Pattern STARTING =
            Pattern.compile(
                    "system|popen|spawn|subprocess|exec|child_process|Runtime|ProcessBuilder|`|%x|qx|Open3|pty|do shell script");

    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"\\n]{1,2000})\"|'([^'\\n]{1,2000})'|`([^`\\n]{1,2000})`");

    private static final int MAX_TEXT = 10_000;
    private static final int MAX_FOUND = 64;

    private Hints() {}

    /// What a program might run, each as words.
    static List<List<Argument>> of(Call call, Nature nature, Frame.Input input) {
        var texts = new ArrayList<String>();
        boolean interprets = INTERPRETERS.contains(call.name());
        if (nature == Nature.GUARDED || interprets) {
            for (var word : call.arguments()) {
                var text = word.orEmpty();
                if (text.length() <= MAX_TEXT && (!interprets || STARTING.matcher(text).find())) {
                    add(text, texts, !interprets);
                }
            }
            if (input.text() != null && Set.of("at", "batch").contains(call.name())) {
                texts.add(input.text().orEmpty());
            }
        }
        return texts.stream().flatMap(text -> commands(text).stream()).limit(MAX_FOUND).toList();
    }

    private static void add(String text, List<String> texts, boolean whole) {
        var joined = new StringBuilder();
        var quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            var inner =
                    quoted.group(1) != null
                            ? quoted.group(1)
                            : quoted.group(2) != null ? quoted.group(2) : quoted.group(3);
            texts.add(String.valueOf(inner));
            joined.append(inner).append(' ');
        }
        if (!joined.isEmpty()) {
            texts.add(joined.toString());
            behind(joined.toString(), " ", texts);
        }
        if (whole) {
            texts.add(text);
            behind(text, "=", texts);
            behind(text, "exec=", texts);
            behind(text, "!", texts);
            behind(text, " ", texts);
            behind(text, "e ", texts);
            if (text.startsWith("-") && !text.startsWith("--") && text.length() > 2) {
                texts.add(text.substring(2));
            }
        }
    }

    private static void behind(String text, String mark, List<String> texts) {
        int at = text.indexOf(mark);
        if (at >= 0 && at + mark.length() < text.length()) {
            texts.add(text.substring(at + mark.length()));
        }
    }

    private static List<List<Argument>> commands(String text) {
        return Guesses.of(text).stream()
                .filter(Access.Runs.class::isInstance)
                .map(Access.Runs.class::cast)
                .map(runs ->
                        runs.words().stream()
                                .map(word -> Argument.of(String.valueOf(word.text())))
                                .toList())
                .toList();
    }
}
