package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/// Files that programs open of which not more is known: editors, pagers, packers, programs that
/// carry files elsewhere. For rules that deny or ask about reading; nothing is allowed by it.
final class Openers {
    /// Every operand may be a file.
    private static final Set<String> BY_OPERAND =
            Set.of(
                    "less more most bat batcat view vi vim nvim ex nano pico micro emacs joe ed red code subl gedit open xdg-open gzip gunzip zcat pigz bzip2 bunzip2 bzcat xz unxz xzcat zstd unzstd zstdcat lz4 zip 7z 7za 7zz rar tar bsdtar gtar ar openssl gpg gpg2 age scp sftp rsync rclone split csplit yq pandoc iconv enconv xclip pbcopy dos2unix pv aspell perl ruby php uuencode mail mutt sqlite3 lpr glow mdcat hexyl exiftool magick convert"
                            .split(" ", -1));

    /// Whatever is below an operand goes along.
    private static final Set<String> RECURSIVE =
            Set.of(
                    "tar", "bsdtar", "gtar", "zip", "7z", "7za", "7zz", "rar", "rsync", "rclone",
                    "scp");

    /// The word behind these is a file that is read, whichever program it is.
    private static final Set<String> OPTIONS =
            Set.of(
                    "--env-file",
                    "--upload-file",
                    "-T",
                    "--post-file",
                    "--body-file",
                    "--netrc-file",
                    "--form-file",
                    "--from-env-file");

    private Openers() {}

    static List<Access> of(Call call) {
        var touched = new Touched(call);
        boolean operands = BY_OPERAND.contains(call.name());
        boolean remote = Set.of("scp", "sftp", "rsync", "rclone").contains(call.name());
        boolean before = false;
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            int equals = text.indexOf('=');
            if (text.startsWith("file://")) {
                touched.reads(text.substring(text.indexOf('/', 7) < 0 ? 7 : text.indexOf('/', 7)));
            } else if (text.startsWith("--") && equals > 0) {
                if (OPTIONS.contains(text.substring(0, equals))) {
                    touched.reads(text.substring(equals + 1));
                }
            } else if (before && !text.isEmpty()
                    || operands
                            && word.isKnown()
                            && !text.startsWith("-")
                            && !text.contains("://")
                            && !(remote && text.contains(":"))) {
                opened(call, word, touched);
            }
            before = OPTIONS.contains(text) && !(text.equals("-T") && !call.name().equals("curl"));
        }
        return touched.files();
    }

    private static void opened(Call call, Argument word, Touched touched) {
        boolean folder =
                word.values().stream()
                        .anyMatch(text ->
                                call.disk().path(text).filter(Files::isDirectory).isPresent());
        if (folder && RECURSIVE.contains(call.name())) {
            touched.scans(word);
        } else {
            touched.reads(word);
        }
    }
}
