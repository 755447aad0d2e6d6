package dev.bowline.tool;

import dev.bowline.time.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a call may know of its session. One per call; cheap.
public interface ToolContext {
    String sessionId();

    /// The id of the call, also the name of its files.
    String toolUseId();

    /// The session's current directory: absolute, exists when the session starts.
    /// [#workingDirectory(Path)] moves it.
    Path workingDirectory();

    /// Moves the session to another directory, for this and later calls.
    void workingDirectory(Path directory);

    /// Where the session started; files of the project are relative to this.
    Path projectDirectory();

    /// Further directories that the session may work in; absolute.
    List<Path> additionalDirectories();

    /// The environment for child processes, already without the model's credentials.
    Map<String, String> environment();

    /// Whether a file may be shown: no rule denies reading it.
    boolean mayRead(Path file);

    /// Whether a file that a permitted search below `root` has come upon may be shown: no rule
    /// denies reading it, and none asks about it that didn't ask about the root. Tools that find
    /// files by themselves leave out what this refuses.
    default boolean mayFind(Path file, Path root) {
        return mayRead(file);
    }

    /// A folder of the session for full results and outputs; made on first use, private to the
    /// user.
    Path resultsDirectory();

    /// Says how a long call is getting on; shown live, not stored.
    void progress(String text);

    TimeSource time();

    /// The session's work beside its conversation; here a tool announces what goes on when its call
    /// has ended.
    default Tasks tasks() {
        return state(Tasks.class, folder -> new Tasks());
    }

    /// How much may run without asking, as on the wire, for example `plan`.
    String permissionMode();

    /// Changes it, from the end of this call on.
    void permissionMode(String wire);

    /// An object of the session, made by `create` at the first request for its type. It is closed
    /// with the session if it is [AutoCloseable]. `create` gets the session's folder for files,
    /// which may not exist yet: [#resultsDirectory()] makes it.
    <T> T state(Class<T> type, Function<Path, T> create);
}
