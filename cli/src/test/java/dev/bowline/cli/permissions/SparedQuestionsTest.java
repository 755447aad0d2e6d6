package dev.bowline.cli.permissions;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.permission.PermissionMode;
import dev.bowline.tools.BuiltinTools;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many questions a sandbox spares, counted on the corpora of commands.
class SparedQuestionsTest {
    @TempDir Path folder;

    @Test
    void aSandboxSparesMostQuestions() throws Exception {
        var home = Files.createDirectories(folder.resolve("home")).toRealPath();
        var project = Files.createDirectories(home.resolve("code/p"));
        var options = ToolOptions.DEFAULTS.withSandbox(SandboxSettings.ON);
        var problem = BuiltinTools.sandboxProblem(options);
        assumeTrue(problem.isEmpty(), () -> "no sandbox here: " + problem.orElse(""));
        var bare = new Judge();
        var sandboxed = new Judge(BuiltinTools.all(options));
        int asked = 0;
        int confined = 0;
        int all = 0;
        for (var name : List.of("shell-read.txt", "shell-rules.txt", "shell-deny.txt")) {
            for (var line : Corpus.read(name).lines()) {
                var one = line.in(project, home);
                if (!one.tool().equals("Bash")) {
                    continue;
                }
                var without = CheckCommand.decision(bare.decide(one).verdict());
                var with = CheckCommand.decision(sandboxed.decide(one).verdict());
                if (one.mode() == PermissionMode.DONT_ASK) {
                    continue;
                }
                assertEquals(without.equals("deny"), with.equals("deny"), line.what());
                all++;
                asked += without.equals("ask") ? 1 : 0;
                confined += with.equals("ask") ? 1 : 0;
            }
        }
        System.getLogger(SparedQuestionsTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} commands: {1} ask without a sandbox, {2} with one",
                        all,
                        asked,
                        confined);
        assertTrue(confined * 2 < asked, asked + " and " + confined);
    }
}
