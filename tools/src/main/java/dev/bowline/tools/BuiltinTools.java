package dev.bowline.tools;

import dev.bowline.Session;
import dev.bowline.tool.Tool;
import dev.bowline.tools.file.FileMemory;
import dev.bowline.tools.file.FileTools;
import dev.bowline.tools.option.ToolOptions;
import dev.bowline.tools.person.PersonTools;
import dev.bowline.tools.sandbox.Sandbox;
import dev.bowline.tools.search.Glob;
import dev.bowline.tools.search.Grep;
import dev.bowline.tools.shell.ShellTools;
import dev.bowline.tools.todo.TodoWrite;
import dev.bowline.tools.web.AddressPolicy;
import dev.bowline.tools.web.NameLookup;
import dev.bowline.tools.web.WebFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tools that come with Bowline, ready for an agent. Names, inputs and results are in
/// docs/tools.md.
public final class BuiltinTools {
    private BuiltinTools() {}

    /// All tools with the default options.
    public static List<Tool> all() {
        return all(ToolOptions.DEFAULTS);
    }

    public static List<Tool> all(ToolOptions options) {
        var tools = new ArrayList<Tool>();
        tools.addAll(ShellTools.all(options));
        tools.addAll(FileTools.all(options));
        tools.add(new Glob());
        tools.add(new Grep());
        tools.add(new TodoWrite());
        tools.add(new WebFetch(new AddressPolicy(NameLookup.system(), options.privateHosts())));
        return List.copyOf(tools);
    }

    /// Why commands can't be confined on this machine as the options want it; nothing where they
    /// can, or need not. The first time this starts a program.
    public static Optional<String> sandboxProblem(ToolOptions options) {
        return new Sandbox(
                        options.sandbox(),
                        new AddressPolicy(NameLookup.system(), options.privateHosts()))
                .problem();
    }

    /// Lets the file tools of a session know a file that somebody else has read for the model, as
    /// it was at `modified` (milliseconds since 1970). Nothing if it has changed since.
    ///
    /// @throws IOException when it cannot be read
    public static void countAsRead(Session session, Path file, long modified) throws IOException {
        session.shared(FileMemory.class, folder -> new FileMemory()).seed(file, modified);
    }

    /// Further tools, for sessions in which somebody can be asked: AskUserQuestion, EnterPlanMode
    /// and ExitPlanMode.
    public static List<Tool> forPeople() {
        return PersonTools.all();
    }
}
