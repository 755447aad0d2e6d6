package dev.bowline.tools.shell;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells whether a command line certainly changes nothing and reads nothing outside the working
/// directories. A list of plain commands joined by `|`, `&&`, `||` and `;`, each known here with
/// options known here; anything else is not read-only. Wrong in one direction only.
final class ReadOnlyCommands {
    private static final int MAX_LENGTH = 10_000;

    /// What a program may be called with. `options` has to match every word that begins with `-`.
    private record Form(Pattern options, int operands, boolean paths, boolean globs) {
        static Form of(String options) {
            return new Form(Pattern.compile(options), Integer.MAX_VALUE, true, false);
        }

        Form withoutPaths() {
            return new Form(options, operands, false, globs);
        }

        Form withGlobs() {
            return new Form(options, operands, paths, true);
        }

        Form atMost(int number) {
            return new Form(options, number, paths, globs);
        }
    }

    private static final String NUMBER = "-[0-9]+|[-+][nc]?[0-9]+|--(lines|bytes)=[0-9+-]+";
    private static final String GREP =
            "-[abcEFGHhiLlnoPqrsvwxyzZABCme0-9]+|--(include|exclude|exclude-dir|color|colour|max-count|context|after-context|before-context|regexp)=[^/]*"
                    + "|--(count|ignore-case|line-number|recursive|fixed-strings|extended-regexp|perl-regexp|files-with-matches|files-without-match|only-matching|invert-match|word-regexp|with-filename|no-filename|quiet|silent|text|null|max-count|no-messages|color|colour)";

    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    Map.entry("pwd", Form.of("-[LP]").atMost(0)),
                    Map.entry("true", Form.of("").withoutPaths()),
                    Map.entry("false", Form.of("").withoutPaths()),
                    Map.entry("echo", Form.of(".*").withoutPaths().withGlobs()),
                    Map.entry("whoami", Form.of("").atMost(0)),
                    Map.entry("uname", Form.of("-[asnrvmpio]+").atMost(0)),
                    Map.entry("nproc", Form.of("--all").atMost(0)),
                    Map.entry("which", Form.of("-a").withoutPaths()),
                    Map.entry("basename", Form.of("-[az]").withoutPaths()),
                    Map.entry("dirname", Form.of("-z").withoutPaths()),
                    Map.entry("sleep", Form.of("").withoutPaths().atMost(1)),
                    Map.entry("ls", Form.of("-[A-Za-z1]+|--[a-z-]+(=[\\w:%+-]+)?").withGlobs()),
                    Map.entry("cat", Form.of("-[AbeEnstTuv]+|--(number|show-all)")),
                    Map.entry("head", Form.of("-[ncqv]|" + NUMBER)),
                    Map.entry("tail", Form.of("-[ncqv]|" + NUMBER)),
                    Map.entry("wc", Form.of("-[lwcmL]+|--(lines|words|bytes|chars)").withGlobs()),
                    Map.entry("stat", Form.of("-[Lftc]+|--(format|printf)=[^/]*").withGlobs()),
                    Map.entry("du", Form.of("-[abchkmsSxd0-9]+|--max-depth=[0-9]+").withGlobs()),
                    Map.entry("file", Form.of("-[bihL]+|--(brief|mime|mime-type)")),
                    Map.entry(
                            "diff",
                            Form.of(
                                    "-[abBcdEiNqstuwyU0-9]+|--(brief|unified|color|side-by-side)|--(unified|color)=\\w+")),
                    Map.entry("cmp", Form.of("-[bls]+")),
                    Map.entry("nl", Form.of("-[abnsvw]+")),
                    Map.entry("tac", Form.of("")),
                    Map.entry(
                            "cut",
                            Form.of(
                                    "-[bcdfs].*|--(delimiter|fields|characters)=[^/]*|--complement")),
                    Map.entry("tr", Form.of("-[cCdst]+").withoutPaths()),
                    Map.entry(
                            "sort",
                            Form.of(
                                    "-[bdfghiMnRrVuczs]+|-[kt].{0,10}|--(reverse|unique|numeric-sort)")),
                    Map.entry("uniq", Form.of("-[cdiu]+").atMost(1)),
                    Map.entry("md5sum", Form.of("-[bt]")),
                    Map.entry("sha1sum", Form.of("-[bt]")),
                    Map.entry("sha256sum", Form.of("-[bt]")),
                    Map.entry("realpath", Form.of("-[emsqLP]+")),
                    Map.entry("readlink", Form.of("-[efmnqsvz]+")),
                    Map.entry("test", Form.of("-[a-zA-Z]+")),
                    Map.entry("[", Form.of("-[a-zA-Z]+")),
                    Map.entry("grep", Form.of(GREP)),
                    Map.entry("egrep", Form.of(GREP)),
                    Map.entry("fgrep", Form.of(GREP)),
                    Map.entry(
                            "rg",
                            Form.of(
                                    "-[acFHIiloNnPpqSsUvwxABCegmtT0-9]+|--(files|hidden|ignore-case|line-number|count|count-matches|files-with-matches|fixed-strings|multiline|no-heading|heading|no-ignore|only-matching|smart-case|vimgrep|word-regexp|json|stats)|--(glob|type|type-not|max-count|context|color|sort)=[^/]*")),
                    Map.entry(
                            "find",
                            Form.of(
                                    "-(name|iname|path|ipath|type|maxdepth|mindepth|size|mtime|mmin|newer|empty|print|print0|not|o|a|or|and|prune|regex|iregex|perm|user|group|executable|readable|writable|links|xdev|mount|true|false|printf)|-[0-9]+|\\+[0-9]+")),
                    Map.entry("git", Form.of(".*")));

    private static final Pattern SED_PRINT = Pattern.compile("[0-9]+(,([0-9]+|\\$))?p");

    private final Path directory;
    private final List<Path> roots;
    private final Map<String, String> environment;

    ReadOnlyCommands(Path directory, List<Path> roots, Map<String, String> environment) {
        this.directory = directory;
        this.roots = List.copyOf(roots);
        this.environment = environment;
    }

    static ReadOnlyCommands in(ToolContext context) {
        return new ReadOnlyCommands(
                context.workingDirectory(), Directories.roots(context), context.environment());
    }

    /// Whether it is certain.
    boolean covers(String command) {
        if (command.length() > MAX_LENGTH || !hasPlainPath()) {
            return false;
        }
        try {
            return CommandWords.parse(command, false).filter(this::all).isPresent();
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }

    private boolean all(CommandWords line) {
        var base = directory;
        boolean moved = false;
        for (int i = 0; i < line.commands().size(); i++) {
            var words = line.commands().get(i);
            if (words.getFirst().text().equals("cd")) {
                var target = i == 0 ? changed(words) : null;
                if (target == null || line.operators().stream().anyMatch(op -> !op.equals("&&"))) {
                    return false;
                }
                base = target;
                moved = true;
            } else if (!one(words, base, moved)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Path changed(List<CommandWords.Word> words) {
        return words.size() == 2
                        && !words.get(1).glob()
                        && !words.get(1).text().startsWith("-")
                        && environment.getOrDefault("CDPATH", "").isEmpty()
                        && inside(words.get(1).text(), directory)
                ? directory.resolve(words.get(1).text()).normalize()
                : null;
    }

    private boolean one(List<CommandWords.Word> words, Path base, boolean moved) {
        var program = words.getFirst().text();
        var form = FORMS.get(program);
        var rest = words.subList(1, words.size());
        if (program.equals("sed")) {
            return sed(rest, base);
        }
        if (form == null || words.getFirst().glob() && !program.equals("[")) {
            return false;
        }
        if (program.equals("rg") && environment.containsKey("RIPGREP_CONFIG_PATH")) {
            return false;
        }
        if (program.equals("git")
                && (moved || !new GitReadOnly(base, environment).covers(texts(rest)))) {
            return false;
        }
        return fits(form, rest, base);
    }

    private boolean fits(Form form, List<CommandWords.Word> rest, Path base) {
        var operands = new ArrayList<String>();
        for (var word : rest) {
            var text = word.text();
            if (word.glob() && !form.globs && !text.equals("]")) {
                return false;
            }
            if (text.startsWith("-") && text.length() > 1 && !text.equals("--")) {
                if (!form.options.matcher(text).matches() || form.paths && leaves(text, base)) {
                    return false;
                }
            } else {
                operands.add(text);
            }
        }
        return operands.size() <= form.operands
                && (!form.paths || operands.stream().allMatch(text -> inside(text, base)));
    }

    /// An option whose value may be a path: only plain names inside.
    private boolean leaves(String option, Path base) {
        int equals = option.indexOf('=');
        return option.startsWith("--") && equals > 0 && !inside(option.substring(equals + 1), base);
    }

    private boolean sed(List<CommandWords.Word> rest, Path base) {
        return rest.size() >= 2
                && rest.get(0).text().equals("-n")
                && SED_PRINT.matcher(rest.get(1).text()).matches()
                && rest.subList(2, rest.size()).stream()
                        .allMatch(word ->
                                !word.glob()
                                        && !word.text().startsWith("-")
                                        && inside(word.text(), base));
    }

    private static List<String> texts(List<CommandWords.Word> words) {
        return words.stream().map(CommandWords.Word::text).toList();
    }

    /// Whether a word, taken as a path, stays inside the working directories once links are
    /// resolved.
    private boolean inside(String word, Path base) {
        var real = real(base.resolve(word));
        return real.isPresent() && roots.stream().anyMatch(real.get()::startsWith);
    }

    /// Resolves what exists of the path; the rest has to be plain names.
    private static Optional<Path> real(Path path) {
        var missing = new ArrayList<Path>();
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    var real = at.toRealPath();
                    Collections.reverse(missing);
                    for (var name : missing) {
                        if (name.toString().equals("..")) {
                            return Optional.empty();
                        }
                        real = real.resolve(name);
                    }
                    return Optional.of(real);
                } catch (IOException danglingOrForbidden) {
                    return Optional.empty();
                }
            }
            if (at.getFileName() != null) {
                missing.add(at.getFileName());
            }
        }
        return Optional.empty();
    }

    /// Whether programs can only come from absolute folders outside the working directories.
    private boolean hasPlainPath() {
        var path = environment.getOrDefault("PATH", "/usr/bin");
        for (var folder : path.split(":", -1)) {
            if (!folder.startsWith("/") || roots.stream().anyMatch(Path.of(folder)::startsWith)) {
                return false;
            }
        }
        return Set.of("LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT").stream()
                .noneMatch(environment::containsKey);
    }
}
