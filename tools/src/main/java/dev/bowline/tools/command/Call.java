package dev.bowline.tools.command;

import java.util.List;

/// A program with the arguments behind its name, in a folder.
record Call(String name, List<Argument> arguments, Disk disk, Surroundings where) {
    Call {
        arguments = List.copyOf(arguments);
    }

    Call with(String otherName, List<Argument> others) {
        return new Call(otherName, others, disk, where);
    }

    /// Whether what is on the disk says what will be read: no links are made before.
    boolean trusted() {
        return disk.links().isEmpty();
    }

    /// The same call without its first arguments.
    Call from(int first) {
        return with(name, arguments.subList(Math.min(first, arguments.size()), arguments.size()));
    }

    boolean hasUnknown() {
        return arguments.stream().anyMatch(argument -> !argument.isKnown());
    }

    /// Whether the arguments are exactly these.
    boolean is(String... texts) {
        if (texts.length != arguments.size()) {
            return false;
        }
        for (int i = 0; i < texts.length; i++) {
            if (!arguments.get(i).is(texts[i])) {
                return false;
            }
        }
        return true;
    }

    /// Whether an argument is one of these, or begins with one that ends in `=`.
    boolean has(String... options) {
        for (var argument : arguments) {
            for (var option : options) {
                if (argument.is(option) || option.endsWith("=") && argument.startsWith(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether one of the words of short options has a letter that fits.
    boolean hasOption(String letter) {
        return arguments.stream()
                .anyMatch(word -> word.orEmpty().matches("-[a-zA-Z]*" + letter + "[a-zA-Z]*"));
    }
}
