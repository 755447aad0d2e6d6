package dev.bowline.checks.wrong.cycle.right;

import dev.bowline.checks.wrong.cycle.left.Left;

/// The other half.
public record Right(Left left) {}
