package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.Answer;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.VirtualTime;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// An agent with one tool and the hooks of a test, and what it leaves behind.
abstract class HookedAgent {
    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<HookEvent> told = new ConcurrentLinkedQueue<>();
    final MemoryStore store = new MemoryStore();
    final VirtualTime time = new VirtualTime();

    final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> {
                        ran.add(input.what());
                        return ToolResult.text("changed " + input.what());
                    });

    Answer ask(ScriptedModel model, Consumer<AgentOptions> options) throws Exception {
        try (var agent =
                Agent.of(
                        model,
                        ((Consumer<AgentOptions>) a -> a.tools(change).allow("change").store(store))
                                .andThen(options))) {
            return agent.ask("go");
        }
    }

    List<Event> events(Answer answer) {
        try (var log = store.open(answer.session())) {
            return log.entries().stream().map(Entry::event).toList();
        }
    }

    static ScriptedModel oneCall() {
        return ScriptedModel.saying(call("change", "{\"what\":\"x\"}"), text("done"));
    }

    static <E extends HookEvent> Hook on(Class<E> type, Hook hook) {
        return event -> type.isInstance(event) ? hook.on(event) : HookOutcome.none();
    }

    /// A hook with everything that has a default.
    record Full(Predicate<HookEvent> wants, Duration limit, boolean blocks, Hook does)
            implements Hook {
        @Override
        public HookOutcome on(HookEvent event) throws Exception {
            return does.on(event);
        }

        @Override
        public boolean matches(HookEvent event) {
            return wants.test(event);
        }

        @Override
        public boolean blocksOnFailure(HookEvent event) {
            return blocks || Hook.super.blocksOnFailure(event);
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.ofNullable(limit);
        }
    }

    static HookOutcome hang(HookEvent event) throws InterruptedException {
        new CountDownLatch(1).await();
        return HookOutcome.none();
    }

    <E extends HookEvent> E the(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }
}
