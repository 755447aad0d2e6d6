package dev.bowline.checks.wrong.attic;

final class InAnUnknownRoom {}
