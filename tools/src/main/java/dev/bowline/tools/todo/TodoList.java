package dev.bowline.tools.todo;

import dev.bowline.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The list of one session, kept in `todos.json` in its folder so that it outlives the process.
final class TodoList {
    private static final Json EMPTY = Json.parse("[]");

    private final Path file;
    private Json todos;

    TodoList(Path folder) {
        file = folder.resolve("todos.json");
        todos = read();
    }

    private Json read() {
        try {
            return Files.exists(file) ? Json.parse(Files.readString(file)) : EMPTY;
        } catch (IOException | IllegalArgumentException unreadable) {
            return EMPTY;
        }
    }

    /// The list before.
    synchronized Json replace(Json next) throws IOException {
        var parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var draft = file.resolveSibling("todos.json.new");
        Files.writeString(draft, next.text());
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var before = todos;
        todos = next;
        return before;
    }
}
