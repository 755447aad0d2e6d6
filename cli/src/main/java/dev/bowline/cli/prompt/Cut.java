package dev.bowline.cli.prompt;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `--resume-session-at` and `--resume-drops-turn`: where a session that goes on is cut. The texts
/// of refusals are those that programs of the field look for.
final class Cut {
    private static final String AT = "--resume-session-at";
    private static final String DROPS = "--resume-drops-turn";

    private final SessionStore store;
    private final SessionId session;

    private Cut(SessionStore store, SessionId session) {
        this.store = store;
        this.session = session;
    }

    /// Looks at the flags only.
    static void check(Arguments args) {
        boolean old = args.has("--resume") || args.has("--continue");
        for (var flag : List.of(AT, DROPS)) {
            if (args.has(flag) && !old) {
                throw new UsageException(flag + " requires --resume");
            }
            args.value(flag).ifPresent(text -> uuid(flag, text));
        }
    }

    private static UUID uuid(String flag, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(flag + " needs the UUID of a message, not \"" + text + "\"");
        }
    }

    /// Where to cut; empty when the flags don't ask for it.
    ///
    /// @throws BowlineException `session_not_found` when there is no such message, `config_invalid`
    ///   when more than the turn would be dropped
    static Optional<Position> of(Arguments args, SessionStore store, SessionId session) {
        var cut = new Cut(store, session);
        var turn = args.value(DROPS).map(text -> uuid(DROPS, text));
        var at = args.value(AT).map(text -> cut.at(uuid(AT, text)));
        if (turn.isEmpty()) {
            return at;
        }
        return Optional.of(
                at.map(place -> cut.dropping(turn.get(), place))
                        .orElseGet(() -> cut.before(turn.get())));
    }

    private Position at(UUID message) {
        return store.find(session, message)
                .orElseThrow(() ->
                        new BowlineException(
                                ErrorCode.SESSION_NOT_FOUND,
                                "No message found with message.uuid of: " + message));
    }

    /// The place, if all that is said after it belongs to the turn that the message began.
    private Position dropping(UUID turn, Position place) {
        var said = saidAfter(place);
        var why =
                place.blocks() > 0 || said.isEmpty() || !isPrompt(said.getFirst(), turn)
                        ? "the first of them is not the prompt of that turn"
                        : said.stream().skip(1).anyMatch(e -> e.event() instanceof Event.Prompted)
                                ? "another prompt is among them"
                                : null;
        if (why != null) {
            throw refused(
                    "resuming at entry "
                            + place.number()
                            + " would discard entries not attributable to turn "
                            + turn
                            + ": "
                            + why);
        }
        return place;
    }

    /// The place before the turn that the message began, if it is the last one.
    private Position before(UUID turn) {
        var prompt =
                store.find(session, turn).orElseThrow(() -> refused("there is no message " + turn));
        var place = Position.after(Math.max(1, prompt.number() - 1));
        return dropping(turn, place);
    }

    /// What is said after a place and still counts.
    private List<Entry> saidAfter(Position place) {
        var said = new ArrayList<Entry>();
        for (var entry : store.read(session)) {
            if (entry.event() instanceof Event.Rewound(long to, int blocks)) {
                said.removeIf(one -> one.number() > to);
            } else if (entry.number() > place.number() && isSaid(entry.event())) {
                said.add(entry);
            }
        }
        return said;
    }

    private static boolean isSaid(Event event) {
        return event instanceof Event.Prompted
                || event instanceof Event.Replied
                || event instanceof Event.ToolFinished
                || event instanceof Event.Noted;
    }

    private static boolean isPrompt(Entry entry, UUID name) {
        return entry.event() instanceof Event.Prompted prompted
                && (entry.id().equals(name) || prompted.promptId().equals(name));
    }

    private static BowlineException refused(String why) {
        return new BowlineException(
                ErrorCode.CONFIG_INVALID, "Resume rejected by --resume-drops-turn: " + why);
    }
}
