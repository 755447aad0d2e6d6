package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks the conversation: roles, contents, and that every tool call is answered by exactly one
/// result at the head of the user's next message.
final class MessagesCheck {
    private final Map<String, Object> body;
    private final Findings findings;
    private final Issued issued;
    private final BlockCheck blockCheck;
    private final Set<String> seenIds = new HashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private int openAt;
    private String previousRole = "";

    MessagesCheck(Map<String, Object> body, Findings findings, Issued issued) {
        this.body = body;
        this.findings = findings;
        this.issued = issued;
        this.blockCheck = new BlockCheck(findings, issued);
    }

    void check() {
        if (!(body.get("messages") instanceof List<?>)) {
            findings.add(
                    "messages", body.get("messages") == null ? "field required" : "must be a list");
            return;
        }
        var messages = Json.array(body.get("messages"));
        if (messages.isEmpty()) {
            findings.add("messages", "at least one message is required");
            return;
        }
        for (var i = 0; i < messages.size(); i++) {
            message(messages.get(i), i, i == messages.size() - 1);
        }
        if (!open.isEmpty()) {
            unanswered(open);
        }
        if (previousRole.equals("assistant") && !findings.rules.prefill()) {
            findings.add(
                    "messages",
                    "the conversation must end with a user message; this model takes no prefill");
        }
        thinkingKept(messages);
    }

    private void message(Object item, int index, boolean last) {
        var where = "messages." + index;
        if (!(item instanceof Map)) {
            findings.add(where, "must be an object");
            return;
        }
        var message = Json.object(item);
        findings.fields(message, Set.of("role", "content"), where);
        var role = findings.string(message, "role", where);
        if (role == null || !role(role, index, where)) {
            return;
        }
        if (content(message, role, where, last)) {
            var blocks = FakeRequest.blocks(message);
            if (role.equals("user")) {
                results(blocks, index);
            }
            for (var j = 0; j < blocks.size(); j++) {
                blockCheck.check(blocks.get(j), role, where + ".content." + j);
            }
            if (role.equals("assistant")) {
                calls(blocks, index);
            }
            if (last && role.equals("assistant")) {
                trailingSpace(blocks);
            }
        }
        previousRole = role.equals("system") ? previousRole : role;
    }

    private boolean role(String role, int index, String where) {
        if (role.equals("system") && findings.rules.systemRole() && index > 0) {
            return true;
        }
        if (!role.equals("user") && !role.equals("assistant")) {
            findings.add(where + ".role", "must be 'user' or 'assistant', not '" + role + "'");
            return false;
        }
        if (index == 0 && role.equals("assistant")) {
            findings.add("messages", "the first message must have the role 'user'");
        }
        if (findings.rules.alternation() && role.equals(previousRole)) {
            findings.add(where, "roles must alternate, found '" + role + "' twice in a row");
        }
        return true;
    }

    /// Whether there is a content to look into.
    private boolean content(Map<String, Object> message, String role, String where, boolean last) {
        var content = message.get("content");
        if (!(content instanceof String) && !(content instanceof List<?>)) {
            findings.add(
                    where + ".content",
                    content == null ? "field required" : "must be a string or a list of blocks");
            return false;
        }
        if (content.equals("") || content.equals(List.of())) {
            if (role.equals("user") && !open.isEmpty()) {
                unanswered(open);
                open.clear();
            }
            if (!last || !role.equals("assistant")) {
                findings.add(where, "must not be empty; only a final assistant message may be");
            }
            return false;
        }
        return true;
    }

    private void results(List<Map<String, Object>> blocks, int index) {
        var leading = true;
        var answered = new LinkedHashSet<String>();
        for (var j = 0; j < blocks.size(); j++) {
            var block = blocks.get(j);
            if (!"tool_result".equals(block.get("type"))) {
                leading = false;
                continue;
            }
            var id = String.valueOf(block.get("tool_use_id"));
            var where = "messages." + index + ".content." + j;
            if (!open.contains(id)) {
                findings.add(
                        where,
                        "the tool_result for "
                                + id
                                + " has no tool_use block in the message before");
            } else if (!leading) {
                findings.add(
                        where,
                        "tool_result blocks must come before all other content of their message");
                answered.add(id);
            } else if (!answered.add(id)) {
                findings.add(
                        where,
                        "each tool_use must have a single result, found a second one for " + id);
            }
        }
        var missing = new LinkedHashSet<>(open);
        missing.removeAll(answered);
        if (!missing.isEmpty()) {
            unanswered(missing);
        }
        open.clear();
    }

    private void unanswered(Set<String> ids) {
        findings.add(
                "messages." + openAt,
                "tool_use ids without tool_result blocks immediately after: "
                        + String.join(", ", ids));
    }

    private void calls(List<Map<String, Object>> blocks, int index) {
        if (!previousRole.equals("assistant")) {
            open.clear();
        }
        for (var block : blocks) {
            if ("tool_use".equals(block.get("type")) && block.get("id") instanceof String id) {
                if (!seenIds.add(id)) {
                    findings.add(
                            "messages." + index,
                            "tool_use ids must be unique, found " + id + " again");
                }
                open.add(id);
                openAt = index;
            }
        }
    }

    private void trailingSpace(List<Map<String, Object>> blocks) {
        if (blocks.getLast().get("text") instanceof String text
                && !text.isEmpty()
                && Character.isWhitespace(text.charAt(text.length() - 1))) {
            findings.add("messages", "the final assistant message must not end with white space");
        }
    }

    /// While thinking is on, the latest assistant message must still have the thinking blocks that
    /// it was served with.
    private void thinkingKept(List<Object> messages) {
        var mode = Json.object(body.get("thinking")).get("type");
        if (mode == null || mode.equals("disabled")) {
            return;
        }
        for (var i = messages.size() - 1; i >= 0; i--) {
            var message = Json.object(messages.get(i));
            if ("assistant".equals(message.get("role"))) {
                kept(FakeRequest.blocks(message), i);
                return;
            }
        }
    }

    private void kept(List<Map<String, Object>> blocks, int index) {
        var present = new ArrayList<String>();
        var wanted = new LinkedHashSet<List<String>>();
        for (var block : blocks) {
            switch (String.valueOf(block.get("type"))) {
                case "thinking" ->
                        present.add(
                                Issued.thought(
                                        String.valueOf(block.get("thinking")),
                                        String.valueOf(block.get("signature"))));
                case "redacted_thinking" ->
                        present.add(Issued.redacted(String.valueOf(block.get("data"))));
                case "tool_use" -> wanted.add(issued.thoughtsWith(String.valueOf(block.get("id"))));
                default -> {}
            }
        }
        var expected = wanted.stream().flatMap(List::stream).toList();
        if (!inOrder(expected, present)) {
            findings.add(
                    "messages." + index,
                    "thinking and redacted_thinking blocks of the latest assistant message must stay as they were, found "
                            + present.size()
                            + " where "
                            + expected.size()
                            + " were sent or another order or content");
        }
    }

    /// Whether the wanted ones are all there, in order.
    private static boolean inOrder(List<String> wanted, List<String> present) {
        var next = 0;
        for (var item : present) {
            if (next < wanted.size() && wanted.get(next).equals(item)) {
                next++;
            }
        }
        return next == wanted.size();
    }
}
