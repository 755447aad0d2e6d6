package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/// What was said, in order, each piece with the number of its entry; and the calls that still wait
/// for their result.
record Conversation(AppendList<Piece> pieces, List<PendingCall> pending) {
    static final Conversation EMPTY = new Conversation(AppendList.empty(), List.of());

    /// `covers`: pieces up to this number are told by this one instead; 0 for none.
    record Piece(long number, Role role, List<ContentBlock> content, long covers) {}

    static Conversation empty() {
        return new Conversation(AppendList.empty(), List.of());
    }

    Conversation said(long number, Role role, List<ContentBlock> content) {
        if (content.isEmpty()) {
            return this;
        }
        var calls = role == Role.ASSISTANT ? calls(content) : pending;
        return new Conversation(pieces.plus(new Piece(number, role, content, 0)), calls);
    }

    Conversation summarised(long number, String summary, long to) {
        var content = List.<ContentBlock>of(new ContentBlock.Text(summary));
        return new Conversation(
                pieces.plus(new Piece(number, Role.USER, content, Math.max(1, to))), pending);
    }

    /// The pieces that the model sees: the newest summary, and what it doesn't cover.
    private List<Piece> shown() {
        int at = pieces.size() - 1;
        while (at >= 0 && pieces.get(at).covers() == 0) {
            at--;
        }
        if (at < 0) {
            return pieces.from(0);
        }
        var summary = pieces.get(at);
        int from = at;
        while (from > 0 && pieces.get(from - 1).number() > summary.covers()) {
            from--;
        }
        var shown = new ArrayList<Piece>();
        shown.add(summary);
        shown.addAll(pieces.from(from).subList(0, at - from));
        shown.addAll(pieces.from(at + 1));
        return shown;
    }

    /// A prompt: whatever had no result by then gets none.
    Conversation asked(long number, List<ContentBlock> content) {
        var said = said(number, Role.USER, content);
        return pending.isEmpty() ? said : new Conversation(said.pieces, List.of());
    }

    private static List<PendingCall> calls(List<ContentBlock> content) {
        return content.stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(block -> new PendingCall((ContentBlock.ToolUse) block, null))
                .toList();
    }

    Conversation started(Event.ToolStarted started) {
        int at = waiting(started.toolUseId());
        if (at < 0) {
            return this;
        }
        var calls = new ArrayList<>(pending);
        calls.set(at, new PendingCall(pending.get(at).use(), started));
        return new Conversation(pieces, Collections.unmodifiableList(calls));
    }

    private int waiting(String toolUseId) {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).use().id().equals(toolUseId)) {
                return i;
            }
        }
        return -1;
    }

    /// A result of a call that isn't waiting is not said: every call has exactly one.
    Conversation answered(long number, Event.ToolFinished finished) {
        int at = waiting(finished.toolUseId());
        if (at < 0) {
            return this;
        }
        var rest = new ArrayList<>(pending);
        rest.remove(at);
        var result =
                new ContentBlock.ToolResult(
                        finished.toolUseId(), finished.content(), finished.isError());
        return new Conversation(
                pieces.plus(new Piece(number, Role.USER, List.of(result), 0)),
                Collections.unmodifiableList(rest));
    }

    /// What was said up to a place. Calls that lose their result there wait for one again.
    Conversation upTo(long number, int blocks) {
        int size = pieces.size();
        while (size > 0 && pieces.get(size - 1).number() > number) {
            size--;
        }
        var kept = pieces.first(size);
        if (size > 0 && blocks > 0 && pieces.get(size - 1).number() == number) {
            var last = pieces.get(size - 1);
            var part = last.content().subList(0, Math.min(blocks, last.content().size()));
            kept =
                    pieces.first(size - 1)
                            .plus(new Piece(number, last.role(), List.copyOf(part), last.covers()));
        }
        return new Conversation(kept, unanswered(kept));
    }

    /// The calls at the end that have no result.
    private static List<PendingCall> unanswered(AppendList<Piece> pieces) {
        var answered = new HashSet<String>();
        for (int i = pieces.size() - 1; i >= 0; i--) {
            var piece = pieces.get(i);
            if (piece.role() == Role.ASSISTANT) {
                return calls(piece.content()).stream()
                        .filter(call -> !answered.contains(call.use().id()))
                        .toList();
            }
            for (var block : piece.content()) {
                if (!(block instanceof ContentBlock.ToolResult result)) {
                    return List.of();
                }
                answered.add(result.toolUseId());
            }
        }
        return List.of();
    }

    /// What the user's side said since the last answer, without a summary.
    List<ContentBlock> unanswered() {
        var said = new ArrayList<ContentBlock>();
        for (int i = pieces.size() - 1; i >= 0 && pieces.get(i).role() == Role.USER; i--) {
            if (pieces.get(i).covers() == 0) {
                said.addAll(pieces.get(i).content());
            }
        }
        return said;
    }

    boolean endsWith(Role role) {
        return !pieces.isEmpty() && pieces.getLast().role() == role;
    }

    /// As the Messages API wants it: roles alternate, results of calls come first in their message,
    /// no text is blank, and what the service began to do itself was finished or goes on now.
    List<Message> messages() {
        var messages = new ArrayList<Message>();
        var content = new ArrayList<ContentBlock>();
        var role = Role.USER;
        int results = 0;
        for (var piece : shown()) {
            var said = piece.content().stream().filter(Conversation::isSomething).toList();
            if (said.isEmpty()) {
                continue;
            }
            if (role != piece.role()) {
                if (role == Role.ASSISTANT) {
                    withoutUnfinished(content);
                }
                if (content.isEmpty() && !messages.isEmpty()) {
                    content.addAll(messages.removeLast().content());
                } else {
                    close(role, content, messages);
                }
                results =
                        (int)
                                content.stream()
                                        .filter(ContentBlock.ToolResult.class::isInstance)
                                        .count();
            }
            role = piece.role();
            for (var block : said) {
                if (block instanceof ContentBlock.ToolResult) {
                    content.add(results++, block);
                } else {
                    content.add(block);
                }
            }
        }
        close(role, content, messages);
        answerLost(messages);
        return messages;
    }

    /// A call whose result was lost before somebody spoke gets one that says so: the service
    /// refuses a conversation in which one is missing.
    private static void answerLost(List<Message> messages) {
        for (int i = 0; i + 1 < messages.size(); i++) {
            if (messages.get(i).role() != Role.ASSISTANT) {
                continue;
            }
            var answered = new HashSet<String>();
            for (var block : messages.get(i + 1).content()) {
                if (block instanceof ContentBlock.ToolResult result) {
                    answered.add(result.toolUseId());
                }
            }
            var next = new ArrayList<ContentBlock>();
            for (var call : calls(messages.get(i).content())) {
                if (!answered.contains(call.use().id())) {
                    next.add(lost(call.use()));
                }
            }
            if (!next.isEmpty()) {
                next.addAll(messages.get(i + 1).content());
                messages.set(i + 1, new Message(Role.USER, next));
            }
        }
    }

    private static ContentBlock lost(ContentBlock.ToolUse use) {
        return new ContentBlock.ToolResult(
                use.id(),
                List.of(
                        new ContentBlock.Text(
                                "The call was interrupted: its result is not part of this conversation.")),
                true);
    }

    /// Leaves out what the service began to do itself and could not finish, because somebody spoke
    /// in between: it refuses such a call without its result.
    private static void withoutUnfinished(List<ContentBlock> content) {
        var finished = new HashSet<String>();
        for (var block : content) {
            if (block instanceof ContentBlock.Unknown(var raw)
                    && raw.asMap().get("tool_use_id") instanceof String id) {
                finished.add(id);
            }
        }
        content.removeIf(block ->
                block instanceof ContentBlock.Unknown(var raw)
                        && "server_tool_use".equals(raw.asMap().get("type"))
                        && !finished.contains(String.valueOf(raw.asMap().get("id"))));
    }

    private static boolean isSomething(ContentBlock block) {
        return !(block instanceof ContentBlock.Text text) || !text.text().isBlank();
    }

    private static void close(Role role, List<ContentBlock> content, List<Message> messages) {
        if (!content.isEmpty()) {
            messages.add(new Message(role, content));
            content.clear();
        }
    }
}
