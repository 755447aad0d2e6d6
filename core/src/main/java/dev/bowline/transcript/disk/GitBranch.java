package dev.bowline.transcript.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The branch that is checked out in a directory, from git's own files.
public final class GitBranch {
    private static final String REFERENCE = "ref: refs/heads/";
    private static final String ELSEWHERE = "gitdir: ";

    private GitBranch() {}

    /// `HEAD` outside a repository and when no branch is checked out.
    public static String of(Path directory) {
        for (Path at = directory; at != null && at.isAbsolute(); at = at.getParent()) {
            var git = at.resolve(".git");
            if (Files.exists(git)) {
                return branch(git);
            }
        }
        return "HEAD";
    }

    private static String branch(Path git) {
        try {
            var folder = Files.isDirectory(git) ? git : elsewhere(git);
            if (folder == null) {
                return "HEAD";
            }
            var head = Files.readString(folder.resolve("HEAD")).strip();
            return head.startsWith(REFERENCE) ? head.substring(REFERENCE.length()) : "HEAD";
        } catch (IOException unreadable) {
            return "HEAD";
        }
    }

    private static @Nullable Path elsewhere(Path git) throws IOException {
        var text = Files.readString(git).strip();
        return text.startsWith(ELSEWHERE)
                ? git.resolveSibling(text.substring(ELSEWHERE.length())).normalize()
                : null;
    }
}
