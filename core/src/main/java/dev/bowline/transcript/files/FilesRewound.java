package dev.bowline.transcript.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What bringing files back came to, or would come to. `error` is null if it can be done;
/// `filesChanged` are absolute paths of files that differ from what they were; `insertions` and
/// `deletions` count lines, from what is there now to what was; `skippedLinks` counts files that
/// were left alone because a link or something else that is no plain file was in the way (0 in a
/// dry run).
public record FilesRewound(
        boolean canRewind,
        @Nullable String error,
        List<String> filesChanged,
        int insertions,
        int deletions,
        int skippedLinks) {
    public FilesRewound {
        filesChanged = List.copyOf(filesChanged);
    }

    /// It cannot be done, for this reason.
    public static FilesRewound refused(String error) {
        return new FilesRewound(false, error, List.of(), 0, 0, 0);
    }
}
