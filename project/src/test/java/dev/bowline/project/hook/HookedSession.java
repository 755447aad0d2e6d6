package dev.bowline.project.hook;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutput;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Access;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An agent with one tool, `Bash`, and the hooks of some settings, which run for real in a folder.
final class HookedSession {
    @ToolInput(name = "Bash", description = "Runs.", effect = Effect.WRITE)
    record Shell(@Describe("what") String command) {}

    final Path folder;
    final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> watched = new ConcurrentLinkedQueue<>();
    final Map<String, String> seen = new ConcurrentHashMap<>();
    final Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    final List<Event> events = new ArrayList<>();
    ServerTools servers = ServerTools.NONE;
    boolean defers;
    ScriptedModel model =
            ScriptedModel.saying(call("Bash", "{\"command\":\"git status\"}"), text("done"));
    Consumer<AgentOptions> options = a -> a.allow("Bash");

    HookedSession(Path folder) {
        this.folder = folder;
    }

    Tool shell() {
        return Tool.of(
                Shell.class,
                (input, context) -> {
                    ran.add(input.command());
                    seen.putAll(context.environment());
                    return ToolResult.text("ran " + input.command());
                },
                input -> {
                    var words =
                            Stream.of(input.command().split(" ")).map(Access.Word::new).toList();
                    return List.of(new Access.Runs(input.command(), words, Access.Nature.PLAIN));
                });
    }

    List<Hook> hooks(String json) {
        var config = HookConfig.parse(Json.parse(json), "settings.json");
        if (!config.problems().isEmpty()) {
            throw new IllegalArgumentException(config.problems().toString());
        }
        return config.hooks(place());
    }

    HookPlace place() {
        return new HookPlace(
                folder,
                environment,
                event -> new HookInput.Base("/t.jsonl", folder.toString(), "default"),
                new HookOutput(updates -> List.of()),
                servers,
                (event, status) ->
                        (outcome, said) ->
                                watched.add(event.name() + " " + outcome + " " + said.exitCode()),
                defers);
    }

    /// One handler of the type command for an event.
    static String command(String event, String command, String more) {
        return "{\""
                + event
                + "\":[{\"hooks\":[{\"type\":\"command\",\"command\":"
                + Json.of(command).text()
                + more
                + "}]}]}";
    }

    /// Asks once; the answer's text.
    String ask(String json) throws Exception {
        try (var agent = agent(json);
                var session = agent.open()) {
            session.prompt("go").await();
            session.entries().forEach(entry -> events.add(entry.event()));
            return session.state().messages().getLast().text();
        }
    }

    Agent agent(String json) {
        var hooks = hooks(json);
        return Agent.of(
                model,
                ((Consumer<AgentOptions>)
                                a ->
                                        a.tools(shell())
                                                .directory(folder)
                                                .hooks(hooks.toArray(Hook[]::new)))
                        .andThen(options));
    }

    /// What the model got for its first call.
    String result() {
        return model.requests().get(1).messages().stream()
                .flatMap(message -> message.content().stream())
                .filter(ContentBlock.ToolResult.class::isInstance)
                .map(block -> ContentBlock.text(((ContentBlock.ToolResult) block).content()))
                .findFirst()
                .orElseThrow();
    }

    /// All that the model was told with a request.
    String told(int request) {
        return model.requests().get(request).messages().getLast().text();
    }

    String file(String name) throws Exception {
        var file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
