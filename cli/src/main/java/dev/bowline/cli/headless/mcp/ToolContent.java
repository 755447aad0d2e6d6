package dev.bowline.cli.headless.mcp;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The content of an MCP tool result, as blocks that a model can be shown.
final class ToolContent {
    private ToolContent() {}

    static ToolResult result(Json result) {
        var said = result.asMap();
        var blocks = new ArrayList<ContentBlock>();
        if (said.get("content") instanceof List<?> all) {
            for (var one : all) {
                if (one instanceof Map<?, ?> block) {
                    blocks.add(block(block));
                }
            }
        }
        var structured = said.get("structuredContent");
        if (blocks.isEmpty() && structured != null) {
            blocks.add(new ContentBlock.Text(Json.of(structured).text()));
        }
        return Boolean.TRUE.equals(said.get("isError"))
                ? new ToolResult.Failure(ErrorCode.TOOL_FAILED, blocks, null)
                : new ToolResult.Success(blocks, blocksAsJson(blocks));
    }

    /// Programs get the blocks as the model does.
    private static Json blocksAsJson(List<ContentBlock> blocks) {
        var all = new ArrayList<Object>();
        for (var block : blocks) {
            all.add(
                    switch (block) {
                        case ContentBlock.Text text -> Map.of("type", "text", "text", text.text());
                        case ContentBlock.Image image ->
                                Map.of(
                                        "type",
                                        "image",
                                        "source",
                                        Map.of(
                                                "type",
                                                "base64",
                                                "media_type",
                                                image.mediaType(),
                                                "data",
                                                image.data()));
                        case ContentBlock other -> Map.of("type", "text", "text", "");
                    });
        }
        return Json.of(all);
    }

    private static ContentBlock block(Map<?, ?> block) {
        return switch (word(block, "type")) {
            case "text" -> new ContentBlock.Text(word(block, "text"));
            case "image" -> new ContentBlock.Image(word(block, "mimeType"), word(block, "data"));
            case "resource_link" -> link(block);
            case "resource" ->
                    block.get("resource") instanceof Map<?, ?> resource
                            ? resource(resource)
                            : new ContentBlock.Text("[Resource]");
            case "audio" ->
                    new ContentBlock.Text(
                            "[Audio of type "
                                    + word(block, "mimeType")
                                    + ", "
                                    + word(block, "data").length() * 3L / 4
                                    + " bytes, which cannot be shown]");
            default -> new ContentBlock.Text(Json.of(block).text());
        };
    }

    private static ContentBlock link(Map<?, ?> block) {
        var about = word(block, "description");
        return new ContentBlock.Text(
                "[Resource "
                        + word(block, "name")
                        + " at "
                        + word(block, "uri")
                        + "]"
                        + (about.isEmpty() ? "" : " " + about));
    }

    private static ContentBlock resource(Map<?, ?> resource) {
        var type = word(resource, "mimeType");
        if (resource.get("blob") instanceof String blob) {
            return type.startsWith("image/")
                    ? new ContentBlock.Image(type, blob)
                    : new ContentBlock.Text(
                            "[Resource from "
                                    + word(resource, "uri")
                                    + " of type "
                                    + type
                                    + ", "
                                    + blob.length() * 3L / 4
                                    + " bytes, which cannot be shown]");
        }
        return new ContentBlock.Text(
                "[Resource from " + word(resource, "uri") + "] " + word(resource, "text"));
    }

    private static String word(Map<?, ?> block, String name) {
        return block.get(name) instanceof String text ? text : "";
    }
}
