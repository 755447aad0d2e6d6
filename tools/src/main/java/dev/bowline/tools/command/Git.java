package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// `git`: which commands only look, and which options run programs. The repository's own
/// configuration can make git run programs even when it looks, so one with such settings is for
/// rules to decide.
final class Git {
    /// Settings that name programs, other settings or other places.
    private static final List<String> STEERING =
            List.of(
                    "fsmonitor",
                    "external",
                    "textconv",
                    "[filter",
                    "[include",
                    "[diff",
                    "[alias",
                    "hookspath",
                    "worktree",
                    "gpg",
                    "pager",
                    "sshcommand",
                    "editor",
                    "command");

    /// Keys that may be given with `-c` under a rule with a wildcard.
    private static final Pattern MILD =
            Pattern.compile(
                    "(user\\.(name|email)|color\\.[a-z]+|core\\.(quotepath|autocrlf|abbrev|longpaths|filemode)|advice\\.[a-z]+"
                            + "|init\\.defaultbranch|commit\\.gpgsign|tag\\.gpgsign|log\\.[a-z]+|push\\.default|pull\\.(rebase|ff)|rebase\\.autosquash|merge\\.ff|http\\.(postbuffer|lowspeedlimit))=.*");

    private static final int MAX_CONFIG = 64 << 10;

    private final Call call;
    private Disk disk;
    private boolean moved;
    private boolean guarded;
    private int at;

    private Git(Call call) {
        this.call = call;
        this.disk = call.disk();
    }

    static Verdict judge(Call call) {
        return new Git(call).judged();
    }

    private Verdict judged() {
        if (!global()) {
            return Verdict.of(Nature.GUARDED).starting(aliases());
        }
        var rest = call.from(at);
        if (rest.is() || rest.is("--version") || rest.is("version") || rest.is("--help")) {
            return Verdict.of(Nature.READS);
        }
        var inner = GitStarts.of(rest);
        if (!inner.isEmpty()) {
            return Verdict.of(Nature.GUARDED).starting(inner);
        }
        if (guarded || GitStarts.guards(rest)) {
            return Verdict.of(Nature.GUARDED);
        }
        var sub = rest.arguments().getFirst().orEmpty();
        var looked = GitLooking.look(sub, rest.from(1), disk);
        var where = new ArrayList<Access>(looked.files());
        if (moved) {
            var folder = new Touched(call).scans(String.valueOf(disk.directory()));
            where.addAll(folder.files());
        }
        boolean reads =
                looked.nature() == Nature.READS
                        && disk.directory() != null
                        && call.where().environment().keySet().stream().noneMatch(Git::steers)
                        && hasPlainRepository(disk.directory());
        return Verdict.of(
                reads
                        ? Nature.READS
                        : looked.nature().compareTo(Nature.PLAIN) < 0
                                ? Nature.PLAIN
                                : looked.nature(),
                where);
    }

    private static boolean steers(String name) {
        return name.startsWith("GIT_")
                && !Variables.isSafe(name)
                && !name.equals("GIT_EDITOR")
                && !name.equals("GIT_PAGER")
                && !name.startsWith("GIT_AUTHOR_")
                && !name.startsWith("GIT_COMMITTER_");
    }

    /// Goes over the options before the subcommand; whether they may stand under a wildcard.
    private boolean global() {
        boolean mild = true;
        var arguments = call.arguments();
        while (at < arguments.size()) {
            var word = arguments.get(at);
            var text = word.orEmpty();
            if (!word.isKnown()
                    || !text.startsWith("-")
                    || text.equals("--version")
                    || text.equals("--help")) {
                return mild;
            }
            at++;
            if (Set.of(
                            "-C",
                            "-c",
                            "--git-dir",
                            "--work-tree",
                            "--namespace",
                            "--exec-path",
                            "--config-env",
                            "--super-prefix")
                    .contains(text)) {
                if (at == arguments.size()) {
                    return false;
                }
                mild &= withValue(text, arguments.get(at++));
            } else {
                mild &=
                        Set.of(
                                        "--no-pager",
                                        "-P",
                                        "--no-optional-locks",
                                        "--literal-pathspecs",
                                        "--glob-pathspecs",
                                        "--noglob-pathspecs",
                                        "--icase-pathspecs",
                                        "--no-replace-objects",
                                        "--no-lazy-fetch",
                                        "--no-advice")
                                .contains(text);
            }
        }
        return mild;
    }

    private boolean withValue(String option, Argument value) {
        if (option.equals("-C")) {
            moved = true;
            var paths =
                    value.isKnown() && value.matches() == null
                            ? disk.resolve(value.orEmpty())
                            : List.<Path>of();
            disk = new Disk(paths.isEmpty() ? null : paths.getLast(), disk.links());
            return true;
        }
        return option.equals("-c")
                        && MILD.matcher(value.orEmpty().toLowerCase(Locale.ROOT)).matches()
                || option.equals("--namespace");
    }

    /// Programs in aliases that are given with `-c`.
    private List<Verdict.Started> aliases() {
        var found = new ArrayList<Verdict.Started>();
        for (var word : call.arguments()) {
            int mark = word.orEmpty().indexOf("=!");
            if (mark > 0 && word.orEmpty().toLowerCase(Locale.ROOT).startsWith("alias.")) {
                found.add(
                        new Verdict.Started.Text(
                                Argument.of(word.orEmpty().substring(mark + 2)), List.of()));
            }
        }
        return found;
    }

    static boolean hasPlainRepository(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            var git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return !Files.exists(at.resolve(".gitmodules"))
                        && !Files.exists(git.resolve("config.worktree"))
                        && isPlain(git.resolve("config"));
            }
            if (Files.exists(git) || Files.exists(at.resolve("HEAD"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(Path config) {
        if (!Files.exists(config)) {
            return true;
        }
        try {
            if (Files.size(config) > MAX_CONFIG) {
                return false;
            }
            var text = Files.readString(config).toLowerCase(Locale.ROOT);
            return STEERING.stream().noneMatch(text::contains);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
