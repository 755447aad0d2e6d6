package dev.bowline.cli.prompt;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.output.Calls;
import dev.bowline.cli.output.StatusLine;
import dev.bowline.cli.output.Style;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal, one question at a time. "Always" holds until the program ends:
/// for the same command in the case of a shell, otherwise for the tool.
final class TerminalApprover implements Approver {
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
            if (always.contains(subject(request))) {
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
                        + Calls.summary(request.tool(), request.input(), 400)
                        + style.dim("  (" + Style.oneLine(request.reason(), 200) + ")"));
        while (true) {
            err.write("  allow? [y]es, [n]o, [a]lways for " + scope(request) + ": ");
            var answer = answers.next();
            if (answer.isEmpty()) {
                err.write("\n");
                return refused(
                        "The input ended before the user answered, so the call was not allowed.");
            }
            switch (answer.get().strip().toLowerCase(Locale.ROOT)) {
                case "y", "yes" -> {
                    return new Decision.Allow("allowed by the user");
                }
                case "a", "always" -> {
                    always.add(subject(request));
                    return new Decision.Allow("allowed for this session by the user");
                }
                case "n", "no" -> {
                    return refused(
                            "The user did not allow this call. Do without it, or say why it is needed.");
                }
                default -> err.line("  please answer y, n or a");
            }
        }
    }

    private static Decision refused(String message) {
        return new Decision.Deny("refused by the user", message);
    }

    private static String subject(PermissionRequest request) {
        return request.input().asMap().get("command") instanceof String command
                ? request.tool() + " " + command
                : request.tool();
    }

    private static String scope(PermissionRequest request) {
        return request.input().asMap().get("command") instanceof String
                ? "this command in this session"
                : request.tool() + " in this session";
    }
}
