package dev.bowline.checks.wrong.permission;

/// A type that the transcript must not know.
public final class Policy {}
