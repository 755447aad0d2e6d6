package dev.bowline.anthropic;

import static dev.bowline.testkit.api.FakeReply.empty;
import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.thinking;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.Turn;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.model.Retry;
import dev.bowline.model.RetryingModel;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Cut;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import dev.bowline.testkit.api.MessageReply;
import dev.bowline.testkit.api.ReplyBlock;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Durability;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Conversations made by chance: odd replies, failures, interrupts, prompts in between, crashes,
/// rewinds and forks. Whatever happened, every request is one that the service accepts, every
/// transcript loads with valid pairs of calls and results, and nothing that writes runs twice. The
/// property `conversations` sets how many there are, `seed` the first one.
@Timeout(120)
class AnyConversationTest {
    private static final int STEPS = 12;

    @TempDir Path folder;

    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    static LongStream seeds() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(first, first + Integer.getInteger("conversations", 10));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isValidWhateverHappens(long seed) throws Exception {
        try (var run = new Run(seed, folder)) {
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            run.check();
        }
    }

    /// One conversation: the service, the session, and what is known about them.
    private static final class Run implements AutoCloseable {
        private final Random steps;
        private final Random replies;
        private final Path folder;
        private final FakeMessagesApi api;
        private final Agent agent;
        private final AtomicInteger stores = new AtomicInteger();
        private final Set<String> written = ConcurrentHashMap.newKeySet();
        private final Set<String> doubled = ConcurrentHashMap.newKeySet();
        private JsonlStore store;
        private Agent current;
        private Session session;

        Run(long seed, Path folder) {
            this.steps = new Random(seed);
            this.replies = new Random(~seed);
            this.folder = folder;
            this.api = FakeMessagesApi.start(script -> script.replyWith(this::reply));
            this.store = new JsonlStore(folder.resolve("0"), Durability.PROCESS);
            this.agent = agent(store);
            this.current = agent;
            this.session = agent.open();
        }

        private Agent agent(JsonlStore where) {
            var model =
                    AnthropicModel.of(o ->
                            o.baseUrl(api.baseUrl())
                                    .apiKey("sk-key")
                                    .idleTimeout(Duration.ofMillis(100)));
            var retry = new Retry(2, Duration.ZERO, Duration.ZERO, Duration.ZERO);
            var look =
                    Tool.of(
                            Look.class,
                            (input, context) ->
                                    switch (input.what().length() % 3) {
                                        case 0 -> ToolResult.text("");
                                        case 1 -> throw new IllegalStateException("nothing there");
                                        default -> ToolResult.text("saw " + input.what());
                                    });
            var change =
                    Tool.of(
                            Change.class,
                            (input, context) -> {
                                if (!written.add(context.toolUseId())) {
                                    doubled.add(context.toolUseId());
                                }
                                return ToolResult.text("changed");
                            });
            return Agent.of(
                    RetryingModel.of(model, retry),
                    a ->
                            a.modelName("claude-sonnet-5")
                                    .tools(look, change)
                                    .allow("change")
                                    .maxTurns(6)
                                    .directory(folder)
                                    .store(where));
        }

        /// What the service says to any request.
        private synchronized FakeReply reply(FakeRequest request) {
            var last = FakeRequest.blocks(request.messages().getLast());
            var asked = last.getLast();
            if ("server_tool_use".equals(asked.get("type"))) {
                return empty().with(found(asked.get("id"))).withText("found it");
            }
            return switch (replies.nextInt(24)) {
                case 0 -> error(529);
                case 1 -> error(500);
                case 2 -> error(400, "no");
                case 3 -> message().disconnectAfter(replies.nextInt(8), Cut.RESET);
                case 4 -> message().overloadedAfter(replies.nextInt(8));
                case 5 -> message().stallAfter(replies.nextInt(8));
                case 6 -> message().stop("max_tokens");
                case 7 -> message().stop("pause_turn");
                case 8 -> message().stop("something_new");
                case 9 -> FakeReply.refusal("cyber", "no");
                case 10 -> empty();
                case 11 -> thinking("hm").maxTokens();
                case 12 -> FakeReply.text("half").with(search()).pauseTurn();
                case 13 -> empty().with(search()).pauseTurn();
                default -> message();
            };
        }

        private MessageReply message() {
            var reply = empty();
            for (int i = replies.nextInt(4); i >= 0; i--) {
                reply = block(reply);
            }
            return reply;
        }

        private MessageReply block(MessageReply reply) {
            return switch (replies.nextInt(12)) {
                case 0 -> reply.withThinking("I wonder.");
                case 1 -> reply.withRedactedThinking();
                case 2 -> reply.withText(" \n");
                case 3, 4 -> reply.withText("Some words that take several deltas.");
                case 5 -> reply.withToolUse("change", "{\"what\":\"" + replies.nextInt() + "\"}");
                case 6 -> reply.withToolUse("unheard", "{\"a\":1}");
                case 7 -> reply.withToolUse("look", "{\"what\":");
                case 8 -> reply.withToolUse("look", "{\"who\":1}");
                case 9 ->
                        reply.with(
                                new ReplyBlock.Raw("{\"type\":\"compaction\",\"content\":\"x\"}"));
                default ->
                        reply.withToolUse(
                                "look", "{\"what\":\"" + "x".repeat(replies.nextInt(4)) + "\"}");
            };
        }

        private ReplyBlock search() {
            return new ReplyBlock.Raw(
                    "{\"type\":\"server_tool_use\",\"id\":\"srv_"
                            + replies.nextInt()
                            + "\",\"name\":\"web_search\",\"input\":{\"query\":\"q\"}}");
        }

        private static ReplyBlock found(Object id) {
            return new ReplyBlock.Raw(
                    "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\""
                            + id
                            + "\",\"content\":[]}");
        }

        void step() throws Exception {
            switch (steps.nextInt(12)) {
                case 0, 1, 2 -> session.prompt("go on").await();
                case 3 -> interruptedAt(steps.nextInt(20)).await();
                case 4, 5 -> several();
                case 6 -> closedAt(steps.nextInt(20));
                case 7, 8 -> crash();
                case 9 -> rewind();
                case 10 -> fork();
                default -> {
                    session.rename("title " + steps.nextInt());
                    session.prompt("and").await();
                }
            }
            valid(session.entries());
        }

        private Turn interruptedAt(int update) {
            var seen = new AtomicInteger();
            return session.prompt(
                    Prompt.of("stop soon"),
                    any -> {
                        if (seen.getAndIncrement() == update) {
                            session.interrupt();
                        }
                    });
        }

        private void several() throws InterruptedException {
            var turn = session.prompt("first");
            var rest =
                    Stream.of(Prompt.Priority.values())
                            .map(priority -> session.prompt(Prompt.of("more", priority)))
                            .toList();
            rest.get(steps.nextInt(rest.size())).interrupt();
            turn.await();
            for (var each : rest) {
                each.await();
            }
        }

        private void closedAt(int update) throws InterruptedException {
            var seen = new AtomicInteger();
            var closing = session;
            var turn =
                    session.prompt(
                            Prompt.of("close soon"),
                            any -> {
                                if (seen.getAndIncrement() == update) {
                                    closing.close();
                                }
                            });
            turn.await();
            session.close();
            again();
        }

        private void again() throws InterruptedException {
            session = current.resume(session.id());
            if (steps.nextBoolean()) {
                var turn = session.proceed();
                if (turn.isPresent()) {
                    turn.get().await();
                }
            }
        }

        /// The file as it was at some moment of the past, in a new place: what a crash leaves.
        private void crash() throws Exception {
            session.prompt("crash").await();
            session.close();
            var bytes = Files.readAllBytes(store.file(session.id()));
            long first = bytes.length / 2;
            int length = (int) (first + steps.nextLong(bytes.length - first + 1));
            var project = store.file(session.id()).getParent().getFileName();
            var next = folder.resolve(String.valueOf(stores.incrementAndGet()));
            var target = next.resolve("projects").resolve(project);
            Files.createDirectories(target);
            Files.write(target.resolve(session.id() + ".jsonl"), Arrays.copyOf(bytes, length));
            store.close();
            store = new JsonlStore(next, Durability.PROCESS);
            current = agent(store);
            written.retainAll(started());
            again();
        }

        private List<String> started() {
            return store.read(session.id()).stream()
                    .map(Entry::event)
                    .filter(Event.ToolStarted.class::isInstance)
                    .map(event -> ((Event.ToolStarted) event).toolUseId())
                    .toList();
        }

        private void rewind() throws InterruptedException {
            try {
                session.rewind(1 + steps.nextLong(Math.max(1, session.state().number())));
            } catch (IllegalArgumentException | IllegalStateException notNow) {
                assertTrue(String.valueOf(notNow.getMessage()).matches(".*(entry|working).*"));
            }
            session.prompt("after the rewind").await();
        }

        private void fork() throws InterruptedException {
            session.prompt("before the fork").await();
            long at = 1 + steps.nextLong(session.state().number());
            var parent = session.id();
            session.close();
            session = current.fork(parent, at, SessionId.random());
            written.clear();
            session.prompt("after the fork").await();
        }

        void check() throws InterruptedException {
            session.prompt("the last one").await();
            session.close();
            valid(store.read(session.id()));
            assertEquals(List.of(), api.violations());
            assertEquals(List.of(), api.failures());
            assertEquals(Set.of(), doubled);
            api.requests().forEach(request -> searchesAnswered(request.messages()));
        }

        /// The service refuses a search of its own whose result is missing, unless it is the last
        /// thing said and so goes on.
        private static void searchesAnswered(List<Map<String, Object>> messages) {
            for (var message : messages.subList(0, messages.size() - 1)) {
                var blocks = FakeRequest.blocks(message);
                var answered = blocks.stream().map(block -> block.get("tool_use_id")).toList();
                for (var block : blocks) {
                    assertTrue(
                            !"server_tool_use".equals(block.get("type"))
                                    || answered.contains(block.get("id")),
                            messages::toString);
                }
            }
        }

        private static void valid(List<Entry> entries) {
            var state = SessionState.EMPTY;
            for (var entry : entries) {
                assertEquals(state.number() + 1, entry.number());
                boolean ends = entry.event() instanceof Event.TurnEnded;
                assertTrue(!ends || state.turn().open(), () -> "ended twice: " + entry);
                state = state.plus(entry);
            }
            if (state.pending().isEmpty()) {
                paired(state.messages());
            }
        }

        private static void paired(List<Message> messages) {
            var open = new HashSet<String>();
            for (var message : messages) {
                for (var block : message.content()) {
                    if (block instanceof ContentBlock.ToolUse use) {
                        assertTrue(open.add(use.id()), () -> "two calls " + use.id());
                    } else if (block instanceof ContentBlock.ToolResult result) {
                        assertTrue(open.remove(result.toolUseId()), () -> "no call for " + result);
                    }
                }
                assertTrue(message.role() == Role.ASSISTANT || open.isEmpty(), open::toString);
            }
            assertTrue(open.isEmpty(), open::toString);
        }

        @Override
        public void close() {
            session.close();
            store.close();
            api.close();
        }
    }
}
