package dev.bowline.project.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookConfigTest {
    private static HookConfig parse(String json) {
        return HookConfig.parse(Json.parse(json), "settings.json");
    }

    private static HookConfig handler(String members) {
        return parse("{\"PreToolUse\":[{\"matcher\":\"Bash\",\"hooks\":[{" + members + "}]}]}");
    }

    @Test
    void allHandlersOfAllEventsAreReadInOrder() {
        var config =
                parse(
                        """
                        {"PreToolUse":[{"matcher":"Bash","hooks":[
                            {"type":"command","command":"a","timeout":5,"if":"Bash(git *)","once":true,"onFailure":"block","statusMessage":"Looking"},
                            {"type":"command","command":"/bin/b","args":["x","y"],"async":true}]}],
                         "Stop":[{"hooks":[{"type":"http","url":"http://127.0.0.1:1/x","headers":{"A":"$B"},"allowedEnvVars":["B"]}]}],
                         "PostToolUse":[{"hooks":[{"type":"mcp_tool","server":"s","tool":"t","input":{"p":"${tool_input.file_path}"}}]}]}
                        """);
        assertEquals(List.of(), config.problems());
        assertEquals(
                List.of("PreToolUse", "PreToolUse", "Stop", "PostToolUse"),
                config.entries().stream().map(HookEntry::event).toList());
        var first = config.entries().getFirst();
        assertEquals(
                new Terms("Bash(git *)", Duration.ofSeconds(5), true, true, "Looking"),
                first.terms());
        assertEquals(new Handler.Command("a", null, "sh", false), first.handler());
        assertEquals(
                new Handler.Command("/bin/b", List.of("x", "y"), "sh", true),
                config.entries().get(1).handler());
        assertInstanceOf(Handler.Http.class, config.entries().get(2).handler());
        assertInstanceOf(Handler.ServerTool.class, config.entries().get(3).handler());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"PreToolUse":5}                                        | hooks.PreToolUse has to be a list
                    {"PreToolUse":[5]}                                      | hooks.PreToolUse[0] has to be an object
                    {"PreToolUse":[{}]}                                     | hooks.PreToolUse[0].hooks has to be a list
                    {"PreToolUse":[{"hooks":{}}]}                           | hooks.PreToolUse[0].hooks has to be a list
                    {"PreToolUse":[{"hooks":[7]}]}                          | hooks.PreToolUse[0].hooks[0] has to be an object
                    {"PreToolUse":[{"hooks":[{}]}]}                         | hooks.PreToolUse[0].hooks[0].type is missing
                    {"Nope":[{"hooks":[{"type":"command","command":"a"}]}]} | hooks.Nope is not an event
                    []                                                      | hooks has to be an object
                    """)
    void whatIsWrongIsNamedByItsKey(String json, String problem) {
        var config = parse(json);
        assertEquals(List.of(), config.entries());
        assertEquals(1, config.problems().size());
        assertTrue(
                config.problems().getFirst().startsWith("settings.json: " + problem),
                config.problems().getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "type":"command"                                     | .command is missing
                    "type":"command","command":""                        | .command is missing
                    "type":"command","command":7                         | .command has to be a text
                    "type":"command","command":"a","timeout":"5"         | .timeout has to be a number
                    "type":"command","command":"a","timeout":0           | .timeout has to be a number
                    "type":"command","command":"a","timeout":-1          | .timeout has to be a number
                    "type":"command","command":"a","args":"x"            | .args has to be a list
                    "type":"command","command":"a","args":[1]            | .args has to be a list
                    "type":"command","command":"a","async":"yes"         | .async has to be true or false
                    "type":"command","command":"a","shell":"fish"        | .shell has to be one of
                    "type":"command","command":"a","onFailure":"explode" | .onFailure has to be one of
                    "type":"command","command":"a","if":5                | .if has to be a text
                    "type":"http"                                        | .url is missing
                    "type":"http","url":"ftp://example.org/"             | .url has to be an address
                    "type":"http","url":"file:///etc/passwd"             | .url has to be an address
                    "type":"http","url":"http://a b/"                    | .url is no address
                    "type":"http","url":"http://u:p@example.org/"        | .url has to be an address
                    "type":"http","url":"http://x/","headers":{"A":1}    | .headers.A has to be a text
                    "type":"mcp_tool","server":"s"                       | .tool is missing
                    "type":"mcp_tool","server":"s","tool":"t","input":1  | .input has to be an object
                    "type":"prompt","prompt":"is it good?"               | .type is "prompt", which this version does not support
                    "type":"agent","prompt":"is it good?"                | .type is "agent", which this version does not support
                    "type":"magic"                                       | .type has to be command
                    """)
    void aWrongHandlerIsLeftOutAndItsNeighboursCount(String members, String problem) {
        var config =
                parse(
                        "{\"Stop\":[{\"hooks\":[{"
                                + members
                                + "},{\"type\":\"command\",\"command\":\"b\"}]}]}");
        assertEquals(
                List.of("b"), config.entries().stream().map(it -> it.handler().label()).toList());
        assertEquals(1, config.problems().size());
        assertTrue(
                config.problems()
                        .getFirst()
                        .startsWith("settings.json: hooks.Stop[0].hooks[0]" + problem),
                config.problems().getFirst());
    }

    @Test
    void aMatcherThatIsNoneCountsForEverythingAndIsReported() {
        for (var matcher : List.of("\"(\"", "7")) {
            var config =
                    parse(
                            "{\"PreToolUse\":[{\"matcher\":"
                                    + matcher
                                    + ",\"hooks\":[{\"type\":\"command\",\"command\":\"a\"}]}]}");
            assertEquals(1, config.problems().size());
            assertTrue(config.entries().getFirst().matcher().matches(Events.call("Bash")));
        }
    }

    @Test
    void aRuleThatIsNoneStaysAndIsReported() {
        var config = handler("\"type\":\"command\",\"command\":\"a\",\"if\":\"Bash(\"");
        assertEquals(1, config.problems().size());
        assertTrue(config.problems().getFirst().contains("hooks[0].if counts for every call"));
        assertEquals("Bash(", config.entries().getFirst().terms().only());
    }

    @Test
    void theLongestTimeIsADayAndUnknownMembersAreNoFault() {
        var config =
                handler("\"type\":\"command\",\"command\":\"a\",\"timeout\":1e12,\"later\":true");
        assertEquals(List.of(), config.problems());
        assertEquals(Duration.ofDays(1), config.entries().getFirst().terms().timeout());
    }

    @Test
    void twoSourcesAddUpInTheirOrder() {
        var both =
                handler("\"type\":\"command\",\"command\":\"a\"")
                        .plus(handler("\"type\":\"command\",\"command\":\"b\""))
                        .plus(parse("{\"Nope\":[]}"));
        assertEquals(
                List.of("a", "b"),
                both.entries().stream().map(it -> it.handler().label()).toList());
        assertFalse(both.problems().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Bearer $KEY        | Bearer k
                    Bearer ${KEY}      | Bearer k
                    $KEY$KEY           | kk
                    $OTHER             | ''
                    a${OTHER}b         | ab
                    $                  | $
                    ${                 | ${
                    ${KEY              | ${KEY
                    $5                 | $5
                    $KEYS              | ''
                    $UNSET.            | .
                    """)
    void headersGetOnlyVariablesOfTheList(String text, String filled) {
        var environment = java.util.Map.of("KEY", "k", "OTHER", "secret");
        assertEquals(filled, HttpCall.filled(text, List.of("KEY", "UNSET"), environment));
    }

    @Test
    void theInputOfAToolIsFilledFromTheEvent() {
        var event = Json.parse("{\"tool_input\":{\"file_path\":\"/a\",\"n\":5},\"cwd\":\"/w\"}");
        var template =
                Json.parse(
                        "{\"p\":\"${tool_input.file_path}\",\"all\":[\"in ${cwd}\",1,null],\"no\":\"${a.b}\",\"open\":\"${x\",\"n\":\"${tool_input.n}\",\"o\":\"${tool_input}\"}");
        assertEquals(
                "{\"p\":\"/a\",\"all\":[\"in /w\",1,null],\"no\":\"\",\"open\":\"${x\",\"n\":\"5\",\"o\":\"{\\\"file_path\\\":\\\"/a\\\",\\\"n\\\":5}\"}",
                Template.filled(template, event).text());
    }
}
