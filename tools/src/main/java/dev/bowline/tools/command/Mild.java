package dev.bowline.tools.command;

import java.util.Map;
import java.util.regex.Pattern;

/// Values with which options that could start a program start none but the expected: `tar -I zstd`,
/// `rsync -e ssh`, `make CC=clang`, `ssh -o BatchMode=yes`.
final class Mild {
    private static final Pattern COMPRESSOR =
            Pattern.compile(
                    "(zstd|zstdmt|unzstd|pigz|gzip|xz|bzip2|pbzip2|lz4|lzip|pixz|brotli)( -[0-9A-Za-z]+)*");
    private static final Pattern SSH =
            Pattern.compile(
                    "(StrictHostKeyChecking|BatchMode|ConnectTimeout|ConnectionAttempts|LogLevel|ServerAliveInterval|ServerAliveCountMax"
                            + "|IdentitiesOnly|PasswordAuthentication|PubkeyAuthentication|PreferredAuthentications|Port|User|Compression"
                            + "|TCPKeepAlive|UserKnownHostsFile|RequestTTY|ExitOnForwardFailure|HostKeyAlgorithms)[= ][^ ]*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TOOLS =
            Pattern.compile(
                    "((CC|CXX|LD|AR|AS|CPP)=([a-z0-9_]+-)*(gcc|g\\+\\+|cc|c\\+\\+|clang|clang\\+\\+|ld|lld|ar|as|cpp|tcc|musl)(-[0-9.]+)?"
                            + "|SHELL=(/usr)?(/bin/)?(ba|da)?sh|RM=rm( -f)?)");
    private static final Pattern LATEX =
            Pattern.compile(
                    "pdflatex|xelatex|lualatex|latexmk|tectonic|wkhtmltopdf|weasyprint|typst");

    private static final Pattern SHELL =
            Pattern.compile("ssh( -p ?[0-9]+| -i [^ -][^ ]*| -[46AaCqTx]+)*");

    private static final Map<String, Map<String, Pattern>> VALUES =
            Map.of(
                    "tar", Map.of("-I", COMPRESSOR, "--use-compress-program", COMPRESSOR),
                    "rsync", Map.of("-e", SHELL, "--rsh", SHELL),
                    "ssh", Map.of("-o", SSH),
                    "scp", Map.of("-o", SSH),
                    "sftp", Map.of("-o", SSH),
                    "pandoc", Map.of("--pdf-engine", LATEX));

    private Mild() {}

    /// Whether an option of a program, with the value in it or in the next word, is one of these.
    static boolean is(String program, String text, String next) {
        if (program.equals("make") || program.equals("gmake")) {
            return TOOLS.matcher(text).matches();
        }
        if (program.equals("crontab")) {
            return text.equals("-l");
        }
        return VALUES.getOrDefault(program, Map.of()).entrySet().stream()
                .anyMatch(option -> value(option.getKey(), text, next, option.getValue()));
    }

    private static boolean value(String option, String text, String next, Pattern mild) {
        if (text.equals(option)) {
            return mild.matcher(next).matches();
        }
        if (option.startsWith("--")) {
            return text.startsWith(option + "=")
                    && mild.matcher(text.substring(option.length() + 1)).matches();
        }
        boolean bundled =
                text.matches("-[A-Za-z]{1,8}")
                        && text.indexOf(option.charAt(1)) == text.length() - 1;
        return text.startsWith(option)
                ? mild.matcher(text.substring(2)).matches()
                : bundled && mild.matcher(next).matches();
    }
}
