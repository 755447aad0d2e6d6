package dev.bowline.bench.synthetic;

import static dev.bowline.testkit.api.FakeReply.empty;
import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import java.util.regex.Pattern;

/// The service: a prompt that begins with `deltas N`, `calls N`, `big` or `nested N` gets that, any
/// other five deltas. It holds every request to the service's rules, pairing of calls and results
/// among them.
final class Answers {
    private static final Pattern WISH = Pattern.compile("^(deltas|calls|big|nested) ?(\\d*)");

    private Answers() {}

    static FakeMessagesApi start() {
        return FakeMessagesApi.start(s -> s.keepRequests(0).replyWith(Answers::answer));
    }

    private static FakeReply answer(FakeRequest request) {
        var wish = WISH.matcher(request.lastUserText());
        if (!wish.find()) {
            return filler(5, 20);
        }
        int count = wish.group(2).isEmpty() ? 0 : Integer.parseInt(wish.group(2));
        if (wish.group(1).equals("deltas")) {
            return filler(count, 20);
        }
        if (!request.toolResults().isEmpty()) {
            return text("done");
        }
        return switch (wish.group(1)) {
            case "calls" -> calls(count);
            case "big" -> toolUse("big", "{}");
            default -> toolUse("noop", "{\"x\":" + "[".repeat(count) + "]".repeat(count) + "}");
        };
    }

    private static FakeReply calls(int count) {
        var reply = empty();
        for (int i = 0; i < count; i++) {
            reply = reply.withToolUse("noop", "{\"x\":\"" + i + "\"}");
        }
        return reply;
    }
}
