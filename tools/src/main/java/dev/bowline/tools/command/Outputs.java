package dev.bowline.tools.command;

import java.nio.file.Files;
import java.util.List;

/// What programs that only read print, where that is of use: a text, or names of files.
final class Outputs {
    private Outputs() {}

    static Frame.Input of(Call call, Frame.Input input) {
        return switch (call.name()) {
            case "echo" -> text(call);
            case "printf" -> printed(call);
            case "pwd" ->
                    call.is() && call.disk().directory() != null
                            ? said(call.disk().directory() + "\n")
                            : Frame.Input.UNKNOWN;
            case "cat" -> call.is() ? input : Frame.Input.UNKNOWN;
            case "head", "tail", "sort", "uniq", "tac", "shuf" ->
                    input.listing() != null
                                    && call.arguments().stream()
                                            .allMatch(word -> word.startsWith("-"))
                            ? new Frame.Input(null, input.listing())
                            : Frame.Input.UNKNOWN;
            case "grep", "egrep", "fgrep" -> grep(call, input);
            case "find" ->
                    call.has("-printf", "-ls") ? Frame.Input.UNKNOWN : listing(Find.listing(call));
            case "ls" ->
                    call.arguments().stream()
                                    .allMatch(word ->
                                            word.orEmpty().matches("-1|-A|-a|-t|-r|-S|-tr|-1t"))
                            ? listing(Listing.here(call, true))
                            : listed(call);
            case "rg" ->
                    call.has("-l", "--files", "--files-with-matches")
                            ? searched(call)
                            : Frame.Input.UNKNOWN;
            case "git" ->
                    call.has("ls-files") ? listing(Listing.here(call, true)) : Frame.Input.UNKNOWN;
            default -> Frame.Input.UNKNOWN;
        };
    }

    /// Files that `ls` is given by name or pattern, one a line.
    private static Frame.Input listed(Call call) {
        var files = call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        boolean plain =
                !files.isEmpty()
                        && call.arguments().stream()
                                .allMatch(word ->
                                        !word.startsWith("-") || word.orEmpty().matches("-1|-t|-r"))
                        && files.stream()
                                .flatMap(word -> word.values().stream())
                                .allMatch(text ->
                                        !text.startsWith("-")
                                                && call.disk()
                                                        .path(text)
                                                        .filter(Files::isRegularFile)
                                                        .isPresent())
                        && files.stream().allMatch(Argument::isKnown);
        return plain ? listing(Listing.of(call, files, true)) : Frame.Input.UNKNOWN;
    }

    private static Frame.Input listing(Listing listing) {
        return new Frame.Input(null, listing);
    }

    /// Names that a search for text prints begin with the folders that it is given.
    private static Frame.Input searched(Call call) {
        long operands = call.arguments().stream().filter(word -> !word.startsWith("-")).count();
        var last = call.arguments().getLast();
        boolean folder = operands > 1 && last.isKnown() && !last.is(".") && !last.startsWith("-");
        return listing(folder ? Listing.of(call, List.of(), false) : Listing.here(call, false));
    }

    private static Frame.Input grep(Call call, Frame.Input input) {
        if (call.arguments().stream()
                .anyMatch(word ->
                        word.orEmpty().matches("-[a-zA-Z]*l[a-zA-Z]*|--files-with-matches"))) {
            return searched(call);
        }
        long operands = call.arguments().stream().filter(word -> !word.startsWith("-")).count();
        boolean cuts =
                call.arguments().stream()
                        .anyMatch(
                                word -> word.orEmpty().matches("-[a-zA-Z]*[onbHcr][a-zA-Z]*|--.*"));
        return input.listing() != null && operands <= 1 && !cuts
                ? new Frame.Input(null, input.listing())
                : Frame.Input.UNKNOWN;
    }

    private static Frame.Input text(Call call) {
        var words = call.arguments();
        if (words.stream()
                .anyMatch(word ->
                        !word.isKnown()
                                || word.matches() != null
                                || word.orEmpty().contains("\\"))) {
            return Frame.Input.UNKNOWN;
        }
        var said =
                words.stream()
                        .map(Argument::orEmpty)
                        .dropWhile(word -> word.matches("-[neE]+"))
                        .toList();
        return said(String.join(" ", said) + "\n");
    }

    private static Frame.Input said(String text) {
        return new Frame.Input(Argument.of(text), null);
    }

    /// A text without formats, or words for `%s`.
    private static Frame.Input printed(Call call) {
        var words = call.arguments();
        if (words.isEmpty()
                || words.stream().anyMatch(word -> !word.isKnown() || word.matches() != null)
                || words.getFirst().startsWith("-")) {
            return Frame.Input.UNKNOWN;
        }
        var format = words.getFirst().orEmpty().replace("\\n", "\n").replace("\\t", "\t");
        if (format.contains("\\")) {
            return Frame.Input.UNKNOWN;
        }
        if (!format.contains("%")) {
            return said(format);
        }
        var rest = words.subList(1, words.size()).stream().map(Argument::orEmpty).toList();
        return switch (format) {
            case "%s" -> said(String.join("", rest));
            case "%s\n" -> said(String.join("\n", rest) + "\n");
            case "%s " -> said(String.join(" ", rest) + " ");
            default -> Frame.Input.UNKNOWN;
        };
    }
}
