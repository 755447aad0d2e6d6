package dev.bowline.cli.sessions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.output.Style;
import dev.bowline.error.BowlineException;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.Decision;
import dev.bowline.permission.Visible;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Answers;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.SessionSummary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `bowline sessions approvals` and `answer`: questions of permission that wait for a person.
final class Approvals {
    private static final int WIDTH = 200;

    /// Members of an input that is shown as the command alone.
    private static final Set<String> PLAIN = Set.of("command", "description");

    private final SessionStore store;
    private final Finder finder;
    private final Arguments args;
    private final Console console;

    Approvals(SessionStore store, Finder finder, Arguments args, Console console) {
        this.store = store;
        this.finder = finder;
        this.args = args;
        this.console = console;
    }

    int list() {
        var shown =
                sessions().stream()
                        .flatMap(id -> of(id).stream())
                        .filter(one -> args.has("--all") || one.isOpen())
                        .toList();
        if (args.has("--json")) {
            console.out().line(json(shown));
        } else if (shown.isEmpty()) {
            console.err().line("bowline: nothing waits for permission");
        }
        if (!args.has("--json")) {
            shown.forEach(this::show);
        }
        return 0;
    }

    /// One session that can't be read doesn't hide the others.
    private List<Approval> of(SessionId id) {
        try {
            return Approval.of(id, store.read(id));
        } catch (BowlineException e) {
            console.err().line("bowline: " + e.getMessage());
            return List.of();
        }
    }

    /// Whoever answers has to see all that would run; what a command is for, in the model's words,
    /// is not that.
    private void show(Approval one) {
        console.out().line(line(one));
        var input = one.input().asMap();
        var whole =
                input.get("command") instanceof String command && PLAIN.containsAll(input.keySet())
                        ? command
                        : one.input().text();
        Style.harmless(Visible.text(whole))
                .lines()
                .forEach(line -> console.out().line("    " + line));
    }

    private List<SessionId> sessions() {
        return args.words().isEmpty()
                ? store.list(Optional.of(console.directory())).stream()
                        .map(SessionSummary::id)
                        .toList()
                : List.of(finder.find(args.words().getFirst()));
    }

    private static String line(Approval one) {
        var decision = one.decision();
        return one.session()
                + "  "
                + Style.oneLine(one.toolUseId(), 80)
                + "  "
                + one.asked()
                + "  "
                + Style.oneLine(one.tool(), 80)
                + "  ("
                + Style.oneLine(one.reason(), WIDTH)
                + ")"
                + (decision == null
                        ? one.isOpen() ? "" : "  expired"
                        : "  "
                                + word(decision)
                                + " by "
                                + Style.oneLine(String.valueOf(one.by()), 100)
                                + " at "
                                + one.at()
                                + ": "
                                + Style.oneLine(decision.reason(), WIDTH));
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Allow yes -> "allow";
            case Decision.Deny no -> "deny";
            case Decision.Ask ask -> "ask";
        };
    }

    private static String json(List<Approval> all) {
        try (var out = JsonOut.toText()) {
            out.beginArray();
            all.forEach(one -> json(out, one));
            out.endArray();
            return out.text();
        }
    }

    private static void json(JsonOut out, Approval one) {
        out.beginObject()
                .field("session_id", one.session().value())
                .field("tool_use_id", one.toolUseId())
                .field("question", one.question().toString())
                .field("tool_name", one.tool())
                .name("input")
                .rawLine(one.input())
                .field("reason", one.reason())
                .name("suggestions")
                .beginArray();
        one.suggestions().forEach(update -> out.rawLine(update.toJson()));
        out.endArray()
                .field("asked_at", one.asked().toString())
                .field("state", one.state().name().toLowerCase(Locale.ROOT));
        var decision = one.decision();
        if (decision != null) {
            out.field("decision", word(decision))
                    .field("why", decision.reason())
                    .field("by", String.valueOf(one.by()))
                    .field("at", String.valueOf(one.at()));
            if (decision instanceof Decision.Deny no) {
                out.field("message", no.message());
            }
        }
        out.endObject();
    }

    int answer() {
        var words = args.words();
        if (words.size() < 3 || !List.of("allow", "deny").contains(words.get(2))) {
            throw new UsageException(
                    "an answer needs a session, a call and allow or deny: bowline sessions answer ID CALL allow|deny");
        }
        boolean allow = words.get(2).equals("allow");
        if (!allow && args.has("--always")) {
            throw new UsageException("--always goes with allow only; a deny rule needs settings");
        }
        if (!(store instanceof JsonlStore files)) {
            throw new UsageException("these sessions are not stored in files");
        }
        var id = finder.find(words.get(0));
        var by = args.value("--by", System.getProperty("user.name", "user"));
        try {
            var given =
                    new Answers(files, TimeSource.system())
                            .give(
                                    id,
                                    words.get(1),
                                    allow,
                                    args.has("--always"),
                                    args.value("--message", ""),
                                    by);
            console.err().line("bowline: " + told(given, id));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String told(Answers.Given given, SessionId id) {
        return switch (given) {
            case RECORDED ->
                    "the answer is recorded; bowline -p --resume " + id + " goes on with the call";
            case LEFT -> "the process that has the session open takes the answer from here";
        };
    }
}
