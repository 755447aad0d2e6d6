package dev.bowline.tools.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which git commands only look. The repository's own configuration can make git run programs even
/// then, so one with such settings is not read-only.
record GitReadOnly(Path directory, Map<String, String> environment) {
    private static final Set<String> LOOKING =
            Set.of(
                    "status",
                    "log",
                    "diff",
                    "show",
                    "blame",
                    "rev-parse",
                    "rev-list",
                    "ls-files",
                    "ls-tree",
                    "describe",
                    "shortlog",
                    "merge-base",
                    "name-rev",
                    "count-objects");

    /// Options that are harmless with every one of these.
    private static final Pattern OPTION =
            Pattern.compile(
                    "-[0-9]+|-[nLU]?[0-9]+(,[0-9]+)?|-[psbwzncuvairt]|-sb|-S.*|-G.*|--"
                            + "|--(oneline|stat|graph|name-only|name-status|cached|staged|all|follow|no-color|abbrev-commit|decorate|numstat|shortstat|summary"
                            + "|first-parent|no-merges|merges|reverse|porcelain|short|branch|show-toplevel|abbrev-ref|verify|quiet|count|tags|branches|remotes"
                            + "|word-diff|patch|no-patch|ignored|untracked-files|others|exclude-standard|modified|deleted|stage|is-inside-work-tree|git-dir|always|long|dirty|exit-code|check|minimal|no-ext-diff|no-textconv|no-renames)"
                            + "|--(since|until|after|before|author|committer|grep|max-count|date|color|stat|unified|abbrev|diff-filter|skip|porcelain|untracked-files|decorate|word-diff)=[^/]*"
                            + "|--(format|pretty)=[^/]*");

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

    private static final int MAX_CONFIG = 64 << 10;

    boolean covers(List<String> words) {
        if (words.isEmpty()
                || environment.keySet().stream().anyMatch(name -> name.startsWith("GIT_"))
                || !hasPlainRepository()) {
            return false;
        }
        var rest = words.getFirst().equals("--no-pager") ? words.subList(1, words.size()) : words;
        if (rest.isEmpty()) {
            return false;
        }
        var arguments = rest.subList(1, rest.size());
        return switch (rest.getFirst()) {
            case "branch" ->
                    all(
                            arguments,
                            Set.of(
                                    "-a",
                                    "-r",
                                    "-v",
                                    "-vv",
                                    "--list",
                                    "--all",
                                    "--remotes",
                                    "--show-current",
                                    "--no-color"));
            case "remote" -> all(arguments, Set.of("-v", "--verbose"));
            case "tag" -> all(arguments, Set.of("-l", "--list"));
            case "stash" -> arguments.equals(List.of("list"));
            case "--version" -> arguments.isEmpty();
            default ->
                    LOOKING.contains(rest.getFirst()) && arguments.stream().allMatch(this::plain);
        };
    }

    private static boolean all(List<String> words, Set<String> known) {
        return known.containsAll(words);
    }

    private boolean plain(String word) {
        return word.startsWith("-")
                ? OPTION.matcher(word).matches() && !word.contains("%G")
                : !word.contains("--");
    }

    private boolean hasPlainRepository() {
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
