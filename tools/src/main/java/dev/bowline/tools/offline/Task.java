package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// One thing that a prompt asks for. Decides from what its calls came to and nothing else, so that
/// a turn can be followed from its beginning at each model call.
interface Task {
    /// @param done the calls of this task so far
    /// @param tools the tools on offer
    Move next(List<Done> done, Set<String> tools);
}
