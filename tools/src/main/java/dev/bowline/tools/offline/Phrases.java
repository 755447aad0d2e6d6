package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt with its quoted parts put aside, so that words in them are neither read as commands nor
/// split. Each quoted part stands in the text as one character.
final class Phrases {
    private static final Pattern QUOTED =
            Pattern.compile(
                    "```[a-zA-Z0-9]*\\n(?<fence>.*?)\\n?```|`(?<tick>[^`\\n]+)`|\"(?<double>[^\"\\n]*)\"|“(?<curly>[^”\\n]*)”"
                            + "|(?<![\\p{L}\\p{N}])'(?<single>[^'\\n]+)'(?![\\p{L}\\p{N}])",
                    Pattern.DOTALL);
    private static final String VERBS =
            "(?:please\\s+)?(?:run|execute|create|make|write|append|add|replace|change|rename|delete|remove|read|show|print|cat|list|search|find|open|put|save)\\b";
    private static final Pattern JOINT =
            Pattern.compile(
                    "\\s*[,;.]?\\s*\\b(?:and\\s+then|then|after\\s+that|afterwards)\\b[,:]?\\s*"
                            + "|\\s*[,;]?\\s+and\\s+(?="
                            + VERBS
                            + ")|(?<=[.!?;])\\s+(?="
                            + VERBS
                            + ")|\\s*\\n+\\s*(?:\\d+[.)]|[-*•])\\s+|\\s*\\n+\\s*(?="
                            + VERBS
                            + ")",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("^\\s*(?:\\d+[.)]|[-*•])\\s+");
    private static final Pattern POLITE =
            Pattern.compile(
                    "^(?:(?:please|now|first|next|finally|also|kindly|ok|okay|so)[,:]?\\s+|(?:can|could|would|will)\\s+you\\s+(?:please\\s+)?|i\\s+want\\s+you\\s+to\\s+)+",
                    Pattern.CASE_INSENSITIVE);

    private static final char FIRST = '\uE000';
    private static final int MOST = 1_000;

    private final List<String> quoted = new ArrayList<>();
    private final List<String> raw = new ArrayList<>();
    private final String text;

    Phrases(String prompt) {
        var masked = new StringBuilder();
        var matcher = QUOTED.matcher(prompt);
        while (matcher.find() && quoted.size() < MOST) {
            matcher.appendReplacement(masked, String.valueOf((char) (FIRST + quoted.size())));
            quoted.add(inner(matcher));
            raw.add(matcher.group());
        }
        matcher.appendTail(masked);
        text = masked.toString();
    }

    private static String inner(Matcher matcher) {
        for (var name : List.of("fence", "tick", "double", "curly", "single")) {
            var part = matcher.group(name);
            if (part != null) {
                return part;
            }
        }
        return "";
    }

    /// Characters outside of the quoted parts.
    int length() {
        return text.length();
    }

    /// The single requests, in order, with the quoted parts still put aside.
    List<String> requests() {
        var requests = new ArrayList<String>();
        for (var part : JOINT.split(NUMBER.matcher(text).replaceFirst(""), -1)) {
            var plain = POLITE.matcher(part.strip()).replaceFirst("").strip();
            if (!plain.isEmpty()) {
                requests.add(plain);
            }
        }
        return requests;
    }

    /// The text with its quoted parts back in place.
    String open(String masked) {
        var open = new StringBuilder();
        for (int i = 0; i < masked.length(); i++) {
            char c = masked.charAt(i);
            open.append(isQuoted(c) ? quoted.get(c - FIRST) : String.valueOf(c));
        }
        return open.toString();
    }

    /// The first part of a text that is marked as code.
    Optional<String> code(String masked) {
        return masked.chars()
                .filter(c -> isQuoted((char) c) && raw.get(c - FIRST).startsWith("`"))
                .mapToObj(c -> quoted.get(c - FIRST))
                .findFirst();
    }

    /// The text as it was typed, quotation marks and all.
    String typed(String masked) {
        var typed = new StringBuilder();
        for (int i = 0; i < masked.length(); i++) {
            char c = masked.charAt(i);
            typed.append(isQuoted(c) ? raw.get(c - FIRST) : String.valueOf(c));
        }
        return typed.toString();
    }

    /// The quoted parts of a text.
    List<String> quotedIn(String masked) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < masked.length(); i++) {
            if (isQuoted(masked.charAt(i)) && !open(masked.substring(i, i + 1)).isBlank()) {
                parts.add(open(masked.substring(i, i + 1)));
            }
        }
        return parts;
    }

    /// The text without its quoted parts.
    String unquoted(String masked) {
        var rest = new StringBuilder();
        for (int i = 0; i < masked.length(); i++) {
            rest.append(isQuoted(masked.charAt(i)) ? ' ' : masked.charAt(i));
        }
        return rest.toString();
    }

    private boolean isQuoted(char c) {
        return c >= FIRST && c - FIRST < quoted.size();
    }
}
