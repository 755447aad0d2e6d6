package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.model.Model;
import dev.bowline.testkit.ScriptedModel;
import java.util.List;

/// Tries two ways from the same point, and takes one step back.
public final class ForkAndRewind {
    private ForkAndRewind() {}

    static List<String> run(Model model) throws InterruptedException {
        try (var agent = Agent.of(model);
                var session = agent.open()) {
            session.prompt("Suggest a name for a boat.").await();
            long here = session.state().number();
            var first = session.prompt("Something shorter.").text();
            session.rewind(here);
            var second = session.prompt("Something longer.").text();
            try (var fork = agent.fork(session.id(), here)) {
                return List.of(first, second, fork.prompt("Something in Latin.").text());
            }
        }
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println(
                run(
                        ScriptedModel.saying(
                                ScriptedModel.text("Halyard"),
                                ScriptedModel.text("Knot"),
                                ScriptedModel.text("The Patient Bowline"),
                                ScriptedModel.text("Nodus"))));
    }
}
