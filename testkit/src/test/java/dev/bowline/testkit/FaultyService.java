package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.FakeReply;

/// A fake service that answers with faults.
abstract class FaultyService {
    static FakeMessagesApi api(FakeReply... replies) {
        return FakeMessagesApi.start(a -> a.reply(replies));
    }
}
