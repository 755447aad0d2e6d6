package dev.bowline;

/// Facts about this version.
public final class Bowline {
    /// The version of the library, the command and the transcripts that they write.
    public static final String VERSION = "0.1.0";

    private Bowline() {}
}
