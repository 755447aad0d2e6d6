package dev.bowline.tools.command;

import dev.bowline.tool.Access.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names under which a rule that denies may know a command.
final class Guises {
    /// How many words before a subcommand are looked over.
    private static final int MAX_SKIPPED = 12;

    private static final Set<String> WRAPPED = Set.of("git", "rm");

    private Guises() {}

    static List<List<Word>> of(List<Word> words, List<List<Word>> outer) {
        var all = new LinkedHashSet<List<Word>>();
        all.add(words);
        all.addAll(outer);
        for (var guise : List.copyOf(all)) {
            var based = based(guise);
            all.add(based);
            all.addAll(subcommands(based));
        }
        if (!words.isEmpty()) {
            var based = based(words);
            if (is(based, "rm")) {
                all.addAll(removals(based));
            } else if (is(based, "git")) {
                subcommands(based).forEach(git -> all.add(optionsFirst(git)));
                all.add(optionsFirst(based));
            }
        }
        return List.copyOf(all);
    }

    private static boolean is(List<Word> words, String program) {
        return WRAPPED.contains(program)
                && !words.isEmpty()
                && program.equals(words.getFirst().text());
    }

    /// The program without its folder.
    private static List<Word> based(List<Word> words) {
        var text = words.isEmpty() ? null : words.getFirst().text();
        if (text == null || text.lastIndexOf('/') < 0 || text.endsWith("/")) {
            return words;
        }
        var based = new ArrayList<>(words);
        based.set(0, new Word(text.substring(text.lastIndexOf('/') + 1)));
        return based;
    }

    private static boolean isOption(Word word) {
        var text = word.text();
        return text != null && text.startsWith("-");
    }

    /// The command from each word on that may be its subcommand: those behind options, and behind
    /// what may be their values.
    private static List<List<Word>> subcommands(List<Word> words) {
        var all = new ArrayList<List<Word>>();
        if (words.size() < 3 || !isOption(words.get(1))) {
            return all;
        }
        for (int i = 2; i < Math.min(words.size(), MAX_SKIPPED); i++) {
            if (isOption(words.get(i))) {
                continue;
            }
            var rest = new ArrayList<Word>();
            rest.add(words.getFirst());
            rest.addAll(words.subList(i, words.size()));
            all.add(rest);
            if (!isOption(words.get(i - 1))) {
                break;
            }
        }
        return all;
    }

    private static List<Word> optionsFirst(List<Word> words) {
        var options = new ArrayList<Word>(words.subList(0, Math.min(2, words.size())));
        var others = new ArrayList<Word>();
        for (var word : words.subList(Math.min(2, words.size()), words.size())) {
            (isOption(word) ? options : others).add(word);
        }
        options.addAll(others);
        return options;
    }

    /// `rm` with its two options in the forms that people write.
    private static List<List<Word>> removals(List<Word> words) {
        var operands = words.stream().skip(1).filter(word -> !isOption(word)).toList();
        var options = new StringBuilder();
        words.stream()
                .skip(1)
                .filter(Guises::isOption)
                .forEach(word -> options.append(letters(word)));
        boolean below = options.indexOf("r") >= 0 || options.indexOf("R") >= 0;
        boolean forced = options.indexOf("f") >= 0;
        var forms =
                below && forced
                        ? List.of(
                                "-rf",
                                "-fr",
                                "-r -f",
                                "-f -r",
                                "-Rf",
                                "-r",
                                "-f",
                                "--recursive --force")
                        : below
                                ? List.of("-r", "-R", "--recursive")
                                : forced ? List.of("-f", "--force") : List.<String>of();
        var all = new ArrayList<List<Word>>();
        for (var form : forms) {
            var one = new ArrayList<Word>();
            one.add(words.getFirst());
            for (var option : form.split(" ", -1)) {
                one.add(new Word(option));
            }
            one.addAll(operands);
            all.add(one);
        }
        return all;
    }

    private static String letters(Word option) {
        return switch (String.valueOf(option.text())) {
            case "--recursive" -> "r";
            case "--force" -> "f";
            default ->
                    String.valueOf(option.text()).startsWith("--")
                            ? ""
                            : String.valueOf(option.text());
        };
    }
}
