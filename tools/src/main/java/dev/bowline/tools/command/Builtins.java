package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.List;
import java.util.Set;

/// The commands of the shell that change the shell.
final class Builtins {
    private static final Set<String> DECLARING =
            Set.of("export", "declare", "typeset", "local", "readonly");
    private static final Set<String> HARMLESS_SHOPT =
            Set.of(
                    "nullglob",
                    "failglob",
                    "nocasematch",
                    "checkwinsize",
                    "inherit_errexit",
                    "histappend",
                    "cmdhist");

    private static final Set<String> NAMES =
            Set.of(
                    "export",
                    "declare",
                    "typeset",
                    "local",
                    "readonly",
                    "cd",
                    "pushd",
                    "popd",
                    "eval",
                    "source",
                    ".",
                    "trap",
                    "unset",
                    "read",
                    "mapfile",
                    "readarray",
                    "getopts",
                    "let",
                    "set",
                    "shopt",
                    "alias",
                    "unalias",
                    "enable",
                    "complete",
                    "compgen",
                    "bind",
                    "fc",
                    "hash",
                    "printf",
                    "shift");

    private final Moves moves;

    Builtins(Surroundings where) {
        this.moves = new Moves(where);
    }

    /// Whether a command starts no program that could find what the shell exports.
    static boolean isShells(String name) {
        return NAMES.contains(name) && !Set.of("source", ".").contains(name)
                || Programs.isBuiltin(name);
    }

    /// Looks at a command if it is one of these; whether it is.
    boolean look(Call call, List<Argument> words, Scope scope, Frame frame, Launch launch) {
        var name = call.name();
        if (!NAMES.contains(name)) {
            return false;
        }
        var state = frame.direct() ? scope : scope.copy();
        var before = scope.copy();
        if (DECLARING.contains(name)) {
            var nature = declare(call, state);
            if (shows(call)) {
                launch.emit(words, before, frame, Verdict.of(nature).atLeast(Nature.PLAIN));
            } else if (nature == Nature.PLAIN) {
                launch.facts().idle(() -> launch.emit(words, before, frame, Verdict.of(nature)));
            } else {
                launch.emit(words, before, frame, Verdict.of(nature));
            }
            return true;
        }
        switch (name) {
            case "cd", "pushd", "popd" -> launch.emit(words, before, frame, moves.of(call, state));
            case "eval" -> eval(call, words, state, frame, launch);
            case "source", "." -> source(call, words, state, frame, launch);
            case "trap" -> trap(call, words, state, frame, launch);
            case "unset" -> {
                call.arguments().forEach(word -> unset(word, state));
                launch.emit(
                        words,
                        before,
                        frame,
                        Verdict.of(names(call) ? Nature.READS : Nature.UNKNOWN));
            }
            case "read", "mapfile", "readarray", "getopts" ->
                    launch.emit(
                            words, before, frame, Verdict.of(reads(call, state, frame.input())));
            case "let" -> launch.emit(words, before, frame, Verdict.of(let(call, state)));
            case "set" ->
                    launch.emit(
                            words,
                            before,
                            frame,
                            Verdict.of(call.is() ? Nature.PLAIN : set(call, state)));
            case "shopt" -> launch.emit(words, before, frame, Verdict.of(shopt(call, state)));
            case "alias" -> {
                boolean sets =
                        call.arguments().stream()
                                .anyMatch(word -> !word.isKnown() || word.orEmpty().contains("="));
                launch.emit(words, before, frame, Verdict.of(sets ? Nature.PLAIN : Nature.READS));
                call.arguments().stream()
                        .filter(word -> word.isKnown() && word.orEmpty().contains("="))
                        .forEach(word -> aliased(word, scope, frame, words, launch));
            }
            case "unalias" -> launch.emit(words, before, frame, Verdict.of(Nature.READS));
            case "enable", "complete", "compgen", "bind", "fc" -> {
                launch.emit(words, before, frame, Verdict.of(Nature.UNKNOWN));
                state.steer();
            }
            case "hash" -> {
                if (call.has("-p")
                        || call.arguments().stream().anyMatch(word -> word.startsWith("-p"))) {
                    launch.emit(words, before, frame, Verdict.of(Nature.GUARDED));
                    state.steer();
                } else {
                    return false;
                }
            }
            case "printf" -> {
                if (call.arguments().size() > 1 && call.arguments().getFirst().is("-v")) {
                    state.set(call.arguments().get(1).orEmpty(), Value.UNKNOWN);
                }
                return false;
            }
            case "shift" -> {
                state.positional(List.of(Argument.unknown("", false)));
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Whether variables are printed with their values, which may be secrets.
    private static boolean shows(Call call) {
        return !call.hasOption("[fF]")
                && (call.hasOption("p")
                        || call.arguments().stream()
                                .allMatch(word -> word.orEmpty().matches("[-+][a-zA-Z]+")));
    }

    private Nature declare(Call call, Scope scope) {
        var nature = Nature.READS;
        boolean exports =
                call.name().equals("export")
                        || call.arguments().stream()
                                .anyMatch(word -> word.orEmpty().matches("-[a-zA-Z]*x[a-zA-Z]*"));
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            var name = text.replaceAll("(?s)\\+?=.*", "");
            if (!word.isKnown() && word.shape().matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
                name = word.shape().replaceAll("(?s)=.*", "");
            } else if (!word.isKnown()) {
                scope.steer();
                return Nature.UNKNOWN;
            }
            if (text.matches("[-+][a-zA-Z]+")) {
                if (text.matches("-[a-zA-Z]*[fFnit][a-zA-Z]*")
                        && (exports || !text.matches("-[fF]|-p[fF]"))) {
                    scope.steer();
                    nature = Nature.GUARDED;
                }
            } else if (!Variables.isName(name)) {
                return Nature.UNKNOWN;
            } else if (text.contains("=") || !word.isKnown()) {
                int equals = text.indexOf('=');
                scope.set(
                        name,
                        word.isKnown() && !text.contains("+=")
                                ? Value.text(text.substring(equals + 1))
                                : Value.UNKNOWN);
                nature =
                        worse(
                                nature,
                                Variables.steers(name)
                                        ? Nature.GUARDED
                                        : exports && !Variables.isSafe(name)
                                                ? Nature.PLAIN
                                                : Nature.READS);
            } else if (call.name().equals("local")) {
                scope.set(name, Value.text(""));
            } else if (exports
                    && Variables.steers(name)
                    && !scope.isUnset(name)
                    && !name.matches("PATH|HOME|PWD")) {
                nature = worse(nature, Nature.GUARDED);
            }
        }
        return nature;
    }

    private static Nature worse(Nature a, Nature b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void eval(Call call, List<Argument> words, Scope scope, Frame frame, Launch launch) {
        var arguments = call.arguments().stream().dropWhile(word -> word.is("--")).toList();
        if (arguments.stream().allMatch(word -> word.isKnown() && word.matches() == null)) {
            var text = String.join(" ", arguments.stream().map(Argument::orEmpty).toList());
            launch.emit(words, scope, frame, Verdict.of(Nature.PLAIN));
            launch.text(text, scope, frame.input(), frame.inside(words, true));
        } else {
            launch.emit(words, scope, frame, Verdict.of(Nature.UNKNOWN));
            scope.forget();
            scope.directory(null, true);
        }
    }

    private void source(Call call, List<Argument> words, Scope scope, Frame frame, Launch launch) {
        var touched = new Touched(call);
        call.arguments().stream().limit(1).forEach(touched::reads);
        boolean named =
                !call.arguments().isEmpty()
                        && !call.arguments().getFirst().orEmpty().matches("/dev/.*|/proc/.*|-.*");
        launch.emit(
                words,
                scope,
                frame,
                Verdict.of(named ? Nature.PLAIN : Nature.UNKNOWN, touched.files()));
        scope.forget();
    }

    private void trap(Call call, List<Argument> words, Scope scope, Frame frame, Launch launch) {
        var arguments = call.arguments().stream().dropWhile(word -> word.is("--")).toList();
        if (arguments.size() < 2
                || arguments.getFirst().is("-")
                || arguments.getFirst().is("")
                || arguments.getFirst().orEmpty().matches("-[lp]")) {
            launch.emit(
                    words, scope, frame, Verdict.of(Readers.judgeText(call.arguments()).nature()));
            return;
        }
        var inner = scope.copy();
        inner.forget();
        if (arguments.getFirst().isKnown()) {
            launch.text(
                    arguments.getFirst().orEmpty(),
                    inner,
                    Frame.Input.UNKNOWN,
                    frame.inside(words, true));
        } else {
            launch.emit(words, scope, frame, Verdict.of(Nature.UNKNOWN));
        }
    }

    /// What an alias stands for is looked at, even though this shell would not use it.
    private static void aliased(
            Argument word, Scope scope, Frame frame, List<Argument> words, Launch launch) {
        var inner = scope.copy();
        inner.forget();
        var text = word.orEmpty().substring(word.orEmpty().indexOf('=') + 1);
        launch.text(text, inner, Frame.Input.UNKNOWN, frame.inside(words, true));
    }

    private static void unset(Argument word, Scope scope) {
        if (!word.startsWith("-")) {
            scope.set(word.orEmpty(), Value.text(""));
        }
    }

    private static boolean names(Call call) {
        return call.arguments().stream()
                .allMatch(
                        word -> Variables.isName(word.text()) || word.orEmpty().matches("-[fvn]+"));
    }

    private static Nature reads(Call call, Scope scope, Frame.Input input) {
        var between = scope.value("IFS").items();
        boolean whole =
                input.listing() != null
                        && (scope.isUnset("IFS")
                                || between.size() == 1 && between.getFirst().is(""))
                        && call.arguments().size() == 2
                        && call.is("-r", call.arguments().get(1).orEmpty());
        boolean calls =
                call.arguments().stream().anyMatch(word -> word.orEmpty().matches("-[a-zA-Z]*C.*"));
        boolean plain = true;
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            plain &= word.isKnown();
            if (!text.startsWith("-")) {
                plain &= !text.contains("[");
                if (Variables.isName(text)) {
                    scope.set(
                            text,
                            Value.of(
                                    whole && input.listing() != null
                                            ? input.listing().found()
                                            : Argument.unknown("", true)));
                }
            }
        }
        scope.set("REPLY", Value.UNKNOWN);
        scope.set("MAPFILE", Value.UNKNOWN);
        return calls && call.name().matches("mapfile|readarray")
                ? Nature.GUARDED
                : plain ? Nature.READS : Nature.UNKNOWN;
    }

    private static Nature let(Call call, Scope scope) {
        boolean harmless = true;
        for (var word : call.arguments()) {
            harmless &=
                    word.isKnown()
                            && word.matches() == null
                            && new Arithmetic(scope).isHarmlessText(word.orEmpty());
            Arithmetic.assigned(word.orEmpty()).forEach(name -> scope.set(name, Value.NUMBER));
        }
        return harmless ? Nature.READS : Nature.UNKNOWN;
    }

    /// Options that stop at errors or show commands are harmless; others change how words are read.
    /// Without any it prints all variables.
    private static Nature set(Call call, Scope scope) {
        var arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            var text = arguments.get(i).orEmpty();
            if (text.equals("--")) {
                scope.positional(arguments.subList(i + 1, arguments.size()));
                return Nature.READS;
            }
            boolean named = text.matches("[-+][euxvbhE]*o");
            if (named) {
                i++;
            }
            boolean mild =
                    named
                            ? i >= arguments.size()
                                    || arguments
                                            .get(i)
                                            .orEmpty()
                                            .matches(
                                                    "pipefail|errexit|nounset|xtrace|verbose|errtrace|noclobber")
                            : text.matches("[-+][euxvbhEC]+");
            if (!mild) {
                scope.steer();
                return Nature.GUARDED;
            }
        }
        return Nature.READS;
    }

    private static Nature shopt(Call call, Scope scope) {
        boolean mild =
                call.arguments().stream()
                        .allMatch(word ->
                                word.orEmpty().matches("-[sup]+|-q")
                                        || HARMLESS_SHOPT.contains(word.orEmpty()));
        if (!mild) {
            scope.steer();
        }
        return mild ? Nature.READS : Nature.GUARDED;
    }
}
