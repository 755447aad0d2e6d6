package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The links that a program leaves behind, of which the disk doesn't tell yet.
final class Links {
    private Links() {}

    static List<Path> made(Call call, Verdict verdict) {
        boolean links =
                call.name().equals("ln")
                        || call.name().equals("cp")
                                && call.has("-s", "-l", "--symbolic-link", "--link")
                        || List.of("cp", "mv").contains(call.name()) && copiesLink(call);
        if (!links) {
            return List.of();
        }
        return verdict.files().stream()
                .filter(Access.Writes.class::isInstance)
                .map(access -> ((Access.Writes) access).path())
                .filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
                .toList();
    }

    private static boolean copiesLink(Call call) {
        return call.arguments().stream()
                .flatMap(word -> word.values().stream())
                .flatMap(text -> call.disk().path(text).stream())
                .anyMatch(Files::isSymbolicLink);
    }
}
