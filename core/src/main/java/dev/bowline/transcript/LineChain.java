package dev.bowline.transcript;

import dev.bowline.transcript.disk.GitBranch;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a line needs to know of the lines before. `head` is the last link, `uses` the calls that
/// wait with the line that asked for them.
record LineChain(
        String cwd,
        String branch,
        String version,
        @Nullable String head,
        Map<String, String> uses,
        String lastPrompt) {
    static LineChain begin(String cwd, String branch) {
        return new LineChain(cwd, branch, "", null, Map.of(), "");
    }

    LineChain withHead(@Nullable String head) {
        return new LineChain(cwd, branch, version, head, uses, lastPrompt);
    }

    LineChain withUses(Map<String, String> uses) {
        return new LineChain(cwd, branch, version, head, uses, lastPrompt);
    }

    LineChain in(String cwd, String branch, String version) {
        return new LineChain(cwd, branch, version, head, uses, lastPrompt);
    }

    LineChain prompted(String prompt) {
        return new LineChain(cwd, branch, version, head, uses, prompt);
    }

    /// What comes after the lines of a file.
    static LineChain after(TranscriptReader.Loaded loaded) {
        var directory = "";
        var version = "";
        for (var entry : loaded.entries()) {
            if (entry.event() instanceof Event.Opened e) {
                directory = e.directory();
                version = e.version();
            } else if (entry.event() instanceof Event.DirectoryChanged e) {
                directory = e.directory();
            }
        }
        var branch = GitBranch.of(Path.of(directory));
        return begin(directory, branch)
                .in(directory, branch, version)
                .withHead(loaded.head())
                .withUses(LineWriter.uses(loaded.entries()));
    }
}
