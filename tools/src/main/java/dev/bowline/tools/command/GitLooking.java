package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The subcommands of git that only look, and the options with which they do.
final class GitLooking {
    private static final Set<String> LOOKING =
            Set.of(
                    "status",
                    "log",
                    "diff",
                    "show",
                    "blame",
                    "annotate",
                    "rev-parse",
                    "rev-list",
                    "ls-files",
                    "ls-tree",
                    "describe",
                    "shortlog",
                    "merge-base",
                    "name-rev",
                    "count-objects",
                    "whatchanged",
                    "cat-file",
                    "for-each-ref",
                    "show-ref",
                    "grep",
                    "cherry",
                    "range-diff",
                    "diff-tree",
                    "diff-index",
                    "diff-files",
                    "show-branch",
                    "var",
                    "check-ignore",
                    "check-attr",
                    "verify-commit",
                    "get-tar-commit-id");

    /// Those that show what is in files.
    private static final Set<String> SHOWING =
            Set.of(
                    "diff",
                    "show",
                    "log",
                    "blame",
                    "annotate",
                    "grep",
                    "cat-file",
                    "whatchanged",
                    "hash-object",
                    "difftool",
                    "diff-tree",
                    "diff-index",
                    "diff-files");

    /// Options that are harmless with every one of these.
    private static final Pattern OPTION =
            Pattern.compile(
                    "-[0-9]+|-[nLUMCABm]?[0-9]+(,[0-9]+)?|-[A-FHI-NP-Za-hj-np-z]{1,4}|-sb|-uno|-uall|-unormal|--color-words|-S.*|-G.*|-L.*|-i|-o|--"
                            + "|--(oneline|stat|graph|name-only|name-status|cached|staged|all|follow|no-color|abbrev-commit|decorate|no-decorate|numstat|shortstat|summary"
                            + "|first-parent|no-merges|merges|reverse|porcelain|short|branch|show-toplevel|abbrev-ref|verify|quiet|count|tags|branches|remotes"
                            + "|word-diff|patch|no-patch|ignored|untracked-files|others|exclude-standard|modified|deleted|stage|is-inside-work-tree|git-dir|always|long|dirty|exit-code|check|minimal|no-ext-diff|no-textconv|no-renames"
                            + "|left-right|cherry-pick|cherry-mark|date-order|topo-order|author-date-order|boundary|full-history|simplify-merges|source|show-signature-not|no-notes|raw|pickaxe-all|pickaxe-regex|ignore-case|ignore-space-change|ignore-all-space|ignore-blank-lines"
                            + "|find-renames|find-copies|color|no-abbrev|no-abbrev-commit|relative|text|binary|full-index|histogram|patience|dirstat|compact-summary|patch-with-stat|show-pulls|symbolic-full-name|symbolic|show-prefix|show-cdup|is-bare-repository|show-current|list|heads|head|name-status"
                            + "|line-number|files-with-matches|files-without-match|fixed-strings|extended-regexp|perl-regexp|word-regexp|invert-match|no-index-not|untracked|break|heading|show-function|function-context|and|or|not|max-depth|full-name|error-unmatch|killed|unmerged|directory|eol|full-tree|recurse-submodules-not|numbered|email|independent|is-ancestor|fork-point|octopus|contains|exact-match|candidates|verbose|ahead-behind|no-ahead-behind|show-stash|column|no-column|batch-check|no-commit-id|line-porcelain|show-name|show-number|show-email|root|incremental|no-expand-tabs|walk-reflogs|reflog)"
                            + "|--(since|until|after|before|author|committer|grep|max-count|date|color|stat|unified|abbrev|diff-filter|skip|porcelain|untracked-files|decorate|word-diff|sort|count|contains|points-at|merged|no-merged|exclude|glob|branches|tags|remotes|find-renames|match|candidates|diff-algorithm|ws-error-highlight|word-diff-regex|min-parents|max-parents|column|ignored|dirstat|inter-hunk-context|ignore-submodules|show-origin-not|abbrev-ref|short|max-depth|submodule)=[^/]*"
                            + "|--(exclude|glob|branches|tags|remotes|grep|since|until|after|before|author)=.*"
                            + "|--(format|pretty)=.*");

    /// Subcommands that only look with just these arguments.
    private static final Map<String, Set<String>> LISTING =
            Map.of(
                    "branch",
                            Set.of(
                                    "-a",
                                    "-r",
                                    "-v",
                                    "-vv",
                                    "-l",
                                    "--list",
                                    "--all",
                                    "--remotes",
                                    "--show-current",
                                    "--no-color",
                                    "--verbose",
                                    "-av",
                                    "-avv",
                                    "-rv",
                                    "--no-column",
                                    "--ignore-case",
                                    "-i",
                                    "--merged",
                                    "--no-merged",
                                    "--contains",
                                    "--no-contains",
                                    "--points-at"),
                    "remote", Set.of("-v", "--verbose"),
                    "tag",
                            Set.of(
                                    "-l",
                                    "--list",
                                    "-n",
                                    "--no-color",
                                    "-n1",
                                    "--merged",
                                    "--no-merged",
                                    "--contains",
                                    "--no-contains",
                                    "--points-at"),
                    "worktree", Set.of("list", "--porcelain", "-v"));

    private static final Pattern LISTING_VALUE =
            Pattern.compile(
                    "--(sort|format|column|color|abbrev|contains|no-contains|merged|no-merged|points-at)=.*");

    private static final Set<String> SETTING =
            Set.of(
                    "--global",
                    "--local",
                    "--system",
                    "--worktree",
                    "--show-origin",
                    "--show-scope",
                    "--name-only",
                    "-z",
                    "--null",
                    "--includes",
                    "--no-includes",
                    "--bool",
                    "--int",
                    "--path",
                    "--type=bool",
                    "--type=int",
                    "--type=path");

    private GitLooking() {}

    /// Judges the arguments behind a subcommand, the repository and its settings aside.
    static Verdict look(String sub, Call given, Disk disk) {
        var call = given.with("git", given.arguments().stream().map(Revisions::filled).toList());
        var touched = new Touched(new Call("git", call.arguments(), disk, call.where()));
        boolean reads =
                switch (sub) {
                    case "branch", "tag" -> lists(sub, call);
                    case "remote" -> lists(sub, call) || isShown(call) || call.is("show");
                    case "worktree" -> call.has("list") && lists(sub, call);
                    case "stash" ->
                            call.has("list", "show")
                                    && call.arguments().getFirst().orEmpty().matches("list|show")
                                    && call.from(1).arguments().stream()
                                            .allMatch(word -> plain(word, touched));
                    case "reflog" ->
                            (call.is()
                                            || call.arguments()
                                                    .getFirst()
                                                    .orEmpty()
                                                    .matches(
                                                            "show|HEAD|-.*|[A-Za-z0-9_/-]*main|.*master"))
                                    && !call.has("expire", "delete", "drop", "write")
                                    && call.arguments().stream()
                                            .allMatch(word -> plain(word, touched));
                    case "config" -> readsSettings(call);
                    case "symbolic-ref" -> symbol(call);
                    case "bisect" -> call.is("log");
                    case "notes" -> call.is() || call.is("list");
                    case "help" -> false;
                    default -> LOOKING.contains(sub) && allPlain(call, touched);
                };
        if (SHOWING.contains(sub)) {
            call.arguments().forEach(word -> named(word, touched));
        }
        return Verdict.of(
                reads && touched.isComplete() ? Nature.READS : Nature.PLAIN, touched.files());
    }

    private static boolean lists(String sub, Call call) {
        boolean listing =
                call.has(
                        "-l",
                        "--list",
                        "--merged",
                        "--no-merged",
                        "--contains",
                        "--no-contains",
                        "--points-at");
        return call.arguments().stream()
                .allMatch(word ->
                        LISTING.getOrDefault(sub, Set.of()).contains(word.orEmpty())
                                || LISTING_VALUE.matcher(word.orEmpty()).matches()
                                || listing
                                        && word.isKnown()
                                        && !word.startsWith("-")
                                        && word.matches() == null);
    }

    private static boolean symbol(Call call) {
        var operands = call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        return operands.size() == 1
                && operands.getFirst().isKnown()
                && call.arguments().stream()
                        .allMatch(word ->
                                !word.startsWith("-")
                                        || word.is("-q")
                                        || word.is("--short")
                                        || word.is("--quiet"));
    }

    private static boolean isShown(Call call) {
        return call.arguments().size() == 2
                && call.arguments().getFirst().is("get-url")
                && !call.arguments().get(1).startsWith("-")
                && call.arguments().get(1).isKnown();
    }

    static boolean readsSettings(Call call) {
        boolean asks = false;
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            if (!word.isKnown()) {
                return false;
            }
            asks |= text.matches("--list|-l|--get|--get-all|--get-regexp|list|get");
            if (text.startsWith("-")
                    && !text.matches("--list|-l|--get|--get-all|--get-regexp")
                    && !SETTING.contains(text)) {
                return false;
            }
        }
        return asks
                || call.arguments().size() == 1
                        && call.arguments().getFirst().orEmpty().matches("[A-Za-z]+\\.[A-Za-z.-]+");
    }

    /// Operands are revisions or paths of the repository; one that looks like a path outside of it
    /// is a file to read.
    private static boolean plain(Argument word, Touched touched) {
        if (!word.isKnown()) {
            return false;
        }
        var text = word.orEmpty();
        if (text.startsWith("-")) {
            return OPTION.matcher(text).matches()
                    && !text.contains("%G")
                    && !text.equals("--no-index")
                    && word.matches() == null;
        }
        if (text.startsWith("/")
                || text.startsWith("..") && !text.startsWith("...")
                || text.contains("/../")) {
            touched.reads(word);
        }
        return true;
    }

    private static boolean allPlain(Call call, Touched touched) {
        return call.arguments().stream().allMatch(word -> plain(word, touched));
    }

    /// A file of the repository: its content may be shown as it is or as it was.
    private static void named(Argument word, Touched touched) {
        var text = word.orEmpty();
        int colon = text.lastIndexOf(':');
        if (!word.isKnown() || text.startsWith("-")) {
            return;
        }
        if (colon >= 0) {
            if (!text.matches(":[/!^(].*") && colon + 1 < text.length()) {
                touched.reads(text.substring(colon + 1));
            }
        } else if (word.matches() == null
                && touched.call()
                        .disk()
                        .path(text)
                        .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .isPresent()) {
            touched.reads(word);
        }
    }
}
