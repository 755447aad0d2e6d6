package dev.bowline.project;

/// How far the settings of a folder are trusted.
public enum Trusting {
    /// As it is on record.
    RECORDED,
    /// The program that started this one named them as sources: what they run and set counts, what
    /// would loosen permissions counts as it is on record.
    NAMED,
    /// All of them, in this run.
    ALL
}
