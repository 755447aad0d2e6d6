package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses images and documents that the service could not read. Once they are part of a
/// conversation, every later request would fail because of them.
final class PromptAttachments {
    /// Requests are at most 32 MB, with everything.
    private static final int LONGEST = 30_000_000;

    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /// What only models and tools say.
    private static final Set<String> NOT_SAID =
            Set.of("tool_use", "tool_result", "thinking", "redacted_thinking");

    private PromptAttachments() {}

    /// @throws BowlineException `prompt_refused`, with what is wrong with the block
    static void check(ContentBlock block) {
        switch (block) {
            case ContentBlock.Image(var type, var data) -> image(type, data);
            case ContentBlock.Document document -> data("document", document.data());
            case ContentBlock.Unknown(var raw) -> unknown(raw.asMap());
            default -> {}
        }
    }

    private static void image(String type, String data) {
        if (!IMAGES.contains(type)) {
            throw refused(
                    "an image of type \""
                            + type
                            + "\" cannot be shown; send image/png, image/jpeg, image/gif or image/webp");
        }
        data("image", data);
    }

    private static void data(String what, String data) {
        if (data.length() > LONGEST) {
            throw refused(
                    "the "
                            + what
                            + " has "
                            + data.length()
                            + " characters of base64 and a request takes "
                            + LONGEST
                            + "; make it smaller");
        }
        if (!isBase64(data)) {
            throw refused("the data of the " + what + " is not base64");
        }
    }

    private static boolean isBase64(String data) {
        int length = data.length();
        int end = length;
        while (end > 0 && length - end < 2 && data.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = data.charAt(i);
            if (!(c >= 'A' && c <= 'Z'
                    || c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c == '+'
                    || c == '/')) {
                return false;
            }
        }
        return end > 0 && length % 4 == 0;
    }

    private static void unknown(Map<String, @Nullable Object> block) {
        if (!(block.get("type") instanceof String type) || type.isBlank()) {
            throw refused("a block of a prompt has no type");
        }
        if (NOT_SAID.contains(type)) {
            throw refused(
                    "a prompt cannot hold a block of type "
                            + type
                            + "; send text, images or documents");
        }
        if (type.equals("image") || type.equals("document")) {
            source(type, block.get("source"));
        }
    }

    private static void source(String what, @Nullable Object source) {
        if (!(source instanceof Map<?, ?> members)
                || !(members.get("type") instanceof String type)) {
            throw refused("the " + what + " has no source that can be read");
        }
        if (type.equals("base64")) {
            var data = members.get("data") instanceof String text ? text : "";
            var media = members.get("media_type") instanceof String text ? text : "";
            if (what.equals("image")) {
                image(media, data);
            } else {
                data(what, data);
            }
        }
    }

    private static BowlineException refused(String why) {
        return new BowlineException(ErrorCode.PROMPT_REFUSED, why);
    }
}
