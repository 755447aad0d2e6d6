package dev.bowline.tools.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Path;

/// A session whose commands run in a real sandbox; tests with it are left out where there is none.
final class Confined implements AutoCloseable {
    final TestContext context;
    private final ToolOptions options;

    Confined(Path folder, SandboxSettings settings) {
        this(new TestContext(folder), ToolOptions.DEFAULTS.withSandbox(settings));
    }

    Confined(TestContext context, ToolOptions options) {
        assumeTrue(
                Bubblewrap.here().problem().isEmpty(),
                () -> "no sandbox here: " + Bubblewrap.here().problem().orElse(""));
        this.context = context;
        this.options = options;
    }

    Path project() {
        return context.projectDirectory();
    }

    ToolResult call(Object... fields) throws Exception {
        return context.call(options, "Bash", fields);
    }

    /// What a command printed, with what the tool said of it.
    String run(String command) throws Exception {
        return call("command", command).text();
    }

    @Override
    public void close() throws Exception {
        context.close();
    }
}
