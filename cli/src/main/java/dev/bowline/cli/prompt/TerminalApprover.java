package dev.bowline.cli.prompt;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.output.StatusLine;
import dev.bowline.cli.output.Style;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.ReasonType;
import dev.bowline.permission.Visible;
import dev.bowline.tool.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal, one question at a time, showing all of a command and what else
/// the call is given, with what can't be seen spelled out. "Always" becomes a rule in the user's
/// settings for the folder where a short one fits, and is shown as that rule; otherwise it holds
/// until the program ends: for the same command, the same site, the folder of the file, or for the
/// tool. It is neither offered nor taken where somebody has to be asked each time: rules that ask,
/// protected files, content of strangers.
final class TerminalApprover implements Approver {
    /// Characters of rules that a person still reads.
    private static final int LONGEST = 200;

    private final Answers answers;
    private final Lines err;
    private final Style style;
    private final ReentrantLock asking = new ReentrantLock();
    private final Set<String> always = new HashSet<>();
    private volatile @Nullable StatusLine status;

    TerminalApprover(Answers answers, Lines err, Style style) {
        this.answers = answers;
        this.err = err;
        this.style = style;
    }

    /// The live line that has to make room for questions.
    void status(@Nullable StatusLine line) {
        status = line;
    }

    @Override
    public Decision ask(PermissionRequest request) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            if (mayLast(request) && always.contains(subject(request))) {
                return new Decision.Allow("allowed for this session by the user");
            }
            var line = status;
            if (line != null) {
                line.hide();
            }
            try {
                return question(request);
            } finally {
                if (line != null) {
                    line.show();
                }
            }
        } finally {
            asking.unlock();
        }
    }

    private Decision question(PermissionRequest request) throws InterruptedException {
        err.line(
                style.bold("? " + request.tool())
                        + " "
                        + Shown.call(request.input())
                        + style.dim("  (" + Visible.line(request.reason()) + ")"));
        boolean lasting = mayLast(request);
        while (true) {
            err.write(
                    lasting
                            ? "  allow? [y]es, [n]o, [a]lways for " + scope(request) + ": "
                            : "  allow? [y]es, [n]o: ");
            var answer = answers.next();
            if (answer.isEmpty()) {
                err.write("\n");
                return refused(
                        "The input ended before the user answered, so the call was not allowed.");
            }
            var said = answer.get().strip().toLowerCase(Locale.ROOT);
            switch (said.startsWith("a") && !lasting ? "?" : said) {
                case "y", "yes" -> {
                    return new Decision.Allow("allowed by the user");
                }
                case "a", "always" -> {
                    always.add(subject(request));
                    return forGood(request);
                }
                case "n", "no" -> {
                    return refused(
                            "The user did not allow this call. Do without it, or say why it is needed.");
                }
                default -> err.line("  please answer " + (lasting ? "y, n or a" : "y or n"));
            }
        }
    }

    private static Decision forGood(PermissionRequest request) {
        var lasting = lasting(request);
        return lasting.isEmpty()
                ? new Decision.Allow("allowed for this session by the user")
                : new Decision.Allow("allowed for this folder by the user", null, lasting);
    }

    /// The rules to keep; none where they would not help, or are too long to be read.
    private static List<PermissionUpdate> lasting(PermissionRequest request) {
        var lasting =
                request.suggestions().stream()
                        .filter(PermissionUpdate.AddRules.class::isInstance)
                        .filter(update -> update.destination().lasts())
                        .toList();
        return mayLast(request) && rules(lasting).length() <= LONGEST ? lasting : List.of();
    }

    private static String rules(List<PermissionUpdate> updates) {
        return updates.stream()
                .map(PermissionUpdate.AddRules.class::cast)
                .flatMap(update -> update.rules().stream())
                .map(rule -> Visible.line(rule.toString()))
                .collect(Collectors.joining(", "));
    }

    private static Decision refused(String message) {
        return new Decision.Deny("refused by the user", message);
    }

    private static boolean mayLast(PermissionRequest request) {
        return switch (request.reasonType()) {
            case RULE, SAFETY_CHECK, ORIGIN, HOOK -> false;
            case ReasonType any -> true;
        };
    }

    private static String subject(PermissionRequest request) {
        return request.tool()
                + " "
                + (request.input().asMap().get("command") instanceof String command
                        ? command
                        : where(request).orElse(""));
    }

    private static String scope(PermissionRequest request) {
        var lasting = lasting(request);
        if (!lasting.isEmpty()) {
            return rules(lasting) + " in this folder";
        }
        return (request.input().asMap().get("command") instanceof String
                        ? "this command"
                        : request.tool()
                                + where(request).map(where -> " " + Visible.line(where)).orElse(""))
                + " in this session";
    }

    /// The site that is contacted, or the folder outside the working directories.
    private static Optional<String> where(PermissionRequest request) {
        var file = request.blockedPath();
        if (request.reasonType() == ReasonType.WORKING_DIR && file != null) {
            var folder = file.getParent();
            return Optional.of("in " + (folder == null ? file : folder));
        }
        return request.accesses().stream()
                .filter(Access.Contacts.class::isInstance)
                .map(access -> "at " + site(((Access.Contacts) access).url()))
                .findFirst();
    }

    private static String site(String url) {
        int host = url.indexOf("://");
        int end = host < 0 ? -1 : url.indexOf('/', host + 3);
        return end < 0 ? url : url.substring(0, end);
    }
}
