package dev.bowline.tools.offline;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The model that answers when no credentials are set: deterministic, without network, without
/// intelligence, and open about it. It carries out plain requests with the tools that a request
/// offers (list, search, read, run, create, append, replace, delete) and answers from their
/// results; everything else it takes as words to search for. The same conversation gets the same
/// reply with the same ids.
///
/// Usage is an estimate of one token for four bytes. At most 60 calls per prompt.
public final class OfflineModel implements Model {
    /// How it calls itself in replies.
    public static final String NAME = "offline";

    /// One line for people, to be shown once when this model is chosen because there is no key.
    public static final String NOTICE =
            "No credentials are set: the offline model answers. It searches, runs and edits with the real tools but cannot think; set ANTHROPIC_API_KEY to use Claude.";

    private static final int MOST_CALLS = 60;

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        var asked = Asked.in(request);
        var id = id(request);
        var content = content(asked, id);
        var reply =
                ModelReply.of(
                        "msg_offline_" + id,
                        NAME,
                        content,
                        Speech.stopReason(content),
                        usage(request, content));
        new Speech(events).say(reply);
        return reply;
    }

    /// Follows the tasks from the beginning of the turn; the first that needs a call not yet made
    /// gets it.
    private static List<ContentBlock> content(Asked asked, String id) {
        var said = new ArrayList<String>();
        int at = 0;
        for (var task : Understanding.of(asked.prompt())) {
            int start = at;
            while (true) {
                var move = task.next(asked.done().subList(start, at), asked.tools());
                if (move instanceof Move.Say(String text)) {
                    said.add(text);
                    break;
                }
                if (move instanceof Move.Calls(List<Move.Call> calls)) {
                    if (asked.done().size() < at + calls.size()) {
                        return at >= MOST_CALLS ? text(said, asked) : uses(calls, id);
                    }
                    at += calls.size();
                }
            }
        }
        return List.of(new ContentBlock.Text(String.join("\n\n", said)));
    }

    private static List<ContentBlock> text(List<String> said, Asked asked) {
        var all = new ArrayList<>(said);
        all.add("I stopped after " + asked.done().size() + " calls; ask for the rest again.");
        return List.of(new ContentBlock.Text(String.join("\n\n", all)));
    }

    private static List<ContentBlock> uses(List<Move.Call> calls, String id) {
        var uses = new ArrayList<ContentBlock>();
        for (var call : calls) {
            uses.add(
                    new ContentBlock.ToolUse(
                            "toolu_offline_" + id + "_" + uses.size(), call.tool(), call.input()));
        }
        return uses;
    }

    private static Usage usage(ModelRequest request, List<ContentBlock> content) {
        long in = 0;
        for (var part : request.system()) {
            in += part.length();
        }
        for (var tool : request.tools()) {
            in += tool.description().length() + tool.inputSchema().text().length();
        }
        for (var message : request.messages()) {
            in += size(message.content());
        }
        return Usage.of(in / 4 + 1, size(content) / 4 + 1);
    }

    private static long size(List<ContentBlock> content) {
        long size = 0;
        for (var block : content) {
            size +=
                    switch (block) {
                        case ContentBlock.Text text -> bytes(text.text());
                        case ContentBlock.ToolUse use -> bytes(use.input().text());
                        case ContentBlock.ToolResult result -> size(result.content());
                        case ContentBlock.Image image -> image.data().length();
                        case ContentBlock.Document document -> document.data().length();
                        case ContentBlock.Thinking thinking -> bytes(thinking.thinking());
                        case ContentBlock.RedactedThinking redacted -> redacted.data().length();
                        case ContentBlock.Unknown unknown -> bytes(unknown.raw().text());
                    };
        }
        return size;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Names the place in the conversation: session, number of messages, and the last two of them.
    private static String id(ModelRequest request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.sessionId() + "\n" + request.messages().size())
                            .getBytes(StandardCharsets.UTF_8));
            var messages = request.messages();
            for (Message message :
                    messages.subList(Math.max(0, messages.size() - 2), messages.size())) {
                digest.update(Objects.toString(message.content()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
