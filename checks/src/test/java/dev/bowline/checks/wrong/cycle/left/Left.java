package dev.bowline.checks.wrong.cycle.left;

import dev.bowline.checks.wrong.cycle.right.Right;

/// One half of a cycle.
public record Left(Right right) {}
