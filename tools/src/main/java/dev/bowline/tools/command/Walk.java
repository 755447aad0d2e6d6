package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tools.syntax.Node;
import dev.bowline.tools.syntax.Piece;
import dev.bowline.tools.syntax.Redirect;
import dev.bowline.tools.syntax.Script;
import dev.bowline.tools.syntax.Word;
import dev.bowline.tools.syntax.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Goes over a program as the shell would, along every way that it may take.
final class Walk implements Expansion.Inner {
    /// How many values of a loop are looked at one by one, loops around it included.
    private static final int MAX_VALUES = 64;

    private final Surroundings where;
    private final Facts facts;
    private final Launch launch;
    private final Map<Node, Scope> uncalled = new LinkedHashMap<>();
    private int values = 1;

    private Walk(Surroundings where, String line) {
        this.where = where;
        this.facts = new Facts(line);
        this.launch = new Launch(this, where, facts);
    }

    static List<Access> facts(Script script, Surroundings where, String line) {
        var walk = new Walk(where, line);
        try {
            walk.script(script, new Scope(where), Frame.Input.UNKNOWN);
            walk.functionsNotCalled();
        } catch (Words.TooManyWords | StackOverflowError tooMuch) {
            walk.facts.add(Access.Runs.unreadable(line));
            Guesses.of(line).forEach(walk.facts::add);
        }
        return walk.facts.all();
    }

    private void functionsNotCalled() {
        while (!uncalled.isEmpty()) {
            var next = uncalled.entrySet().iterator().next();
            uncalled.remove(next.getKey());
            var scope = next.getValue();
            scope.forget();
            scope.positional(List.of(Argument.unknown("", false)));
            node(next.getKey(), scope, Frame.Input.UNKNOWN);
        }
    }

    /// Whether the shell certainly goes no further.
    boolean script(Script script, Scope scope, Frame.Input input) {
        boolean ended = false;
        for (var node : script.nodes()) {
            ended |= node(node, scope, input);
            scope.settle();
        }
        return ended;
    }

    boolean node(Node node, Scope scope, Frame.Input input) {
        if (!facts.step()) {
            return false;
        }
        var outside =
                node instanceof Node.Simple ? input : redirected(node.redirects(), scope, input);
        switch (node) {
            case Node.Simple simple -> {
                return simple(simple, scope, input);
            }
            case Node.Pipeline pipeline -> {
                return pipeline(pipeline, scope, input);
            }
            case Node.AndOr list -> {
                return list(list, scope, input);
            }
            case Node.Background background -> node(background.command(), scope.copy(), input);
            case Node.Group group -> {
                return script(group.body(), scope, outside);
            }
            case Node.Subshell subshell -> script(subshell.body(), scope.copy(), outside);
            case Node.If choice -> choice(choice, scope, outside);
            case Node.Loop loop -> repeat(scope, List.of(loop.condition(), loop.body()), outside);
            case Node.For each -> each(each, scope, outside);
            case Node.ArithmeticFor loop -> {
                expansion(scope).arithmetic(loop.header());
                repeat(scope, List.of(loop.body()), outside);
                expansion(scope).arithmetic(loop.header());
            }
            case Node.Case choice -> choice(choice, scope, outside);
            case Node.Function function -> {
                scope.function(function.name(), function.body());
                uncalled.putIfAbsent(function.body(), scope.copy());
            }
            case Node.Conditional condition ->
                    Conditions.look(condition, scope, expansion(scope), facts, where);
            case Node.Arithmetic arithmetic -> expansion(scope).arithmetic(arithmetic.expression());
            case Node.Coproc coproc -> {
                scope.set(coproc.name() == null ? "COPROC" : coproc.name(), Value.UNKNOWN);
                node(coproc.body(), scope.copy(), Frame.Input.UNKNOWN);
            }
        }
        return false;
    }

    Expansion expansion(Scope scope) {
        return new Expansion(scope, where, this);
    }

    /// Calls a function of the shell.
    void call(Node body, Scope scope, List<Argument> arguments, Frame.Input input) {
        uncalled.remove(body);
        var before = scope.positional();
        scope.positional(arguments);
        node(body, scope, input);
        scope.positional(before);
    }

    private boolean simple(Node.Simple simple, Scope scope, Frame.Input input) {
        var expansion = expansion(scope);
        var assigned = new LinkedHashMap<String, Value>();
        for (var assignment : simple.assignments()) {
            var value = Assignments.value(assignment, scope, expansion, this);
            assigned.merge(assignment.name(), value, (first, second) -> second);
            if (simple.words().isEmpty()) {
                scope.set(assignment.name(), value);
            }
        }
        var words = expansion.words(simple.words());
        var started = Frame.of(simple.source(), redirected(simple.redirects(), scope, input));
        var frame =
                isNamedByOutput(simple)
                        ? started.atLeast(Nature.UNKNOWN)
                        : Secrets.areShown(simple, scope) ? started.atLeast(Nature.PLAIN) : started;
        return launch.simple(assigned, words, scope, frame);
    }

    /// Whether the name of the program is printed by another one: even where it is known, no rule
    /// was written for that.
    private static boolean isNamedByOutput(Node.Simple simple) {
        return !simple.words().isEmpty()
                && simple.words().getFirst().pieces().stream()
                        .anyMatch(Piece.Substitution.class::isInstance);
    }

    private boolean pipeline(Node.Pipeline pipeline, Scope scope, Frame.Input input) {
        if (pipeline.parts().size() == 1) {
            return node(pipeline.parts().getFirst(), scope, input);
        }
        var handed = input;
        for (var part : pipeline.parts()) {
            launch.forgetOutput();
            node(part, scope.copy(), handed);
            handed = part instanceof Node.Simple ? launch.output() : Frame.Input.UNKNOWN;
        }
        return false;
    }

    private boolean list(Node.AndOr list, Scope scope, Frame.Input input) {
        var before = scope.copy();
        boolean ended = node(list.parts().getFirst(), scope, input);
        boolean always = ended;
        before.or(scope);
        for (int i = 1; i < list.parts().size(); i++) {
            if (list.operators().get(i - 1) == Node.Operator.AND) {
                node(list.parts().get(i), scope, input);
                before.or(scope);
            } else {
                var failed = before.copy();
                if (node(list.parts().get(i), failed, input)) {
                    // Whoever comes here goes no further.
                    scope.directory(scope.disk().directory(), true);
                } else {
                    scope.or(failed);
                    before.or(failed);
                }
            }
        }
        afterList(list, scope, before);
        return always;
    }

    /// Behind a list, any of its commands may have been the last one; a change of folder that is
    /// certain counts as done.
    private static void afterList(Node.AndOr list, Scope scope, Scope anywhere) {
        var folder = scope.disk().directory();
        boolean sure =
                scope.isSure() && list.operators().stream().allMatch(op -> op == Node.Operator.AND)
                        || list.operators().getLast() == Node.Operator.OR && scope.isSure();
        boolean moved = anywhere.hasMoved();
        scope.or(anywhere);
        if (moved) {
            scope.directory(sure ? folder : null, true);
        }
    }

    private void choice(Node.If choice, Scope scope, Frame.Input input) {
        var ends = new ArrayList<Scope>();
        for (var arm : choice.arms()) {
            script(arm.condition(), scope, input);
            var body = scope.copy();
            if (!script(arm.body(), body, input)) {
                ends.add(body);
            }
        }
        if (choice.otherwise() != null) {
            var body = scope.copy();
            boolean ended = script(choice.otherwise(), body, input);
            if (!ended) {
                ends.add(body);
            }
        }
        ends.forEach(scope::or);
    }

    private void choice(Node.Case choice, Scope scope, Frame.Input input) {
        expansion(scope).single(choice.subject());
        var ends = new ArrayList<Scope>();
        for (var clause : choice.clauses()) {
            clause.patterns().forEach(pattern -> expansion(scope).single(pattern));
            var body = scope.copy();
            ends.forEach(body::or);
            if (!script(clause.body(), body, input)) {
                ends.add(body);
            }
        }
        ends.forEach(scope::or);
    }

    private void repeat(Scope scope, List<Script> bodies, Frame.Input input) {
        Changes.in(bodies).forgetIn(scope);
        var links = scope.hasLinks();
        var body = scope.copy();
        bodies.forEach(script -> script(script, body, input));
        if (!links && body.hasLinks()) {
            bodies.forEach(script -> script(script, body, input));
        }
        scope.or(body);
    }

    private void each(Node.For each, Scope scope, Frame.Input input) {
        var items = items(each, scope);
        Changes.in(List.of(each.body())).forgetIn(scope);
        boolean few =
                (long) values * items.size() <= MAX_VALUES
                        && !each.menu()
                        && !Variables.steers(each.name());
        if (items.isEmpty() || !few) {
            boolean numbers = items.stream().allMatch(item -> Value.isNumber(item.orEmpty()));
            scope.set(each.name(), numbers ? Value.NUMBER : Value.UNKNOWN);
            repeat(scope, List.of(each.body()), input);
            return;
        }
        int outside = values;
        values *= items.size();
        var start = scope.copy();
        for (var item : items) {
            var body = start.copy();
            body.set(each.name(), Value.of(item));
            repeat(body, List.of(each.body()), input);
            scope.or(body);
        }
        values = outside;
    }

    /// The values of a loop; the files that a pattern finds are values of their own if they are
    /// few.
    private List<Argument> items(Node.For each, Scope scope) {
        var words =
                each.words() == null ? scope.positional() : expansion(scope).words(each.words());
        int all = words.stream().mapToInt(word -> word.values().size()).sum();
        return all * values > MAX_VALUES || scope.hasLinks()
                ? words
                : words.stream()
                        .flatMap(word ->
                                word.matches() == null
                                        ? Stream.of(word)
                                        : word.matches().stream().map(Argument::of))
                        .toList();
    }

    private Frame.Input redirected(List<Redirect> redirects, Scope scope, Frame.Input input) {
        var result = input;
        for (var redirect : redirects) {
            result = Redirections.look(redirect, scope, expansion(scope), facts, result);
        }
        return result;
    }

    /// Looks at a text as a program of its own.
    ///
    /// @return whether it could be read
    boolean text(String text, Scope scope, Frame.Input input, Frame outer) {
        return launch.text(text, scope, input, outer);
    }

    @Override
    public Value run(Script script, Scope scope) {
        int before = facts.harmful();
        launch.forgetOutput();
        script(script, scope.copy(), Frame.Input.UNKNOWN);
        var shown = Printed.isAll(script) ? launch.output() : Frame.Input.UNKNOWN;
        var printed = Printed.by(script, scope, expansion(scope));
        if (printed.isPresent()) {
            return Value.text(printed.get());
        }
        if (Revisions.isPrinted(script, scope)) {
            return Revisions.PRINTED;
        }
        return Numbers.isPrinted(script, scope)
                ? Value.NUMBER
                : Printed.value(shown, facts.harmful() == before);
    }

    @Override
    public void unknown(String source) {
        facts.unknown(source);
    }

    /// Looks at commands that stand in other pieces.
    void pieces(List<Piece> pieces, Scope scope) {
        expansion(scope).single(pieces, new Word(pieces, ""));
    }
}
