package dev.bowline.cli.headless;

import dev.bowline.Prompt;
import dev.bowline.Turn;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hands what the user says to the session, in order, on a thread of its own: the session is opened
/// and tools of the host's are listed before the first one.
final class Prompts {
    /// One thing to do; ends the thread when it says so.
    private sealed interface Item {
        record Say(HostLine.User user) implements Item {}

        /// A task may have ended that the model has not heard of.
        record News() implements Item {}

        record End() implements Item {}
    }

    /// How long tasks in the background may go on when nothing more will be said.
    private static final Duration LINGER = Duration.ofSeconds(5);

    /// What the model hears of a message without content.
    private static final String NOTHING = "(no content)";

    private final Chat chat;
    private final HostServers servers;
    private final Results results;
    private final Trace trace;
    private final TimeSource time;
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentLinkedDeque<Turn> turns = new ConcurrentLinkedDeque<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private final Handover handover;
    private volatile @Nullable RuntimeException failure;
    private Runnable onBroken = () -> {};

    Prompts(Chat chat, HostServers servers, Presence presence, Trace trace, TimeSource time) {
        this.chat = chat;
        this.servers = servers;
        this.results = new Results(chat, presence, trace, waiting::get);
        this.trace = trace;
        this.time = time;
        chat.whenTaskEnds(() -> queue.add(new Item.News()));
        this.thread = Thread.ofVirtual().name("prompts").unstarted(this::work);
        this.handover = new Handover(chat, thread, waiting::get, time);
    }

    /// @param broken called when no prompt can be taken any more
    void start(Runnable broken) {
        onBroken = broken;
        thread.start();
    }

    Handover handover() {
        return handover;
    }

    /// Throws what made it impossible to take prompts, if anything did.
    void rethrow() {
        var known = failure;
        if (known != null) {
            throw known;
        }
    }

    Results results() {
        return results;
    }

    void add(HostLine.User user) {
        waiting.incrementAndGet();
        if (user.named()) {
            results.named(user.id());
        }
        queue.add(new Item.Say(user));
    }

    /// Nothing more will be said.
    void end() {
        queue.add(new Item.End());
    }

    /// Waits until everything that was said before [#end] has been answered.
    void awaitEnd() throws InterruptedException {
        done.await();
    }

    /// Takes a prompt back that hasn't been taken up; whether it could.
    boolean withdraw(UUID id) {
        var item =
                queue.stream()
                        .filter(one -> one instanceof Item.Say say && say.user().id().equals(id))
                        .findFirst();
        if (item.isPresent() && queue.remove(item.get())) {
            waiting.decrementAndGet();
            chat.opened().ifPresent(open -> results.lifecycle(open, id, "cancelled"));
            return true;
        }
        return chat.opened().map(open -> withdraw(open, id)).orElse(false);
    }

    private boolean withdraw(Chat.Open open, UUID id) {
        boolean withdrawn = open.session().withdraw(id);
        if (withdrawn) {
            results.lifecycle(open, id, "cancelled");
        }
        return withdrawn;
    }

    /// The prompts that haven't been taken up.
    List<UUID> queued() {
        var all = new ArrayList<UUID>();
        chat.opened()
                .ifPresent(open ->
                        open.session().state().queue().forEach(one -> all.add(one.promptId())));
        for (var item : queue) {
            if (item instanceof Item.Say say) {
                all.add(say.user().id());
            }
        }
        return all;
    }

    private void work() {
        boolean more = true;
        while (more) {
            try {
                more =
                        switch (queue.take()) {
                            case Item.Say(HostLine.User user) when !user.query() -> {
                                remember(user);
                                yield true;
                            }
                            case Item.Say(HostLine.User user) -> {
                                say(user);
                                yield true;
                            }
                            case Item.News() -> {
                                news();
                                yield true;
                            }
                            case Item.End() -> false;
                        };
            } catch (InterruptedException late) {
                // was meant for a prompt that has been handed over meanwhile
            } catch (RuntimeException e) {
                more = broken(e);
            } catch (OutOfMemoryError | StackOverflowError e) {
                more = broken(new IllegalStateException("a prompt is too large: " + e, e));
            }
        }
        awaitTurns();
        linger();
        done.countDown();
    }

    /// Waits a little for tasks that still run. Nobody is there who would want another turn.
    private void linger() {
        long deadline = time.nanos() + LINGER.toNanos();
        while (tasksLeft() && time.nanos() < deadline) {
            try {
                queue.poll(Math.max(1, deadline - time.nanos()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private boolean tasksLeft() {
        return chat.opened()
                .map(open -> !open.session().tasks().background().isEmpty())
                .orElse(false);
    }

    private void news() {
        var open = chat.open();
        if (!open.session().state().untold().isEmpty()) {
            var frames = new TurnFrames(results, open, new TurnRecord(time), UUID.randomUUID(), "");
            open.session()
                    .news(frames)
                    .ifPresent(turn -> {
                        turns.add(turn);
                        watch(turn, frames);
                    });
        }
    }

    private boolean broken(RuntimeException why) {
        failure = why;
        onBroken.run();
        return false;
    }

    private void awaitTurns() {
        for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
            boolean over = false;
            while (!over) {
                try {
                    turn.await();
                    over = true;
                } catch (InterruptedException late) {
                    // the turn itself was interrupted as well and ends soon
                }
            }
        }
    }

    private void say(HostLine.User user) {
        var command = CommandTurn.commandOf(user, chat.args());
        if (command.isPresent()) {
            carryOut(user, command.get());
        } else {
            prompt(user);
        }
    }

    /// A command comes after everything that was said before it.
    private void carryOut(HostLine.User user, LocalCommand command) {
        awaitTurns();
        handover.begin();
        try {
            servers.settle();
        } catch (InterruptedException e) {
            trace.line("interrupted while tools of the host's were being listed");
        }
        try {
            chat.refreshTools();
            var turn = new CommandTurn(chat, results, time, user.id());
            turn.run(command);
            waiting.decrementAndGet();
            turn.over();
        } catch (BowlineException e) {
            waiting.decrementAndGet();
            trace.failure(e);
            handover.end(null);
            refused(user, e);
        }
        handover.end(null);
    }

    /// Puts into the history what wants no answer; its result comes when nothing runs.
    private void remember(HostLine.User user) {
        try {
            chat.open().session().note(user.id(), user.content());
        } catch (BowlineException e) {
            waiting.decrementAndGet();
            trace.failure(e);
            refused(user, e);
            return;
        }
        awaitTurns();
        waiting.decrementAndGet();
        var open = chat.open();
        results.begin(open, List.of(user.id()));
        results.end(open, Ending.nothing(), new TurnRecord(time), List.of(user.id()), false);
        results.afterTurn(open.frames(), open.session().state());
    }

    private void prompt(HostLine.User user) {
        handover.begin();
        boolean counted = true;
        try {
            servers.settle();
        } catch (InterruptedException e) {
            // interrupted before the turn began; it is interrupted when it has
        }
        try {
            chat.refreshTools();
            var open = chat.open();
            var frames =
                    new TurnFrames(
                            results,
                            open,
                            new TurnRecord(time),
                            user.id(),
                            ContentBlock.text(user.content()));
            results.busy(open);
            results.lifecycle(open, user.id(), "queued");
            var turn = open.session().prompt(said(user), frames);
            waiting.decrementAndGet();
            counted = false;
            turns.removeIf(old -> old.outcome().isPresent());
            turns.add(turn);
            watch(turn, frames);
            handover.end(turn);
        } catch (BowlineException e) {
            if (counted) {
                waiting.decrementAndGet();
            }
            trace.failure(e);
            handover.end(null);
            refused(user, e);
        }
    }

    /// The service takes no message without content.
    private static List<ContentBlock> content(HostLine.User user) {
        boolean empty =
                user.content().stream()
                        .allMatch(block ->
                                block instanceof ContentBlock.Text text && text.text().isBlank());
        return empty ? List.of(new ContentBlock.Text(NOTHING)) : user.content();
    }

    private static Prompt said(HostLine.User user) {
        return new Prompt(
                user.id(),
                content(user),
                switch (user.priority()) {
                    case NOW -> Prompt.Priority.NOW;
                    case NEXT -> Prompt.Priority.NEXT;
                    case LATER -> Prompt.Priority.LATER;
                },
                "sdk");
    }

    /// A turn that ends in an unusual way still gets its result.
    private void watch(Turn turn, TurnFrames frames) {
        Thread.ofVirtual()
                .name("turn-watch")
                .start(() -> {
                    try {
                        var outcome = turn.await();
                        if (!results.hasJoined(turn.promptId())) {
                            frames.settle(outcome);
                        }
                        queue.add(new Item.News());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        failure = e;
                        onBroken.run();
                    }
                });
    }

    /// The result of a prompt that the session did not take.
    private void refused(HostLine.User user, BowlineException why) {
        awaitTurns();
        var open = chat.open();
        results.begin(open, List.of(user.id()));
        var record = new TurnRecord(time);
        var text = String.valueOf(why.getMessage());
        if (why.code() == ErrorCode.PROMPT_BLOCKED_BY_HOOK && !handover.wasInterrupted()) {
            results.blocked(
                    open, text, ContentBlock.text(user.content()), record, List.of(user.id()));
            return;
        }
        var ending =
                why.code() == ErrorCode.PROMPT_BLOCKED_BY_HOOK
                        ? Ending.of(new Outcome.Interrupted("user"), record)
                        : Ending.notStarted(text, why.code().wire());
        results.end(open, ending, record, List.of(user.id()), false);
        results.afterTurn(open.frames(), open.session().state());
    }
}
