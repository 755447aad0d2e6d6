package dev.bowline.tools.syntax;

/// What a text turned out to be.
public sealed interface Parsed {
    /// A program that was understood in full.
    record Program(Script script) implements Parsed {}

    /// Not a program that can be judged.
    ///
    /// - `reason`: one sentence for people
    /// - `position`: where in the text, in UTF-16 units from 0
    record Problem(String reason, int position) implements Parsed {}
}
