package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// Says what this model is.
record Introduce() implements Task {
    @Override
    public Move next(List<Done> done, Set<String> tools) {
        return Move.say(
                """
                Hello. I am Bowline's offline model: no credentials are set, so nothing leaves this machine and no language model thinks here. \
                I look for a few plain requests and carry them out with the session's tools:

                - "What files are in the working directory?", "list the java files"
                - "Where is class Foo defined?", "find usages of parseConfig", any words to search for
                - "read FILE"
                - "run `COMMAND`"
                - "create FILE with TEXT", "append TEXT to FILE", "replace A with B in FILE", "delete FILE"
                - several of these, joined by "then"

                For a model that understands, set ANTHROPIC_API_KEY and ask again.\
                """
                        + (tools.isEmpty()
                                ? "\n\nThis session offers no tools, so I can only say this."
                                : ""));
    }
}
