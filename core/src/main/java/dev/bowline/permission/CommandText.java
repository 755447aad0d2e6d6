package dev.bowline.permission;

import dev.bowline.tool.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words of a command, and the text of a rule about commands, in one spelling: words stand one
/// blank apart, and a blank inside a word is a character of its own, so that `"git push"`, one
/// word, is not taken for two.
final class CommandText {
    /// Private-use characters; a command that really has them is only less likely to be allowed.
    private static final char BLANK = '\uE020';

    private static final char EMPTY = '\uE021';
    static final char UNKNOWN = '\uE022';

    private CommandText() {}

    /// The words, each as one piece.
    static String exact(List<Access.Word> words) {
        var text = new StringBuilder();
        for (var word : words) {
            text.append(text.isEmpty() ? "" : " ").append(exact(word.text()));
        }
        return text.toString();
    }

    private static String exact(@Nullable String word) {
        return word == null
                ? String.valueOf(UNKNOWN)
                : word.isEmpty() ? String.valueOf(EMPTY) : marked(word);
    }

    private static String marked(String word) {
        return word.replace(' ', BLANK).replace('\t', BLANK).replace('\n', BLANK);
    }

    /// The words as one would read them aloud: which blanks part words doesn't show.
    static String loose(List<Access.Word> words) {
        return loose(exact(words));
    }

    static String loose(String exact) {
        return exact.replace(BLANK, ' ').replace(String.valueOf(EMPTY), "");
    }

    /// The text of a rule: quotes removed as the shell removes them, runs of blanks made one. Text
    /// with quotes that don't end stays as it is.
    static String pattern(String rule) {
        var text = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < rule.length(); at++) {
            char c = rule.charAt(at);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && at + 1 < rule.length()) {
                text.append(marked(String.valueOf(rule.charAt(++at))));
            } else if (quote != 0) {
                text.append(marked(String.valueOf(c)));
            } else if (c != ' ' && c != '\t') {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        return quote == 0 ? text.toString() : rule;
    }
}
