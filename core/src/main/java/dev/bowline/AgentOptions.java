package dev.bowline;

import dev.bowline.budget.Budget;
import dev.bowline.budget.Ledger;
import dev.bowline.budget.Money;
import dev.bowline.hook.Hook;
import dev.bowline.json.Json;
import dev.bowline.loop.Setup;
import dev.bowline.loop.StructuredOutput;
import dev.bowline.memory.Compaction;
import dev.bowline.memory.ContextStrategy;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.Pricing;
import dev.bowline.model.Thinking;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Boundary;
import dev.bowline.permission.OnTimeout;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionStore;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.RuleBook;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.ChildEnvironment;
import dev.bowline.tool.Interceptor;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolRegistry;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/// Everything about an agent that has a default. Used once, inside [Agent#of].
public final class AgentOptions {
    /// Model calls in one turn, unless said otherwise.
    public static final int DEFAULT_MAX_TURNS = 200;

    /// Characters of a prompt, unless said otherwise.
    public static final int DEFAULT_PROMPT_LIMIT = 10_000;

    /// How often structured output is tried, unless said otherwise.
    public static final int DEFAULT_OUTPUT_ATTEMPTS = 5;

    private String modelName = "default";
    private final List<String> instructions = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Trust trust = new Trust();
    private final HookSources hooks = new HookSources();
    private final List<Interceptor> interceptors = new ArrayList<>();
    private final Directories directories = new Directories();
    private final Bounds bounds = new Bounds();
    private @Nullable Map<String, String> environment;
    private @Nullable SessionStore store;
    private boolean fileCheckpoints;
    private final List<Function<String, Optional<String>>> filters = new ArrayList<>();
    private Thinking thinking = Thinking.UNSET;
    private @Nullable Double temperature;
    private ContextStrategy context = ContextStrategy.full();
    private ToLongBiFunction<String, Usage> prices =
            (model, usage) -> Pricing.published().cost(model, usage);
    private @Nullable Json outputSchema;
    private Compaction compaction = Compaction.DEFAULT;
    private final Map<String, Json> extra = new TreeMap<>();
    private ThreadFactory threads = Thread.ofVirtual().factory();
    private TimeSource time = TimeSource.system();
    private @Nullable Supplier<UUID> ids;

    AgentOptions() {}

    /// The name that the model is asked by; default `default`.
    public AgentOptions modelName(String name) {
        modelName = name;
        return this;
    }

    /// The system prompt, in parts; stable parts first.
    public AgentOptions instructions(String... parts) {
        instructions.clear();
        return appendInstructions(parts);
    }

    public AgentOptions appendInstructions(String... parts) {
        instructions.addAll(Arrays.asList(parts));
        return this;
    }

    public AgentOptions tools(Tool... more) {
        return tools(Arrays.asList(more));
    }

    public AgentOptions tools(Collection<? extends Tool> more) {
        tools.addAll(more);
        return this;
    }

    public AgentOptions permissionMode(PermissionMode chosen) {
        trust.mode = chosen;
        return this;
    }

    /// Rules that let calls run without asking, for example `Bash(npm run *)`.
    public AgentOptions allow(String... rules) {
        return rules(Trust.given(Behavior.ALLOW, rules));
    }

    /// Rules for calls that always ask.
    public AgentOptions ask(String... rules) {
        return rules(Trust.given(Behavior.ASK, rules));
    }

    /// Rules for calls that never run. A bare tool name hides the tool from the model.
    public AgentOptions deny(String... rules) {
        return rules(Trust.given(Behavior.DENY, rules));
    }

    /// Rules of any kind, each with where it came from.
    public AgentOptions rules(List<RuleBook.Given> more) {
        trust.rules.addAll(more);
        return this;
    }

    /// Values that are replaced in what tools bring, before it is recorded or shown to the model;
    /// those of fewer than eight characters are not. Default: the credentials in the process's
    /// environment, see [ChildEnvironment].
    public AgentOptions secrets(Collection<String> values) {
        trust.secrets = values.stream().filter(ChildEnvironment::isSecret).distinct().toList();
        return this;
    }

    /// What happens when a session that has read content of strangers - a page, another program's
    /// answer - reaches for the outside; default: a person is asked.
    public AgentOptions boundary(Boundary chosen) {
        trust.boundary = chosen;
        return this;
    }

    /// Who answers when a call needs permission; default: nobody, which is a no.
    public AgentOptions approver(Approver who) {
        trust.approver = who;
        return this;
    }

    /// How long a question of permission stays with those who are asked, and what becomes of it
    /// then; default: no bound. See [Approver#later] for those that nobody answers now.
    ///
    /// @throws IllegalArgumentException when the time is not positive
    public AgentOptions approvalTimeout(Duration limit, OnTimeout then) {
        bounds.approvalTimeout = Bounds.positive("approvalTimeout", limit);
        bounds.onTimeout = then;
        return this;
    }

    /// Where permission updates are kept that are meant to last; default: nowhere, they end with
    /// the session.
    public AgentOptions permissionStore(PermissionStore where) {
        trust.store = where;
        return this;
    }

    public AgentOptions hooks(Hook... more) {
        hooks.add(Arrays.asList(more));
        return this;
    }

    /// Hooks that may change while sessions are open: `source` is asked anew for each event.
    public AgentOptions hooks(Supplier<List<Hook>> source) {
        hooks.changing(source);
        return this;
    }

    public AgentOptions interceptors(Interceptor... more) {
        interceptors.addAll(Arrays.asList(more));
        return this;
    }

    /// Where the agent works; default: the process's own directory.
    public AgentOptions directory(Path where) {
        directories.main(where);
        return this;
    }

    public AgentOptions additionalDirectories(Collection<Path> more) {
        directories.add(more);
        return this;
    }

    /// The environment of child processes; default: the process's own without credentials.
    public AgentOptions environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /// Where sessions are kept; default: in memory. The agent doesn't close it.
    public AgentOptions store(SessionStore where) {
        store = where;
        return this;
    }

    /// Model calls in one turn; 0 is no bound. Default 200.
    public AgentOptions maxTurns(int calls) {
        bounds.maxTurns = Bounds.notNegative("maxTurns", calls);
        return this;
    }

    /// Tokens of one answer; 0 lets the model decide.
    public AgentOptions maxTokens(int tokens) {
        bounds.maxTokens = Bounds.notNegative("maxTokens", tokens);
        return this;
    }

    /// Dollars that one session may cost; checked before each model call.
    public AgentOptions budgetUsd(BigDecimal dollars) {
        bounds.budget = new Budget(Money.nanos(dollars), Budget.UNLIMITED, Budget.UNLIMITED);
        return this;
    }

    public AgentOptions budget(Budget caps) {
        bounds.budget = caps;
        return this;
    }

    /// A budget shared with other agents.
    public AgentOptions ledger(Ledger shared) {
        bounds.ledger = shared;
        return this;
    }

    /// How long a turn may take; looked at between steps. Default: no bound but those of calls and
    /// tools.
    public AgentOptions turnTimeout(Duration limit) {
        bounds.turnTimeout = limit;
        return this;
    }

    /// Characters of a prompt. Default 10,000.
    public AgentOptions promptLimit(int characters) {
        bounds.promptLimit = Bounds.notNegative("promptLimit", characters);
        return this;
    }

    /// Prompts of one session in a minute; 0 is no bound, the default.
    public AgentOptions promptsPerMinute(int prompts) {
        bounds.promptsPerMinute = Bounds.notNegative("promptsPerMinute", prompts);
        return this;
    }

    /// Whether files are kept before tools change them, so that [Session#rewindFiles] can bring
    /// them back; default: no. Copies of files up to 50 MiB, for the newest 100 prompts of a
    /// session.
    public AgentOptions fileCheckpoints(boolean keep) {
        fileCheckpoints = keep;
        return this;
    }

    /// Looks at each prompt; says why it must not be accepted, or nothing.
    public AgentOptions filter(Function<String, Optional<String>> refusal) {
        filters.add(refusal);
        return this;
    }

    public AgentOptions thinking(Thinking how) {
        thinking = how;
        return this;
    }

    public AgentOptions temperature(double value) {
        temperature = value;
        return this;
    }

    /// What of the conversation the model sees; default: all.
    public AgentOptions context(ContextStrategy strategy) {
        context = strategy;
        return this;
    }

    /// Each turn ends with a value that fits this JSON schema, or with a limit reached: the model
    /// gets a tool `StructuredOutput` to hand it in. See [dev.bowline.transcript.Outcome.Completed]
    /// and [Turn#structured].
    ///
    /// @throws IllegalArgumentException when the schema isn't one of an object or has a fault
    public AgentOptions outputSchema(Json schema) {
        outputSchema = new StructuredOutput(schema).schema();
        return this;
    }

    /// How often the model may try structured output: calls that don't fit, and answers without
    /// one. Default 5.
    public AgentOptions outputAttempts(int attempts) {
        bounds.outputAttempts = Bounds.positive("outputAttempts", attempts);
        return this;
    }

    /// When the conversation is summarised by itself; default: at 95 % of the model's window.
    public AgentOptions compaction(Compaction when) {
        compaction = when;
        return this;
    }

    /// A further member of each request on the wire, for example `output_config`; replaces one of
    /// ours.
    public AgentOptions extra(String name, Json value) {
        extra.put(name, value);
        return this;
    }

    /// What a call costs in nano-dollars, by model and usage; -1 for unknown. Default: the
    /// published prices of [Pricing].
    public AgentOptions prices(ToLongBiFunction<String, Usage> table) {
        prices = table;
        return this;
    }

    /// What turns run on; default: virtual threads. A program with few sessions that ends soon may
    /// prefer daemon threads of the platform: the VM waits a third of a second at its end for the
    /// thread that watches sockets for virtual ones.
    public AgentOptions threads(ThreadFactory factory) {
        threads = factory;
        return this;
    }

    public AgentOptions time(TimeSource source) {
        time = source;
        return this;
    }

    /// Names of entries; default: random.
    public AgentOptions ids(Supplier<UUID> source) {
        ids = source;
        return this;
    }

    SessionStore store() {
        return store == null ? new MemoryStore() : store;
    }

    boolean ownsStore() {
        return store == null;
    }

    Setup setup(Model model) {
        var registry = new ToolRegistry(tools);
        if (outputSchema != null) {
            registry.register(new StructuredOutput(outputSchema));
        }
        return new Setup(
                Bowline.VERSION,
                model,
                modelName,
                List.copyOf(instructions),
                registry,
                trust.mode,
                new RuleBook(trust.rules, directories.additional()),
                trust.boundary,
                trust.secrets(),
                trust.approver,
                hooks.all(),
                List.copyOf(interceptors),
                directories.main(),
                environment == null ? ChildEnvironment.of(System.getenv()) : environment,
                bounds.limits(outputSchema != null),
                bounds.ledger(),
                prices,
                thinking,
                temperature,
                context,
                List.copyOf(filters),
                bounds.promptsPerMinute,
                fileCheckpoints,
                time,
                ids == null ? new EntryIds() : ids,
                trust.store,
                compaction,
                Map.copyOf(extra),
                threads);
    }
}
