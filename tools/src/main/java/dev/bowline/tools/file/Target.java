package dev.bowline.tools.file;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The file that a call is about: `asked` as the model wrote it, absolute; `real` with every link
/// resolved, also those of a file that does not exist yet. Permission is decided on `real`, and
/// `real` is what is read or written.
record Target(Path asked, Path real) {
    private static final int MAX_LINKS = 40;

    /// What a call is about, for the decision on it: the real path and, when the last name is a
    /// link, the link itself, so that rules about either count. The real path is noted, so that
    /// [#of] can tell whether links lead elsewhere by then. Empty when the path cannot be resolved.
    static List<Path> decide(String text, ToolContext context) {
        Optional<Target> target;
        try {
            target = Optional.of(parse(text, context));
        } catch (FileProblem refusedInCall) {
            target = Optional.empty();
        }
        FileMemory.of(context).decide(context.toolUseId(), text, target.map(Target::real));
        return target.map(known ->
                        List.copyOf(new LinkedHashSet<>(List.of(known.real, known.link()))))
                .orElse(List.of());
    }

    /// The path as asked for, with only its folder resolved.
    private Path link() {
        var folder = asked.getParent();
        try {
            return folder == null ? asked : resolve(folder).resolve(asked.getFileName());
        } catch (IOException unresolvable) {
            return asked;
        }
    }

    /// The target of a call that is now to run.
    ///
    /// @throws FileProblem if the text is no path, its links lead in a circle, or they lead
    ///   elsewhere than when permission was decided
    static Target of(String text, ToolContext context) throws FileProblem {
        var target = parse(text, context);
        if (!FileMemory.of(context).isDecided(context.toolUseId(), text, target.real)) {
            throw new FileProblem(
                    "The path "
                            + target.asked
                            + " leads elsewhere now than when permission was decided; try again.");
        }
        return target;
    }

    private static Target parse(String text, ToolContext context) throws FileProblem {
        if (text.isBlank()) {
            throw new FileProblem("field \"file_path\" is empty; give the path of a file");
        }
        try {
            var home = context.environment().get("HOME");
            var expanded = text.startsWith("~/") && home != null ? home + text.substring(1) : text;
            var asked = context.workingDirectory().resolve(Path.of(expanded));
            return new Target(asked.normalize(), resolve(asked));
        } catch (InvalidPathException e) {
            throw new FileProblem(
                    "The path \"" + printable(text) + "\" is not valid: " + e.getReason());
        } catch (IOException e) {
            throw new FileProblem(
                    "The path \"" + printable(text) + "\" cannot be resolved: " + e.getMessage());
        }
    }

    private static String printable(String text) {
        return text.replace('\0', '\u2400');
    }

    /// Follows links name by name, so that `..` after a link means the parent of its target, and a
    /// dangling link means the file that writing to it would make.
    static Path resolve(Path path) throws IOException {
        var names = new ArrayDeque<Path>();
        path.forEach(names::add);
        Path at = path.getRoot();
        int links = 0;
        while (!names.isEmpty()) {
            var name = names.removeFirst();
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
            } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
                var next = at.resolve(name);
                if (Files.isSymbolicLink(next)) {
                    if (++links > MAX_LINKS) {
                        throw new FileSystemLoopException(next.toString());
                    }
                    var target = Files.readSymbolicLink(next);
                    at = target.isAbsolute() ? target.getRoot() : at;
                    var back = new java.util.ArrayList<Path>();
                    target.forEach(back::add);
                    back.reversed().forEach(names::addFirst);
                } else {
                    at = next;
                }
            }
        }
        return at;
    }

    /// Checks just before acting that no folder on the way has become a link since.
    ///
    /// @throws FileProblem if one has
    void recheck() throws IOException {
        if (!resolve(real).equals(real)) {
            throw new FileProblem(
                    "The path "
                            + real
                            + " leads elsewhere now than when it was checked; try again.");
        }
    }

    boolean exists() {
        return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
    }

    /// Files of the kernel that look regular but block or never end.
    private static final Set<String> ENDLESS = Set.of("kmsg", "kcore", "trace_pipe");

    private boolean isEndless() {
        return (real.startsWith("/proc") || real.startsWith("/sys"))
                && ENDLESS.contains(String.valueOf(real.getFileName()));
    }

    /// The attributes of a regular file.
    ///
    /// @throws FileProblem for folders, devices, pipes and sockets
    BasicFileAttributes regular() throws IOException {
        recheck();
        var attributes =
                Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            throw new FileProblem(
                    "EISDIR: " + asked + " is a directory, not a file; list it with Bash or Glob.");
        }
        if (!attributes.isRegularFile() || isEndless()) {
            throw new FileProblem(
                    asked + " is a device, pipe or socket, not a regular file; it is left alone.");
        }
        return attributes;
    }
}
