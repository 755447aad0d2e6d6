package dev.bowline.transcript;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Where transcripts live. Every store keeps the promises of `SessionStoreContract` in the test
/// kit: one writer per session, what [Log#append] returned from is never lost, numbers have no
/// gaps.
///
/// All failures are [dev.bowline.error.BowlineException]: `session_not_found`, `session_exists`,
/// `store_in_use` when another writer has the session, `store_conflict` when an entry's number is
/// taken, `store_full`, `store_unwritable`, `store_unreadable`.
public interface SessionStore extends AutoCloseable {
    /// Starts a session that doesn't exist yet; `directory` is where it works. Nothing is visible
    /// to others before the first append.
    Log create(SessionId id, Path directory);

    /// Becomes the writer of a session that exists.
    Log open(SessionId id);

    /// Starts session `id` with the entries of `parent` up to and including `number`, all or
    /// nothing, and becomes its writer. Its [Event.Opened] names the parent.
    Log fork(SessionId parent, long number, SessionId id);

    /// All entries, without becoming the writer. A session that is being written shows what was
    /// durable at some moment.
    List<Entry> read(SessionId id);

    /// The place just behind what other programs know by `name`: the id of an entry that still
    /// counts, of one of its blocks ([Entry#blockId]), of a prompt, or of a line that another
    /// program has written. Empty if there is none.
    default Optional<Position> find(SessionId id, UUID name) {
        return new Links(read(id), Map.of()).find(name.toString());
    }

    /// Newest first. `directory` limits the list to sessions of one working directory.
    List<SessionSummary> list(Optional<Path> directory);

    /// Removes a session and everything beside it.
    void delete(SessionId id);

    @Override
    void close();

    /// The one writer of one session. For one thread at a time.
    interface Log extends AutoCloseable {
        /// What was there when this writer opened the session, in order. A torn end has been cut
        /// off already.
        List<Entry> entries();

        /// Adds entries, all or nothing. They are durable when this returns, also when the calling
        /// thread is interrupted meanwhile. The first number must follow the last one stored.
        void append(List<Entry> entries);

        /// Where other processes leave answers to open questions; empty if they can't.
        default Optional<AnswerBox> answers() {
            return Optional.empty();
        }

        /// A folder beside the session for full tool results; may not exist yet.
        Path resultsDirectory();

        /// Gives the session up to other writers. Idempotent.
        @Override
        void close();
    }
}
