package dev.bowline.anthropic.wire;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// One block while its pieces arrive.
final class BlockBuilder {
    private final ContentBlock start;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final List<Json> citations = new ArrayList<>(0);

    BlockBuilder(ContentBlock start) {
        this.start = start;
    }

    void text(String piece) {
        text.append(piece);
    }

    void signature(String piece) {
        signature.append(piece);
    }

    void citation(Json citation) {
        citations.add(citation);
    }

    /// The block as far as it has come.
    ContentBlock block() {
        return switch (start) {
            case ContentBlock.Text(var begun, var extra) ->
                    new ContentBlock.Text(begun + text, withCitations(extra));
            case ContentBlock.Thinking(var begun, var sign) ->
                    new ContentBlock.Thinking(begun + text, sign + signature);
            case ContentBlock.ToolUse(var id, var name, var input) ->
                    new ContentBlock.ToolUse(
                            id, name, text.isEmpty() ? input : Blocks.input(text.toString()));
            case ContentBlock.Unknown(var raw) ->
                    text.isEmpty() ? start : new ContentBlock.Unknown(withInput(raw));
            case ContentBlock.RedactedThinking same -> same;
            case ContentBlock.Image same -> same;
            case ContentBlock.Document same -> same;
            case ContentBlock.ToolResult same -> same;
        };
    }

    private @org.jspecify.annotations.Nullable Json withCitations(
            @org.jspecify.annotations.Nullable Json extra) {
        if (citations.isEmpty()) {
            return extra;
        }
        var members = extra == null ? new LinkedHashMap<String, Json>() : Blocks.members(extra);
        members.put("citations", Json.of(citations));
        return Json.of(members);
    }

    /// Server tools stream their input as well.
    private Json withInput(Json raw) {
        var members = Blocks.members(raw);
        members.put("input", Blocks.input(text.toString()));
        return Json.of(members);
    }
}
