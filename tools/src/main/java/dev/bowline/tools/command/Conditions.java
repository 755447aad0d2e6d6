package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import dev.bowline.tools.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `[[ ]]`: looks at files, and evaluates what stands beside a comparison of numbers.
final class Conditions {
    private static final Set<String> NUMERIC = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");

    private Conditions() {}

    static void look(
            Node.Conditional condition,
            Scope scope,
            Expansion expansion,
            Facts facts,
            Surroundings where) {
        var words = new ArrayList<Argument>();
        condition.words().forEach(word -> words.add(expansion.single(word)));
        var source =
                "[[ "
                        + String.join(
                                " ", condition.words().stream().map(word -> word.source()).toList())
                        + " ]]";
        var touched = new Touched(new Call("[[", words, scope.disk(), where));
        for (int i = 0; i < words.size(); i++) {
            var operator = words.get(i).orEmpty();
            if (NUMERIC.contains(operator)
                            && (!isNumber(words, i - 1, condition, scope)
                                    || !isNumber(words, i + 1, condition, scope))
                    || operator.equals("-v")
                            && i + 1 < words.size()
                            && !Variables.isName(words.get(i + 1).text())) {
                facts.unknown(source);
            }
            if (operator.matches("-[a-hkprstuwxGLNOS]") && i + 1 < words.size()) {
                touched.reads(words.get(i + 1));
            }
        }
        if (!touched.files().isEmpty()) {
            facts.add(
                    new Access.Runs(
                            source,
                            Argument.words(words),
                            List.of(),
                            Nature.READS,
                            touched.files()));
        }
    }

    private static boolean isNumber(
            List<Argument> words, int index, Node.Conditional condition, Scope scope) {
        if (index < 0 || index >= words.size()) {
            return true;
        }
        var word = words.get(index);
        if (word.isKnown()) {
            return new Arithmetic(scope).isHarmlessText(word.orEmpty());
        }
        var source = condition.words().get(index).source();
        return source.matches("\"?\\$\\{?#?[A-Za-z_@*#?!$0-9]+\\}?\"?")
                && (source.contains("{#")
                        || scope.value(source.replaceAll("[\"${}]", "")).number()
                        || source.matches("\"?\\$[#?]\"?"));
    }
}
