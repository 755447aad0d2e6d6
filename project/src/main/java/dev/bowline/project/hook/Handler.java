package dev.bowline.project.hook;

import dev.bowline.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is done when an event happens, as settings say it.
public sealed interface Handler {
    /// A program that gets the event on standard input.
    ///
    /// - `command`: a command line for the shell, or with `arguments` the program itself
    /// - `arguments`: given to the program as they are, without a shell; null for a command line
    /// - `shell`: `sh`, `bash` or `powershell`
    /// - `async`: nobody waits for it
    record Command(String command, @Nullable List<String> arguments, String shell, boolean async)
            implements Handler {
        public Command {
            arguments = arguments == null ? null : List.copyOf(arguments);
        }
    }

    /// An address that the event is sent to. `$NAME` in a header stands for a variable if it is one
    /// of `variables`, otherwise for nothing.
    record Http(URI url, Map<String, String> headers, List<String> variables) implements Handler {
        public Http {
            headers = Map.copyOf(headers);
            variables = List.copyOf(variables);
        }
    }

    /// A tool of a connected server; `${tool_input.file_path}` in a text of `input` stands for that
    /// member of the event.
    record ServerTool(String server, String tool, Json input) implements Handler {}

    /// What people call it.
    default String label() {
        return switch (this) {
            case Command command -> command.command();
            case Http http -> http.url().toString();
            case ServerTool tool -> tool.server() + "/" + tool.tool();
        };
    }
}
