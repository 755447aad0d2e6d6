package dev.bowline.conformance;

import dev.bowline.testkit.api.Cut;
import dev.bowline.testkit.api.ErrorReply;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeUsage;
import dev.bowline.testkit.api.Gate;
import dev.bowline.testkit.api.MessageReply;
import dev.bowline.testkit.api.ReplyBlock;
import dev.bowline.testkit.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A reply as a test writes it.
///
/// `error` (a status) with `message`, `type`, `headers` and `gate`; or a message of `thinking`,
/// `text` (with `deltas`), `tools` (`name`, `input`, `id`) and `blocks` (sent as they are), with
/// `stop`, `refusal` (`category`, `explanation`) and `usage` (`input`, `output`, `cacheRead`,
/// `cacheWrite`). Delivery: `gate` holds the first byte, `delay` is milliseconds before it, `pause`
/// milliseconds before each event, `stall` (`after` events, `gate`), `cut` (`after`, `how`: RESET,
/// FIN or EOF), `errorAfter` (`after`, `type`, `message`). Read by the queue: `when`, a text that
/// the request must contain, and `times`.
record ReplyJson(Map<String, Object> json, Function<String, Gate> gates) {
    FakeReply reply() {
        return json.get("error") instanceof Number status ? error(status.intValue()) : delivered();
    }

    private ErrorReply error(int status) {
        var reply = FakeReply.error(status);
        var message = text("message");
        if (message != null) {
            reply = reply.message(message);
        }
        var type = text("type");
        if (type != null) {
            reply = reply.type(type);
        }
        for (var header : object("headers").entrySet()) {
            reply = reply.header(header.getKey(), String.valueOf(header.getValue()));
        }
        var gate = text("gate");
        return gate == null ? reply : reply.heldBy(gates.apply(gate));
    }

    private MessageReply message() {
        var reply = FakeReply.empty();
        var thinking = text("thinking");
        if (thinking != null) {
            reply = reply.withThinking(thinking);
        }
        var text = text("text");
        if (text != null) {
            reply = reply.with(new ReplyBlock.Text(text, number(json, "deltas", 4)));
        }
        for (var each : Json.array(json.get("tools"))) {
            reply = reply.with(tool(Json.object(each)));
        }
        for (var each : Json.array(json.get("blocks"))) {
            reply = reply.with(new ReplyBlock.Raw(Json.write(each)));
        }
        return ended(reply);
    }

    private static ReplyBlock tool(Map<String, Object> tool) {
        var input = tool.get("input");
        var sent =
                input instanceof String text ? text : Json.write(input == null ? Map.of() : input);
        return new ReplyBlock.ToolUse(
                (String) tool.get("id"),
                String.valueOf(tool.get("name")),
                sent,
                Math.max(1, Math.min(20, sent.length() / 24)));
    }

    private MessageReply ended(MessageReply message) {
        var reply = message;
        var stop = text("stop");
        if (stop != null) {
            reply = reply.stop(stop);
        }
        if (json.containsKey("refusal")) {
            var refusal = object("refusal");
            reply =
                    reply.refused(
                            (String) refusal.get("category"), (String) refusal.get("explanation"));
        }
        if (json.containsKey("usage")) {
            var usage = object("usage");
            reply =
                    reply.usage(
                            new FakeUsage(
                                    number(usage, "input", 10),
                                    number(usage, "output", 5),
                                    number(usage, "cacheRead", 0),
                                    number(usage, "cacheWrite", 0),
                                    0));
        }
        return reply;
    }

    private MessageReply delivered() {
        var reply = message();
        if (json.get("pause") instanceof Number millis) {
            reply = reply.pauseEvery(1, Duration.ofMillis(millis.longValue()));
        }
        if (json.containsKey("stall")) {
            var stall = object("stall");
            var after = number(stall, "after", 1);
            reply =
                    stall.get("gate") instanceof String gate
                            ? reply.stallAfter(after, gates.apply(gate))
                            : reply.stallAfter(after);
        }
        if (json.containsKey("cut")) {
            var cut = object("cut");
            var how = Cut.valueOf(String.valueOf(cut.getOrDefault("how", "RESET")));
            reply = reply.disconnectAfter(number(cut, "after", 3), how);
        }
        if (json.containsKey("errorAfter")) {
            var error = object("errorAfter");
            reply =
                    reply.errorAfter(
                            number(error, "after", 3),
                            String.valueOf(error.getOrDefault("type", "overloaded_error")),
                            String.valueOf(error.getOrDefault("message", "Overloaded")));
        }
        return late(reply);
    }

    private MessageReply late(MessageReply reply) {
        var gate = text("gate");
        if (gate != null) {
            return reply.firstByteHeldBy(gates.apply(gate));
        }
        return json.get("delay") instanceof Number millis
                ? reply.firstByteAfter(Duration.ofMillis(millis.longValue()))
                : reply;
    }

    private @Nullable String text(String key) {
        return json.get(key) instanceof String text ? text : null;
    }

    private Map<String, Object> object(String key) {
        return Json.object(json.get(key));
    }

    private static int number(Map<String, Object> from, String key, int otherwise) {
        return from.get(key) instanceof Number number ? number.intValue() : otherwise;
    }
}
