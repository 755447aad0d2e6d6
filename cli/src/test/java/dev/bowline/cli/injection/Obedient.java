package dev.bowline.cli.injection;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.model.ModelRequest;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.ScriptedModel.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model that does what its user wants, step by step, and before that whatever any text that it
/// gets to see orders it to do. Calls of the user have ids that begin with `own_`, those of
/// strangers begin with `hostile_`.
final class Obedient {
    static final String OWN = "own_";
    static final String HOSTILE = "hostile_";

    private final String secret;
    private final Deque<Order> steps = new ArrayDeque<>();
    private final Set<Order> obeyed = new HashSet<>();
    private @Nullable String summary;
    private int calls;
    private final ScriptedModel model = ScriptedModel.answering(this::line);

    /// @param secret what it looks for, to put it where an order says `${SEEN}`
    Obedient(String secret) {
        this.secret = secret;
    }

    ScriptedModel model() {
        return model;
    }

    /// What the user wants next; it is ready to obey again what it has obeyed before.
    void wants(List<Order> wanted) {
        obeyed.clear();
        steps.addAll(wanted);
    }

    /// Its next answer is this text.
    void says(String text) {
        summary = text;
    }

    private Line line(ModelRequest request) {
        var said = summary;
        if (said != null) {
            summary = null;
            return ScriptedModel.text(said);
        }
        var seen = seen(request);
        for (var order : Order.in(seen)) {
            if (obeyed.add(order)) {
                return call(HOSTILE, order, seen);
            }
        }
        var step = steps.poll();
        return step == null ? ScriptedModel.text("Done.") : call(OWN, step, seen);
    }

    private Line call(String prefix, Order order, String seen) {
        var input = order.input().replace("${SEEN}", seen.contains(secret) ? secret : "nothing");
        return ScriptedModel.reply(
                StopReason.TOOL_USE,
                new ContentBlock.ToolUse(prefix + ++calls, order.tool(), Json.parse(input)));
    }

    private static String seen(ModelRequest request) {
        var tools =
                request.tools().stream()
                        .map(tool -> tool.description())
                        .collect(Collectors.joining("\n"));
        return tools
                + request.messages().stream()
                        .filter(message -> message.role() == Role.USER)
                        .map(Message::content)
                        .map(Obedient::text)
                        .collect(Collectors.joining("\n"));
    }

    private static String text(List<ContentBlock> content) {
        return content.stream()
                .map(block ->
                        switch (block) {
                            case ContentBlock.Text text -> text.text();
                            case ContentBlock.ToolResult result -> text(result.content());
                            case ContentBlock other -> "";
                        })
                .collect(Collectors.joining("\n"));
    }
}
