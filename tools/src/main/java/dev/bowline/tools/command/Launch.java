package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tools.syntax.Bash;
import dev.bowline.tools.syntax.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the words of a simple command to the programs that it starts.
final class Launch {
    private static final int MAX_DEPTH = 20;

    private final Walk walk;
    private final Surroundings where;
    private final Facts facts;
    private final Builtins builtins;
    private final Starters starters;
    private @Nullable Call last;
    private Frame.Input lastInput = Frame.Input.UNKNOWN;

    Launch(Walk walk, Surroundings where, Facts facts) {
        this.walk = walk;
        this.where = where;
        this.facts = facts;
        this.builtins = new Builtins(where);
        this.starters = new Starters(this, where);
    }

    void forgetOutput() {
        last = null;
    }

    /// What the program that was looked at last writes, as far as that is known.
    Frame.Input output() {
        return last == null ? Frame.Input.UNKNOWN : Outputs.of(last, lastInput);
    }

    /// Looks at a simple command; whether the shell certainly ends with it.
    boolean simple(Map<String, Value> assigned, List<Argument> words, Scope scope, Frame frame) {
        if (words.isEmpty()) {
            if (!assigned.isEmpty()) {
                boolean steers = assigned.keySet().stream().anyMatch(Variables::steers);
                facts.add(
                        new Access.Runs(
                                frame.source(), List.of(), steers ? Nature.GUARDED : Nature.READS));
            }
            return false;
        }
        boolean reading =
                words.getFirst().is("read") && assigned.keySet().equals(java.util.Set.of("IFS"));
        boolean safe =
                reading
                        || assigned.entrySet().stream()
                                .allMatch(one -> Variables.isSafe(one.getKey(), one.getValue()));
        if (assigned.isEmpty()) {
            words(words, scope, frame);
        } else {
            var before = scope.swap(assigned);
            words(words, scope, safe ? frame : frame.atLeast(Nature.GUARDED));
            scope.swap(before);
        }
        var first = words.getFirst().orEmpty();
        return List.of("exit", "return", "break", "continue").contains(first)
                || first.equals("exec") && words.size() > 1;
    }

    /// Looks at the words of a program.
    void words(List<Argument> words, Scope scope, Frame frame) {
        last = null;
        if (words.isEmpty()) {
            return;
        }
        if (!facts.step() || frame.depth() > MAX_DEPTH) {
            facts.add(Access.Runs.unreadable(frame.source()));
            return;
        }
        var first = words.getFirst();
        if (!first.isKnown() || first.matches() != null || first.is("")) {
            emit(words, scope, frame, Verdict.of(Nature.UNKNOWN));
            return;
        }
        var body = frame.direct() ? scope.function(first.orEmpty()) : null;
        if (body != null) {
            function(body, words, scope, frame);
            return;
        }
        var call = call(words, scope);
        if (!builtins.look(call, words, scope, frame, this)
                && !starters.look(call, words, scope, frame)) {
            program(call, words, scope, frame);
        }
    }

    private void function(
            dev.bowline.tools.syntax.Node body, List<Argument> words, Scope scope, Frame frame) {
        if (frame.depth() + calls >= MAX_DEPTH) {
            facts.add(Access.Runs.unreadable(frame.source()));
            return;
        }
        calls++;
        int before = facts.harmful();
        walk.call(body, scope, words.subList(1, words.size()), frame.input());
        calls--;
        last = null;
        if (frame.least() != Nature.READS || facts.harmful() == before) {
            emit(words, scope, frame, Verdict.of(Nature.READS));
        }
    }

    private int calls;

    private Call call(List<Argument> words, Scope scope) {
        var name = words.getFirst().orEmpty();
        int slash = name.lastIndexOf('/');
        boolean system =
                slash > 0
                        && List.of("/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin")
                                .contains(name.substring(0, slash));
        return new Call(
                system ? name.substring(slash + 1) : name,
                words.subList(1, words.size()),
                scope.disk(),
                where);
    }

    private void program(Call call, List<Argument> words, Scope scope, Frame frame) {
        var verdict = Programs.judge(call);
        if (call.name().equals("git") && scope.hasMoved()) {
            verdict = verdict.atLeast(Nature.PLAIN);
        }
        for (var started : verdict.starts()) {
            started(started, words, scope, frame);
        }
        last = verdict.nature() == Nature.READS ? call : null;
        lastInput = frame.input();
        Links.made(call, verdict).forEach(scope::link);
        emit(words, scope, Starters.hinted(call, verdict.nature(), frame), verdict);
    }

    void started(Verdict.Started started, List<Argument> words, Scope scope, Frame frame) {
        switch (started) {
            case Verdict.Started.Words(var inner) ->
                    words(
                            inner,
                            scope.copy(),
                            frame.inside(words, false).withInput(Frame.Input.UNKNOWN));
            case Verdict.Started.Text(var script, var positional) -> {
                var inner = scope.copy();
                inner.positional(
                        positional.isEmpty()
                                ? positional
                                : positional.subList(1, positional.size()));
                if (script.isKnown() && script.matches() == null) {
                    text(script.orEmpty(), inner, Frame.Input.UNKNOWN, frame.inside(words, false));
                } else {
                    emit(
                            List.of(Argument.unknown("", false)),
                            scope,
                            frame.inside(words, false),
                            Verdict.of(Nature.UNKNOWN));
                }
            }
        }
    }

    /// Looks at a text as a program; its parts stand in the simple command of the frame.
    boolean text(String text, Scope scope, Frame.Input input, Frame outer) {
        if (outer.depth() + (around == null ? 0 : around.depth()) > MAX_DEPTH) {
            facts.add(Access.Runs.unreadable(outer.source()));
            return false;
        }
        switch (Bash.parse(text)) {
            case Parsed.Program(var script) -> {
                var saved = around;
                around = saved == null ? outer : outer.within(saved);
                walk.script(script, scope, input);
                around = saved;
                last = null;
                return true;
            }
            case Parsed.Problem problem -> {
                facts.add(Access.Runs.unreadable(outer.source()));
                Guesses.of(text).forEach(facts::add);
                return false;
            }
        }
    }

    private @Nullable Frame around;

    /// Adds a program that was judged.
    void emit(List<Argument> words, Scope scope, Frame frame, Verdict verdict) {
        var outer = new ArrayList<>(frame.outer());
        var least = frame.least();
        var source = frame.source();
        if (around != null) {
            outer.addAll(0, around.outer());
            least = least.compareTo(around.least()) >= 0 ? least : around.least();
            source = around.source();
        }
        var nature = verdict.nature().compareTo(least) >= 0 ? verdict.nature() : least;
        boolean named = words.stream().anyMatch(word -> word.is(Disk.SUBSTITUTED));
        var known = new ArrayList<Access.Word>();
        var allowed = new ArrayList<Access.Word>();
        for (var word : words) {
            boolean hidden = word.is(Disk.SUBSTITUTED) && nature != Nature.READS;
            known.add(hidden ? Access.Word.UNKNOWN : word.word());
            allowed.add(hidden ? Access.Word.UNKNOWN : word.allowed());
        }
        if (!Builtins.isShells(words.getFirst().orEmpty())) {
            facts.started();
        }
        boolean unsure =
                scope.isSteered()
                        || nature == Nature.GUARDED
                                && (named || words.stream().anyMatch(word -> !word.isKnown()));
        if (unsure && nature.compareTo(Nature.UNKNOWN) < 0) {
            nature = Nature.UNKNOWN;
        }
        facts.add(
                new Access.Runs(
                        source,
                        allowed,
                        Guises.of(List.copyOf(known), outer),
                        nature,
                        verdict.files()));
    }

    Facts facts() {
        return facts;
    }
}
