package dev.bowline.cli.settings;

import dev.bowline.project.Part;
import dev.bowline.project.Problem;
import dev.bowline.project.Settings;
import dev.bowline.project.hook.HookConfig;
import dev.bowline.tools.option.SandboxSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is wrong with hooks and sandbox, which only those who use them can read.
final class PartProblems {
    private PartProblems() {}

    /// All that is wrong with settings.
    static List<Problem> with(Settings settings) {
        var all = new ArrayList<>(settings.problems());
        settings.hooks().forEach(part -> all.addAll(ofHooks(part)));
        settings.sandbox().forEach(part -> ofSandbox(part).forEach(all::add));
        return all;
    }

    private static List<Problem> ofHooks(Part part) {
        var where = part.file() + ": ";
        return HookConfig.parse(part.json(), part.file()).problems().stream()
                .map(text -> text.startsWith(where) ? text.substring(where.length()) : text)
                .map(text -> new Problem(part.file(), "", text, true))
                .toList();
    }

    private static Stream<Problem> ofSandbox(Part part) {
        try {
            SandboxSettings.of(List.of(new SandboxSettings.Said(part.json(), part.base())));
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of(new Problem(part.file(), "", String.valueOf(e.getMessage()), true));
        }
    }
}
