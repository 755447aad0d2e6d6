package dev.bowline.cli.headless;

import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.json.Json;
import dev.bowline.transcript.Totals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests that list what there is. Plugins, skills and output styles are not read by this
/// version, so their lists are empty.
final class Listings {
    private final Chat chat;
    private final HostServers servers;
    private final ServerRequests status;

    Listings(Chat chat, HostServers servers, ServerRequests status) {
        this.chat = chat;
        this.servers = servers;
        this.status = status;
    }

    Json plugins() {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("commands", List.of());
        answer.put("agents", List.of());
        answer.put("plugins", List.of());
        answer.put("mcpServers", status.status().asMap().get("mcpServers"));
        answer.put("error_count", 0);
        return Json.of(answer);
    }

    Json skills() {
        return Json.of(Map.of("skills", List.of()));
    }

    Json outputStyles() {
        return Json.of(Map.of("available_output_styles", List.of("default")));
    }

    /// What counts now, and what each source says; a source that says nothing is left out.
    Json settings() {
        var settings = chat.settings();
        var effective = new LinkedHashMap<String, @Nullable Object>(settings.effective().asMap());
        var permissions = new LinkedHashMap<String, @Nullable Object>();
        if (effective.get("permissions") instanceof Map<?, ?> said) {
            said.forEach((key, value) -> permissions.put(String.valueOf(key), value));
        }
        permissions.put("defaultMode", chat.mode().wire());
        effective.put("permissions", permissions);
        effective.put("model", chat.model());
        var sources = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        settings.files().reversed().stream()
                .filter(file -> !file.json().asMap().isEmpty())
                .forEach(file ->
                        sources.computeIfAbsent(file.source().wire(), any -> new LinkedHashMap<>())
                                .putAll(file.json().asMap()));
        var applied = new LinkedHashMap<String, @Nullable Object>();
        applied.put("model", chat.model());
        applied.put("effort", chat.level().orElse(null));
        return Json.of(
                Map.of(
                        "effective",
                        effective,
                        "sources",
                        sources.entrySet().stream()
                                .map(one ->
                                        Map.of("source", one.getKey(), "settings", one.getValue()))
                                .toList(),
                        "applied",
                        applied));
    }

    /// What the session has used.
    Json usage() {
        return chat.usage().json(totals());
    }

    private Totals totals() {
        return chat.opened()
                .map(open -> open.session().state().totals())
                .orElseGet(() -> new Totals(Map.of()));
    }

    /// What the session has cost, as a sentence.
    Json cost() {
        var totals = totals();
        return Json.of(
                Map.of(
                        "text",
                        "Total cost: $"
                                + dev.bowline.budget.Money.text(totals.cost()).replace("$", "")
                                + ", "
                                + totals.usage().total()
                                + " tokens"));
    }

    /// The contents of a resource of a server of the host's.
    Json resource(Map<String, @Nullable Object> request)
            throws RequestException, InterruptedException {
        var name = String.valueOf(request.get("serverName"));
        var server =
                servers.find(name)
                        .orElseThrow(() -> new RequestException("Server not found: " + name));
        if (!(request.get("uri") instanceof String uri)) {
            throw new RequestException("mcp_read_resource needs a uri");
        }
        try {
            return server.read(uri);
        } catch (HostClosedException | HostErrorException e) {
            throw new RequestException(String.valueOf(e.getMessage()));
        }
    }
}
