package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// A host program, and a model that gives it always the same answer.
abstract class HostCase {
    @TempDir Path root;

    HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    static FakeMessagesApi answering(String answer) {
        return FakeMessagesApi.start(a -> a.replyWith(any -> text(answer)));
    }

    static Map<String, Object> message(Object content) {
        return Map.of("message", Map.of("role", "user", "content", content));
    }
}
