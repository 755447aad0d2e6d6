package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.model.Model;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tools.BuiltinTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Rules say what may run, what may not, and what a person is asked about.
public final class AskBeforeChanging {
    private AskBeforeChanging() {}

    static String run(Model model, Path directory, Approver person) throws InterruptedException {
        try (var agent =
                Agent.of(
                        model,
                        a ->
                                a.directory(directory)
                                        .tools(BuiltinTools.all())
                                        .allow("Bash(git status)", "Edit(docs/**)")
                                        .deny("Bash(rm *)", "Read(.env)")
                                        .approver(person))) {
            return agent.ask("Tidy up the notes.").text();
        }
    }

    public static void main(String[] args) throws InterruptedException, IOException {
        var directory = Files.createTempDirectory("notes");
        Approver person =
                request -> {
                    System.out.println("May it run? " + request.tool() + ": " + request.reason());
                    return new Decision.Allow("the person at the keyboard");
                };
        var model =
                ScriptedModel.saying(
                        ScriptedModel.call(
                                "Write", "{\"file_path\":\"notes.md\",\"content\":\"# Notes\\n\"}"),
                        ScriptedModel.text("There is a fresh notes.md now."));
        System.out.println(run(model, directory, person));
        Files.delete(directory.resolve("notes.md"));
        Files.delete(directory);
    }
}
