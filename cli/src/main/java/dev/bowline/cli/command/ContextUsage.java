package dev.bowline.cli.command;

import dev.bowline.Session;
import dev.bowline.json.JsonOut;
import dev.bowline.memory.Compaction;
import dev.bowline.memory.Tokens;
import dev.bowline.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What fills a model's context window, in tokens: guessed from the length of each part, and scaled
/// to what the last answer is known to have taken.
///
/// @param parts in the order in which they are shown
/// @param max the window
/// @param threshold from which on the conversation is summarised by itself; 0 for never
public record ContextUsage(
        String model, List<Part> parts, List<ToolPart> mcpTools, long max, long threshold) {
    /// One part; `kind` is `used`, `buffer` or `free`.
    public record Part(String id, String name, long tokens, String kind, String color) {}

    /// A tool of an MCP server.
    public record ToolPart(String name, String server, long tokens) {}

    private static final int COLUMNS = 20;
    private static final int ROWS = 10;

    /// What the session's next request would take.
    public static ContextUsage of(
            Session session, String model, List<String> instructions, Compaction compaction) {
        var state = session.state();
        long max = compaction.window().applyAsLong(model);
        long system = instructions.stream().mapToLong(Tokens::of).sum();
        var mcp = new ArrayList<ToolPart>();
        long tools = 0;
        for (var tool : session.tools().all()) {
            if (tool.name().startsWith("mcp__")) {
                mcp.add(new ToolPart(tool.name(), server(tool.name()), tokens(tool)));
            } else {
                tools += tokens(tool);
            }
        }
        long mcpTools = mcp.stream().mapToLong(ToolPart::tokens).sum();
        long messages =
                state.messages().stream().mapToLong(message -> Tokens.of(message.content())).sum();
        long guessed = system + tools + mcpTools + messages;
        double scale =
                state.contextTokens() > 0 && guessed > 0
                        ? (double) state.contextTokens() / guessed
                        : 1;
        var parts = new ArrayList<Part>();
        add(parts, "system_prompt", "System prompt", system, scale, "promptBorder");
        add(parts, "system_tools", "System tools", tools, scale, "inactive");
        add(parts, "mcp_tools", "MCP tools", mcpTools, scale, "cyan_FOR_SUBAGENTS_ONLY");
        add(parts, "messages", "Messages", messages, scale, "purple_FOR_SUBAGENTS_ONLY");
        long threshold = compaction.on() ? compaction.threshold(model) : 0;
        return new ContextUsage(
                model, withRest(parts, max, threshold), List.copyOf(mcp), max, threshold);
    }

    private static void add(
            List<Part> parts, String id, String name, long tokens, double scale, String color) {
        if (tokens > 0) {
            parts.add(new Part(id, name, Math.round(tokens * scale), "used", color));
        }
    }

    private static List<Part> withRest(List<Part> used, long max, long threshold) {
        var parts = new ArrayList<>(used);
        long taken = used.stream().mapToLong(Part::tokens).sum();
        long buffer = threshold > 0 ? Math.max(0, max - Math.max(threshold, taken)) : 0;
        if (buffer > 0) {
            parts.add(
                    new Part(
                            "autocompact_buffer",
                            "Autocompact buffer",
                            buffer,
                            "buffer",
                            "inactive"));
        }
        parts.add(
                new Part(
                        "free_space",
                        "Free space",
                        Math.max(0, max - taken - buffer),
                        "free",
                        "promptBorder"));
        return List.copyOf(parts);
    }

    private static String server(String tool) {
        int end = tool.indexOf("__", 5);
        return end < 0 ? "" : tool.substring(5, end);
    }

    private static long tokens(Tool tool) {
        var definition = tool.definition();
        return Tokens.of(definition.name())
                + Tokens.of(definition.description())
                + Tokens.of(definition.inputSchema());
    }

    /// Tokens of everything that is there.
    public long total() {
        return parts.stream()
                .filter(part -> part.kind().equals("used"))
                .mapToLong(Part::tokens)
                .sum();
    }

    private long percentage(long tokens) {
        return max == 0 ? 0 : Math.round(100.0 * tokens / max);
    }

    /// For people.
    public String table() {
        var text =
                new StringBuilder("## Context Usage\n\n**Model:** ")
                        .append(model)
                        .append("  \n**Tokens:** ")
                        .append(figure(total()))
                        .append(" / ")
                        .append(figure(max))
                        .append(" (")
                        .append(percentage(total()))
                        .append(
                                "%)\n\n### Estimated usage by category\n\n| Category | Tokens | Percentage |\n|----------|--------|------------|\n");
        for (var part : parts) {
            text.append("| ")
                    .append(part.name())
                    .append(" | ")
                    .append(figure(part.tokens()))
                    .append(" | ")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.1f%%",
                                    max == 0 ? 0 : 100.0 * part.tokens() / max))
                    .append(" |\n");
        }
        return text.toString().stripTrailing();
    }

    /// The field `context_usage` of a frame.
    void brief(JsonOut frame) {
        frame.name("context_usage")
                .beginObject()
                .field("model", model)
                .field("total_tokens", total())
                .field("raw_max_tokens", max)
                .field("percentage", percentage(total()))
                .name("categories")
                .beginArray();
        for (var part : parts) {
            frame.beginObject()
                    .field("name", part.name())
                    .field("tokens", part.tokens())
                    .field("kind", part.kind())
                    .endObject();
        }
        frame.endArray();
        tools(frame.name("mcp_tools"));
        frame.name("memory_files").beginArray().endArray();
        frame.name("agents").beginArray().endArray().endObject();
    }

    private void tools(JsonOut out) {
        out.beginArray();
        for (var tool : mcpTools) {
            out.beginObject()
                    .field("name", tool.name())
                    .field("serverName", tool.server())
                    .field("tokens", tool.tokens())
                    .endObject();
        }
        out.endArray();
    }

    /// The members of the answer to `get_context_usage`, into the object that is open.
    public void write(JsonOut out, boolean whole) {
        out.name("categories").beginArray();
        for (var part : parts) {
            out.beginObject()
                    .field("id", part.id())
                    .field("name", part.name())
                    .field("tokens", part.tokens())
                    .field("color", part.color())
                    .field("kind", part.kind())
                    .endObject();
        }
        out.endArray()
                .field("totalTokens", total())
                .field("maxTokens", max)
                .field("rawMaxTokens", max)
                .field("percentage", percentage(total()))
                .field("model", model)
                .field("isAutoCompactEnabled", threshold > 0);
        if (threshold > 0) {
            out.field("autoCompactThreshold", threshold)
                    .field("autocompactSource", "model-default");
        }
        out.name("gridRows").beginArray();
        if (whole) {
            grid(out);
        }
        out.endArray();
        out.name("memoryFiles").beginArray().endArray();
        tools(out.name("mcpTools"));
        out.name("agents").beginArray().endArray();
    }

    /// Ten rows of squares, each part with at least one.
    private void grid(JsonOut out) {
        var squares = new ArrayList<Part>();
        for (var part : parts) {
            long wanted = max == 0 ? 0 : Math.round((double) part.tokens() * COLUMNS * ROWS / max);
            boolean free = part.kind().equals("free");
            for (long i = 0; i < (free ? wanted : Math.max(1, wanted)); i++) {
                squares.add(part);
            }
        }
        var last = parts.getLast();
        for (int row = 0; row < ROWS; row++) {
            out.beginArray();
            for (int column = 0; column < COLUMNS; column++) {
                int at = row * COLUMNS + column;
                var part = at < squares.size() ? squares.get(at) : last;
                out.beginObject()
                        .field("color", part.color())
                        .field("isFilled", true)
                        .field("categoryName", part.name())
                        .field("tokens", part.tokens())
                        .field("percentage", percentage(part.tokens()))
                        .field("squareFullness", 1)
                        .endObject();
            }
            out.endArray();
        }
    }

    /// `8.2k`, `1m`, `751`.
    static String figure(long tokens) {
        if (tokens < 1_000) {
            return String.valueOf(tokens);
        }
        double value = tokens < 999_950 ? tokens / 1e3 : tokens / 1e6;
        var digits = String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
        return digits + (tokens < 999_950 ? "k" : "m");
    }
}
