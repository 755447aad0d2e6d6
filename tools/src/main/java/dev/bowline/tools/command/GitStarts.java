package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The subcommands and options of git that run programs.
final class GitStarts {
    private static final Set<String> REMOTE =
            Set.of(
                    "fetch",
                    "pull",
                    "clone",
                    "push",
                    "ls-remote",
                    "fetch-pack",
                    "send-pack",
                    "archive",
                    "remote",
                    "submodule");

    private GitStarts() {}

    /// The programs that a subcommand with these arguments runs, as far as they are named.
    static List<Verdict.Started> of(Call call) {
        var arguments = call.arguments();
        var found = new ArrayList<Verdict.Started>();
        switch (arguments.getFirst().orEmpty()) {
            case "rebase" -> texts(arguments, found, "--exec", "-x");
            case "bisect" -> after(arguments, found, 1, "run", true);
            case "submodule" -> foreach(arguments, found);
            case "filter-branch" ->
                    texts(
                            arguments,
                            found,
                            "--env-filter",
                            "--tree-filter",
                            "--index-filter",
                            "--parent-filter",
                            "--msg-filter",
                            "--commit-filter",
                            "--tag-name-filter",
                            "--setup");
            case "difftool" -> texts(arguments, found, "--extcmd", "-x");
            case "grep" -> texts(arguments, found, "--open-files-in-pager");
            case "for-each-repo" ->
                    found.add(new Verdict.Started.Words(List.of(Argument.unknown("", false))));
            default -> {}
        }
        return found;
    }

    private static void texts(
            List<Argument> arguments, List<Verdict.Started> found, String... options) {
        for (int i = 1; i < arguments.size(); i++) {
            var text = arguments.get(i).orEmpty();
            for (var option : options) {
                if (text.equals(option) && i + 1 < arguments.size()) {
                    found.add(new Verdict.Started.Text(arguments.get(i + 1), List.of()));
                } else if (option.startsWith("--")
                        ? text.startsWith(option + "=")
                        : text.startsWith(option) && text.length() > 2) {
                    found.add(
                            new Verdict.Started.Text(
                                    Argument.of(
                                            text.substring(
                                                    option.length()
                                                            + (option.startsWith("--") ? 1 : 0))),
                                    List.of()));
                }
            }
        }
    }

    private static void after(
            List<Argument> arguments,
            List<Verdict.Started> found,
            int index,
            String word,
            boolean words) {
        if (words && arguments.size() > index + 1 && arguments.get(index).is(word)) {
            found.add(new Verdict.Started.Words(arguments.subList(index + 1, arguments.size())));
        }
    }

    private static void foreach(List<Argument> arguments, List<Verdict.Started> found) {
        for (int i = 1; i < arguments.size(); i++) {
            if (arguments.get(i).is("foreach")) {
                var rest =
                        arguments.subList(i + 1, arguments.size()).stream()
                                .dropWhile(word -> word.startsWith("-"))
                                .toList();
                if (rest.stream().allMatch(Argument::isKnown) && !rest.isEmpty()) {
                    found.add(
                            new Verdict.Started.Text(
                                    Argument.of(
                                            String.join(
                                                    " ",
                                                    rest.stream().map(Argument::orEmpty).toList())),
                                    List.of()));
                } else {
                    found.add(new Verdict.Started.Words(List.of(Argument.unknown("", false))));
                }
                return;
            }
        }
    }

    /// Whether an option or operand makes git run or load what it names, or write where it says.
    static boolean guards(Call call) {
        var sub = call.arguments().getFirst().orEmpty();
        boolean remote = REMOTE.contains(sub);
        for (var word : call.arguments().subList(1, call.arguments().size())) {
            var text = word.orEmpty();
            if (begins(
                            text,
                            "--ext-diff",
                            "--textconv",
                            "--output",
                            "--exec",
                            "--upload-pack",
                            "--receive-pack",
                            "--open-files",
                            "--extcmd",
                            "--tool",
                            "--template",
                            "--config-env",
                            "--smtp-server",
                            "--sendmail-cmd",
                            "--to-cmd",
                            "--cc-cmd",
                            "--upload-p",
                            "--rece",
                            "--outpu",
                            "--exe",
                            "--ext-",
                            "--open-")
                    || remote
                            && (text.startsWith("ext::")
                                    || begins(text, "-u", "--config", "-c") && sub.equals("clone"))
                    || sub.equals("grep") && text.startsWith("-O")
                    || sub.equals("archive") && text.startsWith("-o")
                    || sub.equals("format-patch") && text.startsWith("-o")
                    || sub.equals("rebase") && begins(text, "-x", "--exec")
                    || sub.equals("remote") && text.startsWith("ext::")) {
                return true;
            }
        }
        return sub.equals("config") && changes(call);
    }

    private static boolean begins(String text, String... prefixes) {
        for (var prefix : prefixes) {
            if (text.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a setting is changed that isn't just a name or a colour.
    private static boolean changes(Call call) {
        if (GitLooking.readsSettings(call.from(1))) {
            return false;
        }
        return call.arguments().stream()
                .skip(1)
                .map(Argument::orEmpty)
                .noneMatch(text ->
                        text.matches(
                                "(user\\.(name|email)|color\\.[a-z]+|init\\.defaultBranch|pull\\.(rebase|ff)|push\\.default|core\\.(autocrlf|quotepath|filemode)|advice\\.[A-Za-z]+|commit\\.gpgsign)"));
    }
}
