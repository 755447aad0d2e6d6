package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The content events of a reply, rendered once: only ids of tool calls are filled in when it is
/// served.
final class Stencil {
    private static final String HOLE = "toolu_fake00000000000000";

    private final List<Event> events;
    private final List<ReplyBlock> blocks;
    private final byte[] framed;
    private final List<Integer> holes;
    private final int outputTokens;

    private Stencil(List<ReplyBlock> blocks, List<Event> events) {
        this.blocks = blocks;
        this.events = events;
        this.holes = new ArrayList<>();
        var bytes = new ByteArrayOutputStream();
        for (var event : events) {
            var data = MessageReply.utf8(event.text);
            bytes.writeBytes(MessageReply.utf8(Integer.toHexString(data.length) + "\r\n"));
            if (event.hole) {
                // Before the id there is ASCII only, so the character's place is the byte's place.
                holes.add(bytes.size() + event.text.indexOf(HOLE));
            }
            bytes.writeBytes(data);
            bytes.writeBytes(MessageReply.utf8("\r\n"));
        }
        this.framed = bytes.toByteArray();
        this.outputTokens = Math.max(1, blocks.stream().mapToInt(Stencil::characters).sum() / 4);
    }

    static Stencil of(List<ReplyBlock> blocks) {
        var events = new ArrayList<Event>();
        for (var i = 0; i < blocks.size(); i++) {
            addBlock(events, blocks.get(i), i);
        }
        if (blocks.isEmpty()) {
            events.add(event("ping", "{\"type\":\"ping\"}", false));
        }
        return new Stencil(blocks, events);
    }

    int outputTokens() {
        return outputTokens;
    }

    /// New ids for the tool calls that have none of their own, in order.
    List<String> newIds(Ids ids) {
        var list = new ArrayList<String>(holes.size());
        for (var i = 0; i < holes.size(); i++) {
            list.add(ids.tool());
        }
        return list;
    }

    /// The events as HTTP chunks, one each.
    byte[] framed(List<String> ids) {
        if (holes.isEmpty()) {
            return framed;
        }
        var copy = framed.clone();
        for (var i = 0; i < ids.size(); i++) {
            var id = ids.get(i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(id, 0, copy, holes.get(i), id.length);
        }
        return copy;
    }

    /// The events one by one.
    List<byte[]> events(List<String> ids) {
        var list = new ArrayList<byte[]>(events.size());
        var next = 0;
        for (var event : events) {
            var text = event.hole ? event.text.replaceFirst(HOLE, ids.get(next++)) : event.text;
            list.add(MessageReply.utf8(text));
        }
        return list;
    }

    /// The ids of all tool calls, given and new ones, in order.
    List<String> toolIds(List<String> ids) {
        var all = new ArrayList<String>();
        var next = 0;
        for (var block : blocks) {
            if (block instanceof ReplyBlock.ToolUse tool) {
                all.add(tool.id() == null ? ids.get(next++) : tool.id());
            }
        }
        return all;
    }

    /// The content array of a whole message.
    String content(List<String> ids) {
        var text = new StringBuilder("[");
        var next = 0;
        for (var block : blocks) {
            text.append(text.length() == 1 ? "" : ",");
            var id =
                    block instanceof ReplyBlock.ToolUse tool && tool.id() == null
                            ? ids.get(next++)
                            : "";
            text.append(whole(block, id));
        }
        return text.append(']').toString();
    }

    private static String whole(ReplyBlock block, String newId) {
        return switch (block) {
            case ReplyBlock.Text(var text, _) ->
                    "{\"type\":\"text\",\"text\":" + Json.write(text) + "}";
            case ReplyBlock.Thinking thinking ->
                    "{\"type\":\"thinking\",\"thinking\":"
                            + Json.write(thinking.text())
                            + ",\"signature\":"
                            + Json.write(signature(thinking))
                            + "}";
            case ReplyBlock.RedactedThinking(var data) ->
                    "{\"type\":\"redacted_thinking\",\"data\":" + Json.write(data) + "}";
            case ReplyBlock.ToolUse(var id, var name, var input, _) ->
                    "{\"type\":\"tool_use\",\"id\":"
                            + Json.write(id == null ? newId : id)
                            + ",\"name\":"
                            + Json.write(name)
                            + ",\"input\":"
                            + (isJson(input) ? input : Json.write(input))
                            + "}";
            case ReplyBlock.Raw(var json) -> json;
        };
    }

    private static boolean isJson(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String signature(ReplyBlock.Thinking thinking) {
        return thinking.signature() == null ? Signature.of(thinking.text()) : thinking.signature();
    }

    private static void addBlock(List<Event> events, ReplyBlock block, int index) {
        switch (block) {
            case ReplyBlock.Text(var text, var deltas) -> {
                start(events, index, "{\"type\":\"text\",\"text\":\"\"}", false);
                pieces(text, deltas).forEach(p -> delta(events, index, "text_delta", "text", p));
            }
            case ReplyBlock.Thinking thinking -> {
                start(
                        events,
                        index,
                        "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                        false);
                pieces(thinking.text(), thinking.deltas())
                        .forEach(p -> delta(events, index, "thinking_delta", "thinking", p));
                delta(events, index, "signature_delta", "signature", signature(thinking));
            }
            case ReplyBlock.RedactedThinking redacted ->
                    start(events, index, whole(redacted, ""), false);
            case ReplyBlock.ToolUse(var id, var name, var input, var deltas) -> {
                var shown = Json.write(id == null ? HOLE : id);
                var head =
                        "{\"type\":\"tool_use\",\"id\":"
                                + shown
                                + ",\"name\":"
                                + Json.write(name)
                                + ",\"input\":{}}";
                start(events, index, head, id == null);
                delta(events, index, "input_json_delta", "partial_json", "");
                pieces(input, deltas)
                        .forEach(p -> delta(events, index, "input_json_delta", "partial_json", p));
            }
            case ReplyBlock.Raw(var json) -> start(events, index, json, false);
        }
        events.add(
                event(
                        "content_block_stop",
                        "{\"type\":\"content_block_stop\",\"index\":" + index + "}",
                        false));
    }

    private static void start(List<Event> events, int index, String block, boolean hole) {
        var data =
                "{\"type\":\"content_block_start\",\"index\":"
                        + index
                        + ",\"content_block\":"
                        + block
                        + "}";
        events.add(event("content_block_start", data, hole));
        if (index == 0) {
            events.add(event("ping", "{\"type\":\"ping\"}", false));
        }
    }

    private static void delta(
            List<Event> events, int index, String type, String field, String value) {
        var data =
                "{\"type\":\"content_block_delta\",\"index\":"
                        + index
                        + ",\"delta\":{\"type\":\""
                        + type
                        + "\",\""
                        + field
                        + "\":"
                        + Json.write(value)
                        + "}}";
        events.add(event("content_block_delta", data, false));
    }

    static String sse(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static Event event(String name, String data, boolean hole) {
        return new Event(sse(name, data), hole);
    }

    /// Cuts a text into at most that many pieces, never inside a surrogate pair.
    static List<String> pieces(String text, int count) {
        var list = new ArrayList<String>();
        var from = 0;
        for (var i = 1; i <= count && from < text.length(); i++) {
            var to = (int) ((long) text.length() * i / count);
            if (to > 0
                    && to < text.length()
                    && Character.isSurrogatePair(text.charAt(to - 1), text.charAt(to))) {
                to++;
            }
            if (to > from) {
                list.add(text.substring(from, to));
                from = to;
            }
        }
        return list;
    }

    private static int characters(ReplyBlock block) {
        return switch (block) {
            case ReplyBlock.Text(var text, _) -> text.length();
            case ReplyBlock.Thinking(var text, _, _) -> text.length();
            case ReplyBlock.RedactedThinking(var data) -> data.length();
            case ReplyBlock.ToolUse(_, var name, var input, _) -> name.length() + input.length();
            case ReplyBlock.Raw(var json) -> json.length();
        };
    }

    private record Event(String text, boolean hole) {}
}
