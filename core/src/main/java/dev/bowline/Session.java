package dev.bowline;

import dev.bowline.json.Json;
import dev.bowline.loop.SessionLoop;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelRequest;
import dev.bowline.model.Thinking;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Tasks;
import dev.bowline.tool.ToolRegistry;
import dev.bowline.transcript.Approval;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Phase;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Timeline;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import dev.bowline.transcript.files.FilesRewound;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One conversation, open for writing. Everything about it is read from its transcript. Safe for
/// any thread; turns run one after another.
public final class Session implements AutoCloseable {
    /// How long a follower waits before it looks whether it was closed; only a safety net, news
    /// wakes it at once.
    private static final long LOOK_AGAIN_MS = 60_000;

    private final SessionId id;
    private final SessionLoop loop;
    private final ToolRegistry tools;
    private volatile boolean closed;

    Session(SessionId id, SessionLoop loop, ToolRegistry tools) {
        this.id = id;
        this.loop = loop;
        this.tools = tools;
    }

    public SessionId id() {
        return id;
    }

    /// Says something. The prompt is durable when this returns.
    ///
    /// @throws dev.bowline.error.BowlineException when the prompt is refused (`prompt_empty`,
    ///   `prompt_too_long`, …), or cannot be stored
    public Turn prompt(String text) {
        return prompt(Prompt.of(text));
    }

    public Turn prompt(Prompt prompt) {
        return prompt(prompt, update -> {});
    }

    /// Says something and listens to the turn: every entry and every piece of text, in order, on
    /// the turn's own thread. A question or answer about a call that an earlier turn put off is
    /// shown again. A slow listener slows the turn down.
    public Turn prompt(Prompt prompt, Consumer<? super Update> listener) {
        return new Turn(
                loop.submit(
                        prompt.id(),
                        prompt.content(),
                        prompt.priority().wire(),
                        prompt.source(),
                        listener),
                loop);
    }

    /// Goes on with a turn that a crash cut off, with prompts that were accepted and not yet
    /// answered, or with a call that was put off and has its answer now. Empty if there is nothing
    /// to go on with. A call that was running is run again only if its tool only reads.
    public Optional<Turn> proceed() {
        return proceed(update -> {});
    }

    public Optional<Turn> proceed(Consumer<? super Update> listener) {
        return loop.proceed(listener).map(waiting -> new Turn(waiting, loop));
    }

    /// The questions of permission that wait for an answer, oldest first; [Approval#of] has those
    /// that are over as well.
    public List<Approval> approvals() {
        return loop.approvals().stream().filter(Approval::isOpen).toList();
    }

    /// Answers an open question, from any thread, also while an [dev.bowline.permission.Approver]
    /// is being asked: the first answer counts. Durable when this returns. The turn that waits goes
    /// on by itself; one that has ended goes on with [#proceed]. `by` names who answers; an
    /// [Decision.Allow] without a new input lets exactly that run which was shown. Rules are looked
    /// at again before it does.
    ///
    /// @throws dev.bowline.error.BowlineException `approval_unknown` when nobody was asked about
    ///   such a call, `approval_closed` when that is over; the message says who answered and when
    /// @throws IllegalArgumentException for an [Decision.Ask], or a name that can't be
    public Approval answer(String toolUseId, Decision decision, String by) {
        return loop.answer(toolUseId, decision, by);
    }

    /// The prompts that wait, oldest first.
    public List<UUID> queued() {
        return state().queue().stream().map(Event.Queued::promptId).toList();
    }

    /// Says something without asking the model: it is in the history from now on, and a turn that
    /// runs sees it with its next model call. `id` names its entry. Durable when this returns.
    ///
    /// @throws dev.bowline.error.BowlineException when it is refused as a prompt would be
    public void note(UUID id, List<ContentBlock> content) {
        loop.note(id, content);
    }

    /// The work beside the conversation, such as commands in the background. The model is told of a
    /// task's end before its next call; [#news] tells it at once.
    public Tasks tasks() {
        return loop.tasks();
    }

    /// Begins a turn that tells the model of tasks which have ended by themselves since it was
    /// asked last. Empty if there are none, or a turn runs or waits that tells of them anyway.
    public Optional<Turn> news(Consumer<? super Update> listener) {
        return loop.news(listener).map(waiting -> new Turn(waiting, loop));
    }

    /// Stops the running turn. Returns at once; false when none runs.
    public boolean interrupt() {
        return loop.interrupt("user");
    }

    /// Takes back a prompt that still waits; false when it has begun or is unknown.
    public boolean withdraw(UUID promptId) {
        return loop.withdraw(promptId);
    }

    public SessionState state() {
        return loop.transcript().state();
    }

    public Phase phase() {
        return closed ? Phase.CLOSED : state().phase();
    }

    /// All entries so far.
    public List<Entry> entries() {
        return loop.transcript().after(0);
    }

    public Timeline timeline() {
        return Timeline.of(entries());
    }

    /// What the model was asked last, in this process.
    public Optional<ModelRequest> lastRequest() {
        return loop.lastRequest();
    }

    /// The tools of this session; changing them takes effect at the next model call.
    public ToolRegistry tools() {
        return tools;
    }

    /// Follows the session from behind entry `number` (0 for all), on a thread of its own: every
    /// entry once and in order, and what is being typed. A consumer that throws ends its
    /// subscription. Who joins in the middle of a message first gets the text so far.
    public Subscription follow(long number, Consumer<? super Update> consumer) {
        var cursor = loop.transcript().cursor(Math.max(0, number));
        return new Subscription(
                Thread.ofVirtual().name("follow-" + id).start(() -> deliver(cursor, consumer)));
    }

    private static void deliver(Transcript.Cursor cursor, Consumer<? super Update> consumer) {
        try (cursor) {
            while (!Thread.currentThread().isInterrupted()) {
                var news = cursor.next(LOOK_AGAIN_MS);
                if (news.isEmpty()) {
                    return;
                }
                news.get().forEach(consumer);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            // whoever can't take an update follows no longer; the session goes on
            return;
        }
    }

    /// Goes back to just after entry `number`. Nothing is deleted: what came later stays in the
    /// transcript but no longer counts.
    public void rewind(long number) {
        loop.rewind(number);
    }

    /// Goes back to a place found by [dev.bowline.transcript.SessionStore#find], also one inside a
    /// turn or a reply: calls that lose their result there get one that says that they were
    /// interrupted. Nothing is deleted.
    ///
    /// @throws IllegalStateException while a turn runs
    public void rewind(Position place) {
        loop.cut(place);
    }

    /// Brings the files that tools have changed since a prompt was said back to what they were
    /// then; see [AgentOptions#fileCheckpoints]. `message` is the prompt's id or that of its entry.
    /// A `dryRun` only tells what would change. The conversation stays as it is. May be called
    /// while a turn runs.
    public FilesRewound rewindFiles(UUID message, boolean dryRun) {
        return loop.rewindFiles(message, dryRun);
    }

    /// Whether a file may be read without asking anybody; `file` is absolute, without links.
    public boolean mayRead(Path file) {
        return loop.mayRead(file);
    }

    /// An object that the tools of this session share; see [dev.bowline.tool.ToolContext#state].
    public <T> T shared(Class<T> type, Function<Path, T> create) {
        return loop.shared(type, create);
    }

    public void rename(String title) {
        loop.change(new Event.Renamed(title));
    }

    /// An empty tag removes it.
    public void tag(String tag) {
        loop.change(new Event.Tagged(tag));
    }

    /// Which model is asked from the next call on.
    public void model(String name) {
        loop.change(new Event.ModelChanged(name));
    }

    /// What may run without asking, from the next call on.
    public void permissionMode(PermissionMode mode) {
        loop.change(new Event.ModeChanged(mode.wire()));
    }

    /// Changes what may run: holds from the next call on, also of a turn that runs, until the
    /// session is closed. What is meant to last goes to [AgentOptions#permissionStore] as well.
    ///
    /// @throws dev.bowline.error.BowlineException when it can't be kept there; it holds all the
    ///   same
    public void apply(PermissionUpdate update) {
        loop.apply(update);
    }

    /// How much the model thinks from the next call on, in this process.
    public void thinking(Thinking how) {
        loop.tuning().thinking(how);
    }

    /// Sets a further member of the requests from the next call on, in this process; null takes it
    /// away.
    public void extra(String name, @Nullable Json value) {
        loop.tuning().extra(name, value);
    }

    /// The environment of child processes that tools start from now on, in this process; see
    /// [dev.bowline.tool.ChildEnvironment].
    public void environment(Map<String, String> variables) {
        loop.environment(variables);
    }

    /// Lets the model summarise what was said so far; from then on the summary is what it sees of
    /// that. Nothing is deleted: a rewind to before it brings everything back. Prompts that come
    /// meanwhile wait.
    ///
    /// @param focus what to pay attention to, or empty
    /// @throws IllegalStateException while a turn runs
    /// @throws dev.bowline.error.BowlineException when there is nothing to summarise
    ///   (`compaction_failed`), or the model fails
    public Event.Compacted compact(String focus) throws InterruptedException {
        return compact(focus, update -> {});
    }

    /// The same, listening to [Update.Compacting] and the entries, on the session's own thread.
    public Event.Compacted compact(String focus, Consumer<? super Update> listener)
            throws InterruptedException {
        return loop.compact(focus, listener);
    }

    /// Interrupts what runs, ends what tools have started, and lets others open the session.
    /// Idempotent.
    @Override
    public void close() {
        close("closed");
    }

    /// The same; hooks hear the reason, for example `clear`.
    public void close(String reason) {
        loop.close(reason);
        closed = true;
    }

    SessionLoop loop() {
        return loop;
    }
}
