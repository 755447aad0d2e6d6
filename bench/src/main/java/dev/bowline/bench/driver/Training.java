package dev.bowline.bench.driver;

import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.toolUse;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Runs the modes that start cold once, against a fake service of its own, so that the AOT cache
/// recorded around it holds what they load. Expects to be started in an empty scratch directory.
final class Training {
    private static final int CALLS = 3;
    private static final int ROUNDS = 5;

    private Training() {}

    static void main(String[] args) throws IOException, InterruptedException {
        try (var api = FakeMessagesApi.start(script -> script.replyWith(Training::answer))) {
            var service = new Service(api.baseUrl(), "fake", Path.of(""));
            var lines = new Lines();
            for (var mode :
                    List.of(
                            new String[] {"tools", "k=" + CALLS},
                            new String[] {"stream", "n=200", "delay=0"},
                            new String[] {"mkstore", "turns=50", "file=stored.jsonl"})) {
                Driver.run(Arguments.parse(mode), service, lines);
            }
            for (int i = 0; i < ROUNDS; i++) {
                Driver.run(Arguments.parse("oneshot"), service, lines);
                Driver.run(Arguments.parse("resume", "file=stored.jsonl"), service, lines);
            }
        }
    }

    private static FakeReply answer(FakeRequest request) {
        return request.lastUserText().contains("scenario:tools") && request.step() < CALLS
                ? toolUse("noop", "{\"x\":\"a\"}")
                : filler(5, 20);
    }
}
