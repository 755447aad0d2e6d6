package dev.bowline.tools.offline;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.ToolDefinition;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A conversation with the offline model in which the test plays the tools.
final class Talk {
    static final Set<String> ALL = Set.of("Glob", "Grep", "Read", "Write", "Edit", "Bash");

    /// What a tool answers.
    interface Tools {
        String answer(String tool, Map<String, Object> input);
    }

    final List<String> calls = new ArrayList<>();
    final List<Map<String, Object>> inputs = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<StreamEvent> events = new ArrayList<>();
    ModelReply last;
    private final Set<String> offered;
    private final Tools tools;

    Talk(Set<String> offered, Tools tools) {
        this.offered = offered;
        this.tools = tools;
    }

    /// Asks with all tools, each answering what the test says; an answer that begins with `!` is an
    /// error.
    static Talk ask(String prompt, Tools tools) throws InterruptedException {
        var talk = new Talk(ALL, tools);
        talk.prompt(prompt);
        return talk;
    }

    String prompt(String prompt) throws InterruptedException {
        return prompt(Message.user(prompt));
    }

    String prompt(Message prompt) throws InterruptedException {
        messages.add(prompt);
        for (int i = 0; i < 100; i++) {
            last = new OfflineModel().reply(request(), events::add);
            messages.add(new Message(Role.ASSISTANT, last.content()));
            if (last.stopReason().equals(StopReason.END_TURN)) {
                return text();
            }
            messages.add(new Message(Role.USER, results()));
        }
        throw new AssertionError("the model never ends: " + calls);
    }

    ModelRequest request() {
        var definitions =
                offered.stream()
                        .sorted()
                        .map(name ->
                                new ToolDefinition(name, name, Json.parse("{\"type\":\"object\"}")))
                        .toList();
        return ModelRequest.of("offline", messages, options -> options.tools(definitions));
    }

    private List<ContentBlock> results() {
        var results = new ArrayList<ContentBlock>();
        for (var block : last.content()) {
            if (block instanceof ContentBlock.ToolUse use) {
                calls.add(use.name() + " " + use.input());
                inputs.add(use.input().asMap());
                var said = tools.answer(use.name(), use.input().asMap());
                boolean failed = said.startsWith("!");
                results.add(
                        new ContentBlock.ToolResult(
                                use.id(),
                                List.of(new ContentBlock.Text(failed ? said.substring(1) : said)),
                                failed));
            }
        }
        return results;
    }

    String text() {
        return ContentBlock.text(last.content());
    }

    List<String> tools() {
        return calls.stream().map(call -> call.substring(0, call.indexOf(' '))).toList();
    }
}
