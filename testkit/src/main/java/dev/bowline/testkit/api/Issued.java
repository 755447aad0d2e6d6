package dev.bowline.testkit.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Thinking blocks that were served, so that a request can be held to giving them back unchanged.
/// Remembers the last 10,000 replies with thinking.
final class Issued {
    private static final int KEPT = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<String>> byTool = bounded();
    private final Map<String, String> bySignature = bounded();

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEPT;
            }
        };
    }

    void remember(MessageReply reply, List<String> toolIds) {
        var thoughts = new ArrayList<String>();
        for (var block : reply.blocks()) {
            switch (block) {
                case ReplyBlock.Thinking thinking -> {
                    thoughts.add(thought(thinking.text(), Stencil.signature(thinking)));
                    rememberSignature(thinking.signature(), thinking.text());
                }
                case ReplyBlock.RedactedThinking(var data) -> thoughts.add(redacted(data));
                case ReplyBlock.Text _, ReplyBlock.ToolUse _, ReplyBlock.Raw _ -> {}
            }
        }
        if (thoughts.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            toolIds.forEach(id -> byTool.put(id, thoughts));
        } finally {
            lock.unlock();
        }
    }

    private void rememberSignature(@Nullable String signature, String text) {
        if (signature != null) {
            lock.lock();
            try {
                bySignature.put(signature, text);
            } finally {
                lock.unlock();
            }
        }
    }

    static String thought(String text, String signature) {
        return "thinking " + signature + " " + text;
    }

    static String redacted(String data) {
        return "redacted " + data;
    }

    /// The thinking blocks of the reply that made this tool call, in order.
    List<String> thoughtsWith(String toolId) {
        lock.lock();
        try {
            return byTool.getOrDefault(toolId, List.of());
        } finally {
            lock.unlock();
        }
    }

    /// Whether this signature belongs to this text.
    boolean genuine(String text, String signature) {
        if (signature.equals(Signature.of(text))) {
            return true;
        }
        lock.lock();
        try {
            return text.equals(bySignature.get(signature));
        } finally {
            lock.unlock();
        }
    }
}
