package dev.bowline.project.hook;

import dev.bowline.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what a handler does.
final class HandlerReader {
    private HandlerReader() {}

    /// @throws IllegalArgumentException when it can't be read, its message begins with the member
    static Handler read(HandlerFields fields) {
        return switch (fields.needed("type")) {
            case "command" -> command(fields);
            case "http" -> http(fields);
            case "mcp_tool" ->
                    new Handler.ServerTool(
                            fields.needed("server"), fields.needed("tool"), input(fields));
            case "prompt", "agent" ->
                    throw HandlerFields.wrong(
                            "type",
                            "is \""
                                    + fields.needed("type")
                                    + "\", which this version does not support; use command, http or mcp_tool");
            default -> throw HandlerFields.wrong("type", "has to be command, http or mcp_tool");
        };
    }

    private static Handler command(HandlerFields fields) {
        boolean async = fields.flag("async");
        boolean wakes = fields.flag("asyncRewake");
        return new Handler.Command(
                fields.needed("command"),
                fields.texts("args").orElse(null),
                fields.word("shell", "sh", List.of("sh", "bash", "powershell")),
                async || wakes);
    }

    private static Handler http(HandlerFields fields) {
        var text = fields.needed("url");
        try {
            var url = new URI(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean known = scheme.equals("http") || scheme.equals("https");
            if (!known || url.getHost() == null || url.getUserInfo() != null) {
                throw HandlerFields.wrong(
                        "url", "has to be an address that begins with http:// or https://");
            }
            return new Handler.Http(
                    url, fields.pairs("headers"), fields.texts("allowedEnvVars").orElse(List.of()));
        } catch (URISyntaxException e) {
            throw HandlerFields.wrong("url", "is no address: " + e.getMessage());
        }
    }

    private static Json input(HandlerFields fields) {
        return switch (fields.map().get("input")) {
            case null -> Json.EMPTY_OBJECT;
            case Map<?, ?> map -> Json.of(map);
            case Object other -> throw HandlerFields.wrong("input", "has to be an object");
        };
    }
}
