package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Programs that start others by the words that they are given, and shells.
final class Starters {
    private static final Set<String> AS_OTHERS =
            Set.of(
                    "sudo",
                    "doas",
                    "pkexec",
                    "su",
                    "ssh",
                    "run0",
                    "sg",
                    "script",
                    "screen",
                    "tmux",
                    "expect",
                    "setarch",
                    "linux32",
                    "linux64",
                    "ssh-agent",
                    "gdb",
                    "lldb",
                    "dlv");
    private static final Options XARGS =
            Options.of(
                    "0rtxo n: P: L: I: d: s: E: a< e? i? l? --null --no-run-if-empty --max-args= --max-procs= --max-lines? --delimiter= --replace? --verbose --arg-file< --exit --max-chars=");

    private final Launch launch;
    private final Surroundings where;

    Starters(Launch launch, Surroundings where) {
        this.launch = launch;
        this.where = where;
    }

    /// Looks at a program if it starts others; whether it does.
    boolean look(Call call, List<Argument> words, Scope scope, Frame frame) {
        var name = call.name();
        if (Versions.isAsked(call)) {
            return false;
        }
        if (Wrappers.lookedThrough(name).isPresent()) {
            through(Wrappers.lookedThrough(name).get(), call, words, scope, frame);
        } else if (name.equals("env")) {
            environment(call, words, scope, frame);
        } else if (name.equals("xargs") || name.equals("gxargs")) {
            xargs(call, words, scope, frame);
        } else if (ShellCall.NAMES.contains(name)) {
            shell(call, words, scope, frame);
        } else if (AS_OTHERS.contains(name)) {
            asOthers(call, words, scope, frame);
        } else if (Wrappers.starting(name).isPresent()) {
            starting(Wrappers.starting(name).get(), call, words, scope, frame);
        } else {
            return false;
        }
        return true;
    }

    private void through(
            Wrappers.Wrapper wrapper, Call call, List<Argument> words, Scope scope, Frame frame) {
        if (call.name().equals("command")
                && !call.arguments().isEmpty()
                && call.arguments().getFirst().orEmpty().matches("-p?[vV]")) {
            launch.emit(words, scope, frame, Readers.judgeText(call.from(1).arguments()));
            return;
        }
        boolean shells = Wrappers.isShells(call.name());
        var program = wrapper.program(call.arguments());
        if (program.isEmpty()) {
            guarded(call, words, scope, frame);
        } else if (program.get().isEmpty()) {
            launch.emit(words, scope, frame, Verdict.of(shells ? Nature.READS : Nature.PLAIN));
        } else {
            var inner = frame.inside(words, shells);
            launch.words(program.get(), shells && frame.direct() ? scope : scope.copy(), inner);
        }
    }

    /// A program that starts another, in a way that isn't known.
    private void guarded(Call call, List<Argument> words, Scope scope, Frame frame) {
        guarded(call, words, scope, frame, List.of());
    }

    private void guarded(
            Call call, List<Argument> words, Scope scope, Frame frame, List<Access> files) {
        var around = frame;
        for (var end : Wrappers.ends(call.arguments())) {
            around = around.inside(end, false);
        }
        launch.emit(words, scope, around, Verdict.of(Nature.GUARDED, files));
    }

    private void environment(Call call, List<Argument> words, Scope scope, Frame frame) {
        var environment = Environment.of(call.arguments());
        if (!environment.known()) {
            guarded(call, words, scope, frame);
            return;
        }
        boolean safe =
                (!environment.cleared() || onlyReads(environment.program(), scope))
                        && environment.names().stream().allMatch(Variables::isSafe);
        var inner = safe ? frame : frame.atLeast(Nature.GUARDED);
        if (environment.program().isEmpty()) {
            launch.emit(words, scope, inner, Verdict.of(Nature.PLAIN));
        } else {
            launch.words(environment.program(), scope.copy(), inner.inside(words, false));
        }
    }

    private boolean onlyReads(List<Argument> program, Scope scope) {
        return program.isEmpty()
                || program.getFirst().isKnown()
                        && Programs.judge(
                                                new Call(
                                                        program.getFirst().orEmpty(),
                                                        program.subList(1, program.size()),
                                                        scope.disk(),
                                                        where))
                                        .nature()
                                == Nature.READS;
    }

    private void xargs(Call call, List<Argument> words, Scope scope, Frame frame) {
        var taken = XARGS.take(call.arguments(), true);
        var program = taken.operands().isEmpty() ? Argument.all("echo") : taken.operands();
        boolean onlyBehind =
                XARGS.take(
                                call.arguments()
                                        .subList(
                                                0,
                                                call.arguments().size() - taken.operands().size()),
                                true)
                        .known();
        if (!onlyBehind || taken.has("-a", "--arg-file")) {
            var lists = new Touched(call);
            taken.reads().forEach(lists::reads);
            guarded(call, words, scope, frame, lists.files());
            return;
        }
        var replaced = taken.values().get("-I");
        boolean replaces = taken.has("-I", "-i", "--replace");
        var mark = replaced == null ? "{}" : replaced.orEmpty();
        var handed = handed(frame.input());
        var inner = new ArrayList<Argument>();
        for (var word : program) {
            boolean marked = replaces && !mark.isEmpty() && word.orEmpty().contains(mark);
            if (marked && word.is(mark) && handed.size() == 1) {
                inner.add(handed.getFirst());
            } else {
                inner.add(marked ? Argument.unknown("", false) : word);
            }
        }
        if (!replaces) {
            inner.addAll(handed);
        }
        launch.words(
                inner, scope.copy(), frame.inside(words, false).withInput(Frame.Input.UNKNOWN));
    }

    private static List<Argument> handed(Frame.Input input) {
        if (input.text() != null
                && input.text().isKnown()
                && input.text().orEmpty().matches("[^'\"\\\\]*")) {
            return List.of(input.text().orEmpty().strip().split("\\s+", -1)).stream()
                    .filter(text -> !text.isEmpty())
                    .map(Argument::of)
                    .toList();
        }
        return List.of(
                input.listing() != null ? input.listing().found() : Argument.unknown("", false));
    }

    private void shell(Call call, List<Argument> words, Scope scope, Frame frame) {
        var shell = ShellCall.of(call.arguments());
        var least = shell.known() ? frame : frame.atLeast(Nature.UNKNOWN);
        if (shell.script() != null) {
            launch.started(
                    new Verdict.Started.Text(shell.script(), shell.rest()),
                    words,
                    fresh(scope),
                    least);
            if (shell.script().is("") || !shell.known()) {
                launch.emit(words, scope, least, Verdict.of(Nature.READS));
            }
        } else if (shell.file() != null) {
            var file = shell.file();
            boolean named =
                    file.isKnown()
                            && file.matches() == null
                            && !file.orEmpty().startsWith("/dev/")
                            && !file.orEmpty().startsWith("/proc/");
            var read = new Touched(call).reads(file);
            launch.emit(
                    words,
                    scope,
                    least,
                    Verdict.of(named ? Nature.PLAIN : Nature.UNKNOWN, read.files()));
        } else {
            var text = frame.input().text();
            if (text != null && text.isKnown()) {
                launch.started(
                        new Verdict.Started.Text(text, List.of()), words, fresh(scope), least);
            }
            launch.emit(
                    words,
                    scope,
                    least,
                    Verdict.of(text != null && text.isKnown() ? Nature.READS : Nature.UNKNOWN));
        }
    }

    /// A shell that is started finds only what is exported, which may be anything that was set.
    private Scope fresh(Scope scope) {
        var fresh = new Scope(where);
        fresh.directory(scope.disk().directory(), true);
        scope.disk().links().forEach(fresh::link);
        if (scope.isSteered()) {
            fresh.steer();
        }
        return fresh;
    }

    /// Programs that start others as somebody else or somewhere else: for rules about themselves,
    /// with what they start as a guise and its files as theirs.
    private void asOthers(Call call, List<Argument> words, Scope scope, Frame frame) {
        var around = frame;
        var files = new ArrayList<Access>();
        for (var end : Wrappers.ends(call.arguments())) {
            around = around.inside(end, false);
            for (var nested : nested(end)) {
                around = around.inside(nested, false);
            }
            if (end.getFirst().isKnown() && !call.name().equals("ssh")) {
                files.addAll(
                        Programs.judge(
                                        new Call(
                                                end.getFirst().orEmpty(),
                                                end.subList(1, end.size()),
                                                scope.disk(),
                                                where))
                                .files());
            }
        }
        var least = Steered.least(call);
        around = hinted(call, least, around);
        files.addAll(Openers.of(call));
        launch.emit(words, scope, around, Verdict.of(Nature.PLAIN, files).atLeast(least));
    }

    /// With the commands that stand in the words of a program as what it may be.
    static Frame hinted(Call call, Nature nature, Frame frame) {
        var around = frame;
        for (var hint : Hints.of(call, nature, frame.input())) {
            around = around.inside(hint, false);
        }
        return around;
    }

    /// The programs in a text for another shell, as far as blanks and separators tell.
    private static List<List<Argument>> nested(List<Argument> words) {
        var all = new ArrayList<List<Argument>>();
        for (var word : words) {
            if (word.orEmpty().contains(" ")) {
                for (var access : Guesses.of(word.orEmpty())) {
                    if (access instanceof Access.Runs runs) {
                        all.add(
                                runs.words().stream()
                                        .map(one -> Argument.of(String.valueOf(one.text())))
                                        .toList());
                    }
                }
            }
        }
        return all;
    }

    private void starting(
            Wrappers.Wrapper wrapper, Call call, List<Argument> words, Scope scope, Frame frame) {
        var arguments = call.arguments();
        var least = Steered.least(call);
        launch.emit(
                words, scope, hinted(call, least, frame), Verdict.of(Nature.PLAIN).atLeast(least));
        var program =
                wrapper.program(arguments)
                        .orElseGet(() ->
                                Wrappers.ends(arguments).stream().findFirst().orElse(List.of()));
        boolean text =
                program.size() == 1 && program.getFirst().orEmpty().contains(" ")
                        || !program.isEmpty() && program.getFirst().is("-c");
        var script =
                !program.isEmpty() && program.getFirst().is("-c") && program.size() > 1
                        ? program.get(1)
                        : program.isEmpty() ? Argument.of("") : program.getFirst();
        if (text || call.name().equals("watch") && program.stream().allMatch(Argument::isKnown)) {
            var joined =
                    text
                            ? script
                            : Argument.of(
                                    String.join(
                                            " ", program.stream().map(Argument::orEmpty).toList()));
            launch.started(new Verdict.Started.Text(joined, List.of()), words, scope, frame);
        } else if (!program.isEmpty()) {
            launch.started(new Verdict.Started.Words(program), words, scope, frame);
        }
    }
}
