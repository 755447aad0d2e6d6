package dev.bowline.tools.command;

/// What is known about one program.
@FunctionalInterface
interface Knowledge {
    Verdict judge(Call call);
}
