package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.Rules;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest extends CheckedRequests {
    private static String withField(String field) {
        return body(HELLO).replaceFirst("\\{", "{" + field.replace("\\", "\\\\") + ",");
    }

    @Test
    void wantsAKeyAVersionAndJson() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")))) {
            assertEquals(
                    401,
                    status(
                            api,
                            "anthropic-version",
                            "2023-06-01",
                            "content-type",
                            "application/json"));
            assertEquals(
                    401,
                    status(
                            api,
                            "authorization",
                            "Basic abc",
                            "anthropic-version",
                            "2023-06-01",
                            "content-type",
                            "application/json"));
            assertEquals(400, status(api, "x-api-key", "k", "content-type", "application/json"));
            assertEquals(
                    400,
                    status(
                            api,
                            "x-api-key",
                            "k",
                            "anthropic-version",
                            "1999-01-01",
                            "content-type",
                            "application/json"));
            assertEquals(
                    400,
                    status(
                            api,
                            "x-api-key",
                            "k",
                            "anthropic-version",
                            "2023-06-01",
                            "content-type",
                            "text/plain"));
            assertEquals(
                    200,
                    status(
                            api,
                            "authorization",
                            "Bearer t",
                            "anthropic-version",
                            "2023-06-01",
                            "content-type",
                            "application/json"));
            assertEquals(
                    List.of(
                            "x-api-key",
                            "authorization",
                            "anthropic-version",
                            "anthropic-version",
                            "content-type"),
                    api.violations().stream().map(v -> v.where()).toList());
        }
    }

    private static int status(FakeMessagesApi api, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(api.baseUrl() + "/v1/messages"))
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.ofString(body(HELLO)))
                        .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void acceptsOnlyTheRightKeyWhenThereIsOne() throws Exception {
        try (var api =
                FakeMessagesApi.start(
                        a -> a.rules(r -> r.apiKey("other")).replyWith(_ -> text("x")))) {
            var answer = post(api.baseUrl(), body(HELLO));
            assertEquals(401, answer.statusCode());
            assertTrue(answer.body().contains("authentication_error"));
        }
        try (var api =
                FakeMessagesApi.start(
                        a -> a.rules(r -> r.apiKey("test-key")).replyWith(_ -> text("x")))) {
            assertEquals(200, post(api.baseUrl(), body(HELLO)).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{\"model\":", "{} {}", "nul"})
    void refusesABodyThatIsNoJsonObject(String body) throws Exception {
        refused(body, "request body");
    }

    @Test
    void refusesHalfASurrogatePair() throws Exception {
        refused(messages(user("\"a\\ud83d b\"")), "surrogate");
        refused(messages(user("\"a\\ude00\"")), "surrogate");
        accepted(messages(user("\"a\\ud83d\\ude00 \\\\ud83d \\u0041\"")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'max_tokens':5,'messages':M}|model",
                "{'model':7,'max_tokens':5,'messages':M}|model",
                "{'model':'','max_tokens':5,'messages':M}|model",
                "{'model':'m','messages':M}|max_tokens",
                "{'model':'m','max_tokens':'5','messages':M}|max_tokens",
                "{'model':'m','max_tokens':0,'messages':M}|max_tokens",
                "{'model':'m','max_tokens':1.5,'messages':M}|max_tokens",
                "{'model':'m','max_tokens':5}|messages",
                "{'model':'m','max_tokens':5,'messages':{}}|messages",
                "{'model':'m','max_tokens':5,'messages':[]}|messages",
                "{'model':'m','max_tokens':5,'messages':['x']}|messages.0",
            })
    void refusesMissingAndMistypedFields(String body, String where) throws Exception {
        refused(body.replace('\'', '"').replace("M", HELLO), where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'weather':1|weather",
                "'stream':'yes'|stream",
                "'temperature':1.1|temperature",
                "'temperature':-0.1|temperature",
                "'top_p':2|top_p",
                "'top_k':-1|top_k",
                "'stop_sequences':'x'|stop_sequences",
                "'stop_sequences':[' ']|stop_sequences",
                "'metadata':{'user':'x'}|metadata.user",
                "'metadata':{'user_id':1}|metadata.user_id",
                "'system':7|system",
                "'system':[{'type':'image'}]|system.0",
                "'system':[{'type':'text','text':''}]|system.0",
                "'system':[{'type':'text','text':'a','x':1}]|system.0.x",
                "'thinking':{'type':'enabled'}|thinking.enabled.budget_tokens",
                "'thinking':{'type':'enabled','budget_tokens':1023}|1024",
                "'thinking':{'type':'enabled','budget_tokens':1024}|max_tokens",
                "'thinking':{'type':'sometimes'}|thinking.type",
                "'tools':{}|tools",
                "'tools':[1]|tools.0",
                "'tools':[{'input_schema':{'type':'object'}}]|tools.0.custom.name",
                "'tools':[{'name':'a b','input_schema':{'type':'object'}}]|tools.0.custom.name",
                "'tools':[{'name':'a'}]|tools.0.custom.input_schema",
                "'tools':[{'name':'a','input_schema':{'type':'string'}}]|tools.0.custom.input_schema.type",
                "'tools':[{'name':'a','input_schema':{}}]|tools.0.custom.input_schema.type",
                "'tools':[{'name':'a','input_schema':{'type':'object','anyOf':[]}}]|anyOf",
                "'tools':[{'name':'a','input_schema':{'type':'object','properties':{'a b':{}}}}]|a b",
                "'tools':[{'name':'a','input_schema':{'type':'object'},'color':1}]|tools.0.custom.color",
                "'tools':[{'name':'a','input_schema':{'type':'object'}},{'name':'a','input_schema':{'type':'object'}}]|unique",
                "'tool_choice':{'type':'auto'}|tool_choice",
                "'tools':[{'name':'a','input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':'b'}|not among",
                "'tools':[{'name':'a','input_schema':{'type':'object'}}],'tool_choice':{'type':'must'}|tool_choice.type",
                "'cache_control':{'type':'forever'}|cache_control",
            })
    void refusesWrongSettings(String field, String where) throws Exception {
        refused(withField(field.replace('\'', '"')), where);
    }

    @Test
    void refusesForcedToolsAndOtherTemperaturesWithThinking() throws Exception {
        var thinking = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
        var roomy = body(HELLO).replace("100", "2000");
        accepted(roomy.replaceFirst("\\{", "{" + thinking + ","));
        refused(roomy.replaceFirst("\\{", "{\"temperature\":0.5," + thinking + ","), "temperature");
        refused(
                roomy.replaceFirst(
                        "\\{",
                        "{\"tools\":[{\"name\":\"a\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\"},"
                                + thinking
                                + ","),
                "tool_choice");
    }

    @Test
    void acceptsAFullRequest() throws Exception {
        accepted(
                withField(
                        "\"system\":[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}],"
                                + "\"tools\":[{\"name\":\"Read\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{}}}},"
                                + "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3}],"
                                + "\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true},\"temperature\":0.5,\"top_k\":5,"
                                + "\"metadata\":{\"user_id\":\"u\"},\"stop_sequences\":[\"END\"]"));
    }

    @Test
    void refusesUnknownFieldsOnlyWhenStrict() throws Exception {
        accepted(Rules::anyFields, withField("\"weather\":1"));
        refused(messages("{\"role\":\"user\",\"content\":\"a\",\"id\":1}"), "messages.0.id");
        refused(
                messages(user("[{\"type\":\"text\",\"text\":\"a\",\"id\":1}]")),
                "messages.0.content.0.text.id");
    }

    @Test
    void allowsFourCacheMarks() throws Exception {
        var marked =
                "{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}";
        accepted(
                messages(
                        user(
                                "["
                                        + String.join(",", java.util.Collections.nCopies(4, marked))
                                        + "]")));
        refused(
                messages(
                        user(
                                "["
                                        + String.join(",", java.util.Collections.nCopies(5, marked))
                                        + "]")),
                "at most 4");
    }

    @Test
    void refusesAPromptLargerThanTheWindow() throws Exception {
        refused(
                r -> r.contextWindow(100),
                messages(user("\"" + "a".repeat(1000) + "\"")),
                "prompt is too long");
        accepted(r -> r.contextWindow(100), messages(user("\"a\"")));
    }

    @Test
    void namesEveryViolationOfARequest() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")))) {
            post(api.baseUrl(), "{\"weather\":1,\"messages\":[]}");
            assertEquals(
                    List.of("weather", "model", "max_tokens", "messages"),
                    api.violations().stream().map(v -> v.where()).toList());
        }
    }
}
