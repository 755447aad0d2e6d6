package dev.bowline.tools.search;

import java.io.IOException;
import java.nio.file.Path;

/// Searches the files below a folder. All engines find the same.
interface Engine {
    /// @param root a folder, links resolved
    void search(Path root, GrepQuery query, Deadline deadline, Findings findings)
            throws IOException, InterruptedException;
}
