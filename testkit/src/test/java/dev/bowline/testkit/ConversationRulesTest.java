package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.Rules;
import org.junit.jupiter.api.Test;

class ConversationRulesTest extends CheckedRequests {
    private static final String CALL =
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{}}]}";

    private static final String RESULT =
            "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"x\"}";

    private static String assistant(String content) {
        return "{\"role\":\"assistant\",\"content\":" + content + "}";
    }

    @Test
    void checksRoles() throws Exception {
        refused(messages(assistant("\"hi\""), user("\"a\"")), "first message");
        refused(messages("{\"role\":\"tool\",\"content\":\"a\"}"), "messages.0.role");
        refused(messages("{\"content\":\"a\"}"), "messages.0.role");
        refused(
                messages(user("\"a\""), "{\"role\":\"system\",\"content\":\"a\"}"),
                "messages.1.role");
        accepted(
                Rules::allowSystemRole,
                messages(user("\"a\""), "{\"role\":\"system\",\"content\":\"a\"}"));
        accepted(messages(user("\"a\""), user("\"b\"")));
        refused(Rules::strictAlternation, messages(user("\"a\""), user("\"b\"")), "alternate");
        accepted(messages(user("\"a\""), assistant("\"b\"")));
        refused(Rules::refusePrefill, messages(user("\"a\""), assistant("\"b\"")), "prefill");
    }

    @Test
    void checksContents() throws Exception {
        refused(messages(user("\"\"")), "messages.0");
        refused(messages(user("[]")), "messages.0");
        refused(messages("{\"role\":\"user\"}"), "messages.0.content");
        refused(messages(user("7")), "messages.0.content");
        refused(messages(user("[{\"type\":\"text\",\"text\":\"\"}]")), "empty");
        refused(messages(user("[{\"type\":\"text\",\"text\":\" \\n\"}]")), "white space");
        refused(messages(user("[{\"type\":\"text\"}]")), "messages.0.content.0.text.text");
        refused(messages(user("[{\"text\":\"a\"}]")), "messages.0.content.0.type");
        refused(messages(user("[{\"type\":\"poem\",\"text\":\"a\"}]")), "poem");
        refused(messages(user("\"a\""), assistant("\"\""), user("\"b\"")), "messages.1");
        accepted(messages(user("\"a\""), assistant("[]")));
        refused(messages(user("\"a\""), assistant("\"b \"")), "white space");
        refused(
                messages(user("\"a\""), assistant("[{\"type\":\"text\",\"text\":\"b\\n\"}]")),
                "white space");
    }

    @Test
    void checksBlocksPerRole() throws Exception {
        refused(
                messages(
                        user(
                                "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"a\",\"input\":{}}]")),
                "tool_use");
        refused(messages(user("\"a\""), assistant("[" + RESULT + "]")), "tool_result");
        refused(
                messages(user("[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"b\"}]")),
                "thinking");
        refused(messages(user("[{\"type\":\"image\"}]")), "source");
        refused(messages(user(image("image/tiff", "AAAA"))), "media_type");
        refused(messages(user(image("image/png", "data:image/png;base64,AAAA"))), "Base64");
        accepted(messages(user(image("image/png", "AAAA"))));
    }

    @Test
    void pairsEveryCallWithOneResultAtTheHeadOfTheNextMessage() throws Exception {
        var text = "{\"type\":\"text\",\"text\":\"more\"}";
        accepted(messages(user("\"a\""), CALL, user("[" + RESULT + "," + text + "]")));
        refused(messages(user("\"a\""), CALL), "t1");
        refused(messages(user("\"a\""), CALL, user("\"b\"")), "without tool_result");
        refused(messages(user("\"a\""), CALL, user("[]"), user("[" + RESULT + "]")), "t1");
        refused(
                messages(user("\"a\""), CALL, user("[" + text + "," + RESULT + "]")),
                "before all other content");
        refused(
                messages(user("\"a\""), CALL, user("[" + RESULT + "," + RESULT + "]")),
                "single result");
        refused(messages(user("\"a\""), CALL, user("\"b\""), user("[" + RESULT + "]")), "t1");
        refused(messages(user("[" + RESULT + "]")), "no tool_use");
        refused(
                messages(
                        user("\"a\""),
                        CALL,
                        user("[" + RESULT + "]"),
                        assistant("\"b\""),
                        user("[" + RESULT + "]")),
                "no tool_use");
        refused(
                messages(
                        user("\"a\""),
                        CALL,
                        user("[" + RESULT + "]"),
                        CALL,
                        user("[" + RESULT + "]")),
                "unique");
        var two =
                CALL.replace(
                        "]}",
                        ",{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"Read\",\"input\":{}}]}");
        refused(messages(user("\"a\""), two, user("[" + RESULT + "]")), "t2");
        accepted(
                messages(
                        user("\"a\""),
                        two,
                        user("[" + RESULT.replace("t1", "t2") + "," + RESULT + "]")));
    }

    @Test
    void checksCallsAndResults() throws Exception {
        refused(
                messages(user("\"a\""), CALL.replace("{}", "\"{}\""), user("[" + RESULT + "]")),
                "input");
        refused(
                messages(
                        user("\"a\""), CALL.replace(",\"input\":{}", ""), user("[" + RESULT + "]")),
                "input");
        refused(
                messages(
                        user("\"a\""),
                        CALL.replace("t1", "t 1"),
                        user("[" + RESULT.replace("t1", "t 1") + "]")),
                ".id");
        refused(
                messages(user("\"a\""), CALL.replace("Read", "Re ad"), user("[" + RESULT + "]")),
                ".name");
        refused(
                messages(user("\"a\""), CALL, user("[" + RESULT.replace("\"x\"", "7") + "]")),
                "content");
        refused(
                messages(
                        user("\"a\""),
                        CALL,
                        user(
                                "["
                                        + RESULT.replace(
                                                "\"x\"", "[{\"type\":\"text\",\"text\":\"\"}]")
                                        + "]")),
                "empty");
        refused(
                messages(
                        user("\"a\""),
                        CALL,
                        user("[" + RESULT.replace("\"x\"", "[{\"type\":\"thinking\"}]") + "]")),
                "cannot be in a tool_result");
        refused(
                messages(
                        user("\"a\""),
                        CALL,
                        user("[" + RESULT.replace("\"x\"", "\"x\",\"is_error\":\"no\"") + "]")),
                "is_error");
        accepted(
                messages(
                        user("\"a\""),
                        CALL,
                        user("[" + RESULT.replace("\"x\"", "[],\"is_error\":true") + "]")));
    }

    @Test
    void refusesAThinkingBlockThatWasNeverSent() throws Exception {
        refused(
                messages(
                        user("\"a\""),
                        assistant(
                                "[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"made up\"},{\"type\":\"text\",\"text\":\"x\"}]"),
                        user("\"b\"")),
                "signature");
    }
}
