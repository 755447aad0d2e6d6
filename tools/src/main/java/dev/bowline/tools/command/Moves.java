package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.nio.file.Files;
import java.nio.file.Path;

/// The commands of the shell that go to another folder: `cd`, `pushd`, `popd`.
final class Moves {
    private final Surroundings where;

    Moves(Surroundings where) {
        this.where = where;
    }

    /// Looks at one and has the scope stand where it leads, or nowhere that is known.
    Verdict of(Call call, Scope scope) {
        var operands = Options.of("LPen@").take(call.arguments());
        var target =
                call.name().equals("popd") || operands.operands().size() > 1 || !operands.known()
                        ? Argument.unknown("", false)
                        : operands.operands().isEmpty()
                                ? homeOf(call, scope)
                                : operands.operands().getFirst();
        boolean searched =
                !where.environment().getOrDefault("CDPATH", "").isEmpty()
                        && !target.orEmpty().matches("(/|\\.{1,2}(/|$)).*");
        var values = target.values();
        if (!target.isKnown()
                || values.size() != 1
                || target.startsWith("-")
                || target.startsWith("+")
                || searched
                || target.is("")) {
            scope.directory(null, true);
            return Verdict.of(
                    call.name().equals("popd") && call.is() ? Nature.READS : Nature.PLAIN);
        }
        var before = scope.disk();
        var logical = before.path(values.getFirst()).map(Path::normalize);
        var real = logical.flatMap(Disk::real).filter(path -> before.links().isEmpty());
        boolean exists = real.filter(Files::isDirectory).isPresent();
        if (real.isEmpty()
                || !call.has("-P") && throughLink(before, values.getFirst(), logical.get())) {
            scope.directory(null, true);
            return Verdict.of(Nature.PLAIN);
        }
        var touched = new Touched(call).reads(real.get().toString());
        scope.directory(real.get(), exists);
        return Verdict.of(touched.isComplete() ? Nature.READS : Nature.PLAIN, touched.files());
    }

    /// Whether the shell and the kernel may differ on where the dots lead.
    private static boolean throughLink(Disk disk, String text, Path logical) {
        return text.contains("..")
                && (disk.directory() == null || Files.isDirectory(disk.directory()))
                && !disk.path(text).flatMap(Disk::real).equals(Disk.real(logical));
    }

    private static Argument homeOf(Call call, Scope scope) {
        return call.name().equals("cd")
                ? scope.value("HOME").items().getFirst()
                : Argument.unknown("", false);
    }
}
