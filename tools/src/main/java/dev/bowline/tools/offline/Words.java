package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of a request that are worth searching for. `exact` words are quoted or look like names
/// in code; without any, the words that are left when the common ones are taken out.
record Words(List<String> all, boolean exact) {
    private static final int MOST = 5;

    /// Characters; nobody looks for longer words, and telling whether they are names takes long.
    private static final int LONGEST = 200;

    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}_$]+(?:[.:/-][\\p{L}\\p{N}_$]+)*(?:\\(\\))?");
    private static final Pattern NAME =
            Pattern.compile(
                    "\\p{Ll}+[\\p{L}\\p{N}]*\\p{Lu}[\\p{L}\\p{N}_]*|\\p{Lu}\\p{L}*\\p{Ll}\\p{L}*\\p{Lu}[\\p{L}\\p{N}_]*|\\p{L}[\\p{L}\\p{N}]*_[\\p{L}\\p{N}_]+|\\p{Lu}[\\p{Lu}\\p{N}]*\\p{Lu}{2}[\\p{Lu}\\p{N}]*"
                            + "|.+\\(\\)|\\p{L}[\\p{L}\\p{N}_]*(?:[.:/]+[\\p{L}_][\\p{L}\\p{N}_]*)+|\\p{L}+\\p{N}+\\p{L}*");
    private static final Pattern AFTER_KIND =
            Pattern.compile(
                    "\\b(?:class|interface|record|enum|function|method|variable|field|symbol|constant|module|struct|type|usages?\\s+of|uses\\s+of|references\\s+to|calls?\\s+to|word)\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*)",
                    Pattern.CASE_INSENSITIVE);
    private static final Set<String> COMMON =
            Set.copyOf(
                    List.of(
                            ("a about above after again all also am an and any are as at be because been before being below between both but by "
                                            + "can could code did do does doing done down during each explain few file files find for from further get give had has have having he her here how i if "
                                            + "in into is it its itself just know list look me method more most my name no nor not now of off on once only or other our out over own please "
                                            + "print project repo repository same search see should show so some such tell than that the their them then there these they thing this those through to too under "
                                            + "until up us use used uses using usages usage value very want was we were what when where which while who why will with work works would you your "
                                            + "class function defined definition folder directory working implemented implementation called call calls mean means happen happens "
                                            + "der die das und oder ein eine einer ist sind wo wie was wird werden von zu im in mit auf für den dem des nicht es ich du wir sie bitte welche welcher zeige finde suche gibt datei dateien "
                                            + "le la les un une des du et ou est sont où comment quoi que qui dans avec pour sur pas je tu nous vous cherche trouve fichier fichiers quel quelle "
                                            + "el los las una unos y o es son dónde donde cómo como qué en con para por no busca encuentra archivo archivos")
                                    .split(" ", -1)));

    static Words of(Phrases phrases, String request) {
        var exact = new LinkedHashSet<String>(phrases.quotedIn(request));
        var plain = phrases.unquoted(request);
        var kinds = AFTER_KIND.matcher(plain);
        while (kinds.find()) {
            if (!common(kinds.group(1))) {
                exact.add(kinds.group(1));
            }
        }
        var rest = new LinkedHashSet<String>();
        WORD.matcher(plain)
                .results()
                .map(found -> found.group())
                .filter(word -> word.length() <= LONGEST)
                .forEach(word -> {
                    if (NAME.matcher(word).matches()) {
                        exact.add(word.replaceFirst("\\(\\)$", ""));
                    } else if (word.codePointCount(0, word.length()) > 1 && !common(word)) {
                        rest.add(word);
                    }
                });
        return exact.isEmpty()
                ? new Words(rarest(rest), false)
                : new Words(exact.stream().limit(MOST).toList(), true);
    }

    private static boolean common(String word) {
        return COMMON.contains(word.toLowerCase(Locale.ROOT));
    }

    /// Long words say more than short ones.
    private static List<String> rarest(Set<String> words) {
        var byLength = new ArrayList<>(words);
        byLength.sort((one, other) -> Integer.compare(other.length(), one.length()));
        return List.copyOf(byLength.subList(0, Math.min(MOST, byLength.size())));
    }

    /// A pattern for any of the words, as they are.
    String pattern() {
        return String.join("|", all.stream().map(Words::escaped).toList());
    }

    private static String escaped(String word) {
        var safe = word.replaceAll("[\\\\.+*?()|\\[\\]{}^$#&~-]", "\\\\$0");
        return word.matches("[\\p{L}\\p{N}_]+") ? "\\b" + safe + "\\b" : safe;
    }

    String shown() {
        return String.join(", ", all.stream().map(word -> "\"" + word + "\"").toList());
    }
}
