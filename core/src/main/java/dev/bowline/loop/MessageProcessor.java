package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Checks a prompt before anything is recorded or sent: not empty, whole Unicode, within the length
/// limit, accepted by the filters, within the rate. A refusal leaves the session as it was.
final class MessageProcessor {
    private final int limit;
    private final List<Function<String, Optional<String>>> filters;
    private final RateLimit rate;

    MessageProcessor(
            int limit,
            List<Function<String, Optional<String>>> filters,
            int perMinute,
            TimeSource time) {
        this.limit = limit;
        this.filters = List.copyOf(filters);
        this.rate = new RateLimit(perMinute, time);
    }

    /// The prompt, trimmed.
    ///
    /// @throws BowlineException with a code that says what is wrong with it
    List<ContentBlock> check(List<ContentBlock> content) {
        var trimmed = new ArrayList<ContentBlock>();
        for (var block : content) {
            refuseWhatOnlyModelsSay(block);
            PromptAttachments.check(block);
            if (!(block instanceof ContentBlock.Text text)) {
                trimmed.add(block);
            } else if (!text.text().isBlank()) {
                trimmed.add(new ContentBlock.Text(text.text().strip(), text.extra()));
            }
        }
        if (trimmed.isEmpty()) {
            throw new BowlineException(
                    ErrorCode.PROMPT_EMPTY, "the prompt is empty; say what the agent should do");
        }
        var text = ContentBlock.text(trimmed);
        if (text.length() > limit) {
            throw new BowlineException(
                    ErrorCode.PROMPT_TOO_LONG,
                    "the prompt has "
                            + text.length()
                            + " characters and the limit is "
                            + limit
                            + "; shorten it, put it into a file, or raise promptLimit");
        }
        wholeUnicode(text);
        for (var filter : filters) {
            filter.apply(text)
                    .ifPresent(reason -> {
                        throw new BowlineException(
                                ErrorCode.PROMPT_REFUSED,
                                "the prompt was refused by a filter: " + reason);
                    });
        }
        rate.take();
        return trimmed;
    }

    /// Calls, results and reasoning come from models and tools; in a prompt the service refuses
    /// them, then and in every later request of the session.
    private static void refuseWhatOnlyModelsSay(ContentBlock block) {
        if (block instanceof ContentBlock.ToolUse
                || block instanceof ContentBlock.ToolResult
                || block instanceof ContentBlock.Thinking
                || block instanceof ContentBlock.RedactedThinking) {
            throw new BowlineException(
                    ErrorCode.PROMPT_REFUSED,
                    "a prompt cannot hold a block of type "
                            + block.getClass().getSimpleName()
                            + "; send text, images or documents");
        }
    }

    private static void wholeUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair =
                        Character.isHighSurrogate(text.charAt(i))
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new BowlineException(
                            ErrorCode.PROMPT_NOT_UNICODE,
                            "the prompt is not valid Unicode: half a surrogate pair at character "
                                    + i
                                    + "; send it as UTF-8");
                }
                i++;
            }
        }
    }
}
