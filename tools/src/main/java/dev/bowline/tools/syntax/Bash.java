package dev.bowline.tools.syntax;

/// The grammar of bash 5.2 as it is with `bash -c`: no aliases, no history, no extended patterns. A
/// text that bash could read in two ways, or that depends on options of the shell, is a problem.
public final class Bash {
    private Bash() {}

    /// Reads a command line, of one or more lines. Takes time in proportion to its length.
    public static Parsed parse(String text) {
        try {
            Characters.check(text);
            return new Parsed.Program(new Parser(text, 0).program());
        } catch (Refused refused) {
            return new Parsed.Problem(refused.reason(), refused.position);
        }
    }
}
