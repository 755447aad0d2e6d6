package dev.bowline.tools.file;

import dev.bowline.tool.ToolContext;
import dev.bowline.tools.path.Decided;
import dev.bowline.tools.path.Resolved;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The file that a call is about: `asked` as the model wrote it, absolute; `real` with every link
/// resolved, also those of a file that does not exist yet. Permission is decided on `real`, and
/// `real` is what is read or written.
record Target(Path asked, Path real) {
    /// What a call is about, for the decision on it: the real path and the names that led there, so
    /// that rules about any of them count.
    static List<Path> decide(String text, ToolContext context) {
        return Decided.of(context).decide(context, text, () -> absolute(text, context));
    }

    /// Why a text is no path, before anybody is asked about it.
    static Optional<String> problem(String text, ToolContext context) {
        try {
            absolute(text, context);
            return Optional.empty();
        } catch (FileProblem problem) {
            return Optional.ofNullable(problem.getMessage());
        }
    }

    /// The target of a call that is now to run.
    ///
    /// @throws FileProblem if the text is no path, its links lead in a circle, or they lead
    ///   elsewhere than when permission was decided
    static Target of(String text, ToolContext context) throws FileProblem {
        var target = parse(text, context);
        if (!Decided.of(context).isDecided(context, text, target.real)) {
            throw new FileProblem(
                    "The path "
                            + target.asked
                            + " leads elsewhere now than when permission was decided; try again.");
        }
        return target;
    }

    private static Target parse(String text, ToolContext context) throws FileProblem {
        var asked = absolute(text, context);
        try {
            return new Target(asked.normalize(), Resolved.of(asked).real());
        } catch (IOException e) {
            throw new FileProblem(
                    "The path \"" + printable(text) + "\" cannot be resolved: " + e.getMessage());
        }
    }

    private static Path absolute(String text, ToolContext context) throws FileProblem {
        if (text.isBlank()) {
            throw new FileProblem("the path is empty; give the path of a file");
        }
        if (text.matches("~[A-Za-z_][A-Za-z0-9_.-]*(/.*)?")) {
            throw new FileProblem(
                    "The path \""
                            + printable(text)
                            + "\" begins with somebody's name; give the absolute path, or ./~…");
        }
        try {
            var home = context.environment().get("HOME");
            var expanded =
                    (text.equals("~") || text.startsWith("~/")) && home != null
                            ? home + text.substring(1)
                            : text;
            return context.workingDirectory().resolve(Path.of(expanded));
        } catch (InvalidPathException e) {
            throw new FileProblem(
                    "The path \"" + printable(text) + "\" is not valid: " + e.getReason());
        }
    }

    private static String printable(String text) {
        return text.replace('\0', '\u2400');
    }

    boolean exists() {
        return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
    }

    /// The whole content.
    byte[] bytes() throws IOException {
        try (var in = open()) {
            return in.readAllBytes();
        }
    }

    /// The whole content as UTF-8.
    ///
    /// @throws CharacterCodingException if it is something else
    String text() throws IOException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    }

    /// The content, read without following a link.
    ///
    /// @throws FileProblem if a link is on the way by now
    InputStream open() throws IOException {
        return OpenFile.read(real);
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
        var attributes = OpenFile.attributes(real);
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
