package dev.bowline.cli.headless;

import dev.bowline.cli.command.ContextUsage;
import dev.bowline.cli.wiring.Effort;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests about how the model answers, and what it sees.
final class AnswerRequests {
    private final Chat chat;

    AnswerRequests(Chat chat) {
        this.chat = chat;
    }

    /// `set_max_thinking_tokens`: a number, or null for what was said at the start; what isn't
    /// named stays as it is.
    @Nullable Json thinking(Map<String, @Nullable Object> request) throws RequestException {
        var most = request.get("max_thinking_tokens");
        if (most != null && !(most instanceof Long number && number >= 0 && number < 1 << 30)) {
            throw new RequestException(
                    "max_thinking_tokens must be a whole number from 0 on, or null");
        }
        if (request.containsKey("max_thinking_tokens")) {
            chat.effort(effort ->
                    effort.thinking(most instanceof Long number ? number.intValue() : null));
        }
        if (request.containsKey("thinking_display")) {
            var display = request.get("thinking_display") instanceof String how ? how : null;
            chat.effort(effort -> effort.display(display));
        }
        return null;
    }

    /// `get_context_usage`.
    Json contextUsage(Map<String, @Nullable Object> request) {
        var usage =
                ContextUsage.of(
                        chat.open().session(),
                        chat.model(),
                        chat.instructions(),
                        chat.compaction());
        try (var out = JsonOut.toText()) {
            out.beginObject();
            usage.write(out, !"summary".equals(request.get("detail")));
            return Json.parse(out.endObject().text());
        }
    }

    /// `apply_flag_settings`: `permissions`, `env`, `hooks`, `model`, `effortLevel` and
    /// `maxThinkingTokens`; null takes one back. Of settings that can't be understood none counts.
    /// Others count for what is begun later.
    @Nullable Json settings(Map<String, @Nullable Object> request) throws RequestException {
        if (!(request.get("settings") instanceof Map<?, ?> settings)) {
            throw new RequestException("apply_flag_settings needs settings, an object");
        }
        if (settings.get("effortLevel") instanceof String word) {
            Effort.check(word);
        }
        chat.changeSettings(Json.of(settings));
        if (settings.containsKey("model")) {
            chat.model(settings.get("model") instanceof String name ? name : null);
        }
        for (var name : new String[] {"effortLevel", "effort"}) {
            if (settings.containsKey(name)) {
                var level = settings.get(name) instanceof String word ? word : null;
                chat.effort(effort -> effort.change(level));
            }
        }
        if (settings.containsKey("maxThinkingTokens")) {
            var most = settings.get("maxThinkingTokens");
            chat.effort(effort ->
                    effort.thinking(most instanceof Long number ? number.intValue() : null));
        }
        return null;
    }
}
