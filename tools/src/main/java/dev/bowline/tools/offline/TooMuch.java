package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// Says that the prompt is longer than what rules can be applied to.
record TooMuch(int length, int most) implements Task {
    @Override
    public Move next(List<Done> done, Set<String> tools) {
        return new Move.Say(
                "The prompt has "
                        + length
                        + " characters outside of quotation marks, and the offline model looks at no more than "
                        + most
                        + ". Shorten it, or put the text into a file and name the file.");
    }
}
