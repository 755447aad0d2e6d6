package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionUpdateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"addRules\",\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\"npm run *\"},{\"toolName\":\"mcp__a__b\"}],\"behavior\":\"allow\",\"destination\":\"localSettings\"}",
                "{\"type\":\"replaceRules\",\"rules\":[],\"behavior\":\"deny\",\"destination\":\"userSettings\"}",
                "{\"type\":\"removeRules\",\"rules\":[{\"toolName\":\"Read\",\"ruleContent\":\"//etc/(x)/**\"}],\"behavior\":\"ask\",\"destination\":\"projectSettings\"}",
                "{\"type\":\"setMode\",\"mode\":\"acceptEdits\",\"destination\":\"session\"}",
                "{\"type\":\"addDirectories\",\"directories\":[\"/data\",\"rel\"],\"destination\":\"session\"}",
                "{\"type\":\"removeDirectories\",\"directories\":[\"/data\"],\"destination\":\"cliArg\"}"
            })
    void everyFormComesBackAsItWas(String json) {
        assertEquals(json, PermissionUpdate.of(Json.parse(json)).toJson().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[]                                                     | needs a text \"type\"|",
                "{\"type\":\"x\",\"destination\":\"session\"}           | \"type\" cannot be \"x\"|",
                "{\"type\":\"setMode\",\"mode\":\"plan\"}               | needs a text \"destination\"|",
                "{\"type\":\"setMode\",\"mode\":\"x\",\"destination\":\"session\"} | unknown permission mode|",
                "{\"type\":\"setMode\",\"mode\":\"plan\",\"destination\":\"moon\"} | \"destination\" cannot be \"moon\"|",
                "{\"type\":\"addRules\",\"behavior\":\"allow\",\"destination\":\"session\"} | needs a list \"rules\"|",
                "{\"type\":\"addRules\",\"rules\":[7],\"behavior\":\"allow\",\"destination\":\"session\"} | needs a text \"toolName\"|",
                "{\"type\":\"addRules\",\"rules\":[{\"toolName\":\"a b\"}],\"behavior\":\"allow\",\"destination\":\"session\"} | is not a permission rule|",
                "{\"type\":\"addRules\",\"rules\":[{\"toolName\":\"A\",\"ruleContent\":3}],\"behavior\":\"allow\",\"destination\":\"session\"} | must be a text|",
                "{\"type\":\"addRules\",\"rules\":[],\"behavior\":\"maybe\",\"destination\":\"session\"} | \"behavior\" cannot be \"maybe\"|",
                "{\"type\":\"addDirectories\",\"directories\":[\"\"],\"destination\":\"session\"} | must hold paths|",
                "{\"type\":\"addDirectories\",\"directories\":[null],\"destination\":\"session\"} | must hold paths|",
            })
    void anythingElseIsRefusedInOneClearSentence(String json, String says, String rest) {
        var wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> PermissionUpdate.of(Json.parse(json)));
        assertTrue(wrong.getMessage().contains(says), wrong.getMessage());
    }

    @Test
    void aRuleThatIsThereAlreadyIsNotAddedAgain() {
        var update = PermissionUpdate.allow(PermissionUpdate.Destination.SESSION, "Bash(make)");
        var book = new RuleBook(java.util.List.of(), java.util.List.of()).plus(update).plus(update);
        assertEquals(1, book.rules().size());
    }
}
