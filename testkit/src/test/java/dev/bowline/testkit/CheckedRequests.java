package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.Rules;
import dev.bowline.testkit.wire.Json;
import java.util.List;
import java.util.function.UnaryOperator;

/// Requests to the fake service, accepted or refused.
abstract class CheckedRequests {
    static void refused(String body, String where) throws Exception {
        refused(rules -> rules, body, where);
    }

    /// The request gets a 400 in the service's shape, and the violation is recorded at that place.
    static void refused(UnaryOperator<Rules> rules, String body, String where) throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.rules(rules).replyWith(_ -> text("x")))) {
            var answer = post(api.baseUrl(), body);
            assertEquals(400, answer.statusCode(), body);
            var error = Json.object(Json.object(Json.parse(answer.body())).get("error"));
            assertEquals("invalid_request_error", error.get("type"));
            var first = api.violations().getFirst();
            assertEquals(first.answer(), error.get("message"));
            assertTrue(first.answer().contains(where), first.answer());
            assertThrows(AssertionError.class, api::verify);
        }
    }

    static void accepted(UnaryOperator<Rules> rules, String body) throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.rules(rules).replyWith(_ -> text("x")))) {
            var answer = post(api.baseUrl(), body);
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(List.of(), api.violations());
        }
    }

    static void accepted(String body) throws Exception {
        accepted(rules -> rules, body);
    }

    static String messages(String... messages) {
        return body("[" + String.join(",", messages) + "]");
    }

    static String user(String content) {
        return "{\"role\":\"user\",\"content\":" + content + "}";
    }

    static String image(String type, String data) {
        return "[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\""
                + type
                + "\",\"data\":\""
                + data
                + "\"}}]";
    }
}
