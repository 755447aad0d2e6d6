package dev.bowline.bench.synthetic;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.anthropic.AnthropicModel;
import dev.bowline.bench.Noop;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.permission.PermissionMode;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The cases. Each runs through the public API against a service on loopback, throws an
/// `IllegalStateException` when a promise is broken, and tells what it took.
final class Cases {
    @ToolInput(name = "big", description = "Says a lot", effect = Effect.READ)
    record Big() {}

    private final String baseUrl;
    private final Sizes sizes;

    Cases(String baseUrl, Sizes sizes) {
        this.baseUrl = baseUrl;
        this.sizes = sizes;
    }

    List<Finding> pathological() throws InterruptedException {
        return List.of(
                longPrompt(),
                manyDeltas(),
                manyCalls(),
                hugeResult(),
                deepNesting(),
                longSession());
    }

    private Agent agent(AnthropicModel model, Consumer<AgentOptions> more) {
        var big =
                Tool.of(
                        Big.class,
                        (input, context) ->
                                ToolResult.text("line of text\n".repeat(sizes.result() / 13)));
        return Agent.of(
                model,
                a -> {
                    a.modelName("claude-sonnet-5")
                            .tools(Noop.tool(), big)
                            .permissionMode(PermissionMode.BYPASS);
                    more.accept(a);
                });
    }

    private AnthropicModel model() {
        return AnthropicModel.of(o -> o.baseUrl(baseUrl).apiKey("fake"));
    }

    private interface Work {
        Finding in(Session session) throws InterruptedException;
    }

    private Finding session(Consumer<AgentOptions> options, Work work) throws InterruptedException {
        try (var model = model();
                var agent = agent(model, options);
                var session = agent.open()) {
            return work.in(session);
        }
    }

    private static void turn(Session session, String prompt) throws InterruptedException {
        var outcome = session.prompt(prompt).await();
        if (!(outcome instanceof Outcome.Completed)) {
            throw new IllegalStateException("a turn ended as " + outcome);
        }
    }

    private static void check(boolean kept, String promise) {
        if (!kept) {
            throw new IllegalStateException("broken: " + promise);
        }
    }

    /// Refused at the default limit, answered with a higher one.
    private Finding longPrompt() throws InterruptedException {
        var prompt = "x".repeat(sizes.prompt());
        session(
                a -> {},
                session -> {
                    try {
                        session.prompt(prompt);
                        throw new IllegalStateException("broken: a long prompt is refused");
                    } catch (BowlineException e) {
                        check(e.code() == ErrorCode.PROMPT_TOO_LONG, "refused as too long");
                    }
                    return Finding.of("refused", "");
                });
        return session(
                a -> a.promptLimit(sizes.prompt()),
                session -> {
                    long began = System.nanoTime();
                    turn(session, prompt);
                    return Finding.of(
                            "long prompt",
                            "%,d characters: answered in %.0f ms",
                            prompt.length(),
                            Finding.millisSince(began));
                });
    }

    private Finding manyDeltas() throws InterruptedException {
        return session(
                a -> {},
                session -> {
                    var heard = new AtomicInteger();
                    long began = System.nanoTime();
                    session.prompt(
                                    Prompt.of("deltas " + sizes.deltas()),
                                    update -> {
                                        if (update
                                                instanceof
                                                Update.Delta(_, StreamEvent.TextDelta any)) {
                                            heard.incrementAndGet();
                                        }
                                    })
                            .await();
                    double millis = Finding.millisSince(began);
                    check(heard.get() == sizes.deltas(), "every delta is heard");
                    return Finding.of(
                            "deltas in one reply",
                            "%,d in %.0f ms, %,.0f a second",
                            heard.get(),
                            millis,
                            heard.get() / millis * 1e3);
                });
    }

    private Finding manyCalls() throws InterruptedException {
        return session(
                a -> {},
                session -> {
                    long began = System.nanoTime();
                    turn(session, "calls " + sizes.calls());
                    double millis = Finding.millisSince(began);
                    check(results(session).size() == sizes.calls(), "one result for each call");
                    return Finding.of(
                            "calls in one reply",
                            "%,d in %.0f ms, %.0f us each",
                            sizes.calls(),
                            millis,
                            millis * 1e3 / sizes.calls());
                });
    }

    private static List<Event.ToolFinished> results(Session session) {
        return session.entries().stream()
                .map(entry -> entry.event())
                .filter(Event.ToolFinished.class::isInstance)
                .map(Event.ToolFinished.class::cast)
                .toList();
    }

    private Finding hugeResult() throws InterruptedException {
        return session(
                a -> {},
                session -> {
                    long began = System.nanoTime();
                    turn(session, "big");
                    double millis = Finding.millisSince(began);
                    int shown = ContentBlock.text(results(session).getFirst().content()).length();
                    check(shown < 200_000, "a long result is trimmed for the model");
                    return Finding.of(
                            "long tool result",
                            "%,d characters, %,d of them shown to the model: %.0f ms",
                            sizes.result(),
                            shown,
                            millis);
                });
    }

    /// The call is refused or runs; in any case it has its result and the session goes on.
    private Finding deepNesting() throws InterruptedException {
        return session(
                a -> {},
                session -> {
                    long began = System.nanoTime();
                    var outcome = session.prompt("nested " + sizes.nesting()).await();
                    double millis = Finding.millisSince(began);
                    turn(session, "hello");
                    var calls = results(session);
                    return Finding.of(
                            "nested JSON",
                            "%,d levels: the turn was %s (result code %s) in %.0f ms, the next one completed",
                            sizes.nesting(),
                            outcome.getClass().getSimpleName(),
                            calls.isEmpty() ? "none" : calls.getFirst().code(),
                            millis);
                });
    }

    private Finding longSession() throws InterruptedException {
        return session(
                a -> {},
                session -> {
                    var millis = new double[sizes.turns()];
                    for (int i = 0; i < millis.length; i++) {
                        long began = System.nanoTime();
                        turn(session, "question " + i);
                        millis[i] = Finding.millisSince(began);
                    }
                    int tenth = millis.length / 10;
                    check(
                            session.state().turn().number() == millis.length,
                            "as many turns as prompts");
                    return Finding.of(
                            "long session",
                            "%d turns: median %.2f ms a turn in the second tenth, %.2f ms in the last; heap %d MiB",
                            millis.length,
                            median(Arrays.copyOfRange(millis, tenth, 2 * tenth)),
                            median(Arrays.copyOfRange(millis, 9 * tenth, millis.length)),
                            Finding.heapMiB());
                });
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /// Many sessions open at once, all talking.
    Finding crowd() throws InterruptedException {
        try (var model = model();
                var agent = agent(model, a -> {})) {
            var crowd = new Crowd(agent, sizes.sessions(), sizes.turnsPerSession());
            return crowd.run();
        }
    }
}
