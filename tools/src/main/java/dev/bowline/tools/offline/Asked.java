package dev.bowline.tools.offline;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.ToolDefinition;
import dev.bowline.model.ModelRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a request says to this model: the last prompt, the calls since then, the tools on offer.
record Asked(String prompt, List<Done> done, Set<String> tools) {
    private static final Pattern REMINDER =
            Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

    static Asked in(ModelRequest request) {
        var messages = request.messages();
        int at = messages.size() - 1;
        while (at > 0
                && (messages.get(at).role() != Role.USER || prompt(messages.get(at)).isEmpty())) {
            at--;
        }
        var tools = new HashSet<String>();
        request.tools().stream().map(ToolDefinition::name).forEach(tools::add);
        return messages.isEmpty()
                ? new Asked("", List.of(), tools)
                : new Asked(
                        prompt(messages.get(at)),
                        done(messages.subList(at + 1, messages.size())),
                        tools);
    }

    private static String prompt(Message message) {
        var text = new StringBuilder();
        for (var block : message.content()) {
            if (block instanceof ContentBlock.Text said
                    && !said.text().startsWith("[Request interrupted by user")) {
                text.append(text.isEmpty() ? "" : "\n").append(said.text());
            }
        }
        return REMINDER.matcher(text).replaceAll("").strip();
    }

    private static List<Done> done(List<Message> messages) {
        var results = new HashMap<String, ContentBlock.ToolResult>();
        var uses = new ArrayList<ContentBlock.ToolUse>();
        for (var message : messages) {
            for (var block : message.content()) {
                if (block instanceof ContentBlock.ToolUse use) {
                    uses.add(use);
                } else if (block instanceof ContentBlock.ToolResult result) {
                    results.put(result.toolUseId(), result);
                }
            }
        }
        return uses.stream()
                .filter(use -> results.containsKey(use.id()))
                .map(use -> done(use, results))
                .toList();
    }

    private static Done done(
            ContentBlock.ToolUse use, Map<String, ContentBlock.ToolResult> results) {
        var result = results.get(use.id());
        return result == null
                ? new Done(use.name(), use.input(), "", true)
                : new Done(
                        use.name(),
                        use.input(),
                        ContentBlock.text(result.content()),
                        result.isError());
    }
}
