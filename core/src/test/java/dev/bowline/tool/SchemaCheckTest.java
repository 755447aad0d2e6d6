package dev.bowline.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    enum Mode {
        FAST,
        SLOW
    }

    record Inner(@Describe("n") int n) {}

    record Input(
            @Describe("a path") String path,
            @Describe(value = "how many", optional = true) Integer count,
            @Describe(value = "all", optional = true) boolean all,
            @Describe(value = "mode", optional = true) Mode mode,
            @Describe(value = "list", optional = true) List<Inner> list) {}

    private static final Json SCHEMA = InputSchema.of(Input.class);

    private static SchemaCheck.Result check(String input) {
        return SchemaCheck.check(SCHEMA, Json.parse(input));
    }

    @Test
    void aRecordIsItsSchema() {
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\",\"description\":\"a path\"},"
                        + "\"count\":{\"type\":\"integer\",\"description\":\"how many\"},\"all\":{\"type\":\"boolean\",\"description\":\"all\"},"
                        + "\"mode\":{\"type\":\"string\",\"enum\":[\"fast\",\"slow\"],\"description\":\"mode\"},"
                        + "\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"description\":\"n\"}},"
                        + "\"required\":[\"n\"],\"additionalProperties\":false},\"description\":\"list\"}},"
                        + "\"required\":[\"path\"],\"additionalProperties\":false}",
                SCHEMA.text());
    }

    @Test
    void acceptsWhatFitsAndMendsWhatModelsGetWrong() {
        assertEquals(
                "{\"path\":\"a\",\"count\":5,\"all\":true,\"list\":[{\"n\":1}]}",
                check(
                                "{\"path\":\"a\",\"count\":\"5\",\"all\":\"true\",\"list\":\"[{\\\"n\\\":1}]\"}")
                        .input()
                        .text());
        assertEquals("{\"path\":\"a\"}", check("{\"path\":\"a\",\"count\":null}").input().text());
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        var problems =
                String.join(
                        "\n",
                        check(
                                        "{\"count\":\"many\",\"wat\":1,\"mode\":\"warp\",\"list\":[{\"n\":\"x\"},{}]}")
                                .problems());
        for (var part :
                List.of(
                        "\"path\" is missing",
                        "\"count\" must be of type integer",
                        "unexpected field \"wat\"",
                        "\"mode\" must be one of",
                        "\"list[0].n\" must be of type integer",
                        "\"list[1].n\" is missing")) {
            assertTrue(problems.contains(part), part + " in:\n" + problems);
        }
    }

    @Test
    void refusesANullWhereAValueIsRequired() {
        assertTrue(check("{\"path\":null}").problems().getFirst().contains("must not be null"));
    }

    @Test
    void checksBoundsAndPatterns() {
        var schema =
                Json.parse(
                        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":3},"
                                + "\"s\":{\"type\":\"string\",\"minLength\":2,\"maxLength\":3,\"pattern\":\"^a\"},\"l\":{\"type\":\"array\",\"maxItems\":1}}}");
        assertEquals(
                List.of(),
                SchemaCheck.check(schema, Json.parse("{\"n\":3,\"s\":\"ab\",\"l\":[1]}"))
                        .problems());
        assertEquals(
                5,
                SchemaCheck.check(
                                        schema,
                                        Json.parse("{\"n\":4,\"s\":\"bbbb\",\"l\":[1,2],\"x\":1}"))
                                .problems()
                                .size()
                        + SchemaCheck.check(schema, Json.parse("{\"n\":0}")).problems().size());
    }

    private static List<String> problems(String schema, String value) {
        return SchemaCheck.check(Json.parse(schema), Json.parse(value)).problems();
    }

    @Test
    void followsReferencesAlsoInARecursiveSchema() {
        var tree =
                "{\"type\":\"object\",\"properties\":{\"root\":{\"$ref\":\"#/$defs/Node\"}},\"required\":[\"root\"],"
                        + "\"$defs\":{\"Node\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"},"
                        + "\"kids\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/Node\"}}},\"required\":[\"n\"]}}}";
        assertEquals(List.of(), problems(tree, "{\"root\":{\"n\":1,\"kids\":[{\"n\":2}]}}"));
        assertEquals(
                List.of("required field \"root.kids[0].n\" is missing"),
                problems(tree, "{\"root\":{\"n\":1,\"kids\":[{}]}}"));
        assertTrue(
                problems("{\"allOf\":[{\"$ref\":\"#\"}]}", "{}")
                        .getFirst()
                        .contains("without end"));
        assertTrue(
                SchemaCheck.fault(Json.parse("{\"properties\":{\"a\":{\"$ref\":\"#/no\"}}}"))
                        .orElseThrow()
                        .contains("leads nowhere"));
    }

    @Test
    void choosesAmongForms() {
        var either =
                "{\"properties\":{\"v\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}},\"required\":[\"v\"]}";
        assertEquals(List.of(), problems(either, "{\"v\":null}"));
        assertEquals(
                "{\"v\":5}",
                SchemaCheck.check(Json.parse(either), Json.parse("{\"v\":\"5\"}")).input().text());
        assertEquals(1, problems(either, "{\"v\":\"x\"}").size());
        var one = "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"},{\"minimum\":5}]}";
        assertEquals(List.of(), problems(one, "4"));
        assertTrue(problems(one, "6").getFirst().contains("fits several"));
        assertEquals(List.of(), problems(one, "\"4\"").stream().filter(p -> p.isEmpty()).toList());
        var tagged =
                "{\"oneOf\":[{\"properties\":{\"t\":{\"const\":\"a\"},\"x\":{\"type\":\"integer\"}},\"required\":[\"t\",\"x\"]},"
                        + "{\"properties\":{\"t\":{\"const\":\"b\"}},\"required\":[\"t\"],\"additionalProperties\":false}]}";
        assertEquals(List.of(), problems(tagged, "{\"t\":\"b\"}"));
        assertEquals(List.of(), problems(tagged, "{\"t\":\"a\",\"x\":\"1\"}"));
        assertEquals(1, problems(tagged, "{\"t\":\"a\"}").size());
        assertEquals(1, problems("{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", "3").size());
        assertEquals(1, problems("{\"not\":{\"type\":\"string\"}}", "\"s\"").size());
    }

    @Test
    void knowsTheOtherKeywordsOfObjectsListsAndNumbers() {
        assertEquals(
                1,
                problems("{\"additionalProperties\":{\"type\":\"integer\"}}", "{\"a\":\"x\"}")
                        .size());
        assertEquals(
                1,
                problems(
                                "{\"patternProperties\":{\"^n\":{\"type\":\"integer\"}},\"additionalProperties\":false}",
                                "{\"n1\":1,\"m\":1}")
                        .size());
        assertEquals(1, problems("{\"propertyNames\":{\"pattern\":\"^a\"}}", "{\"b\":1}").size());
        assertEquals(
                1,
                problems("{\"prefixItems\":[{\"type\":\"integer\"}],\"items\":false}", "[1,2]")
                        .size());
        assertEquals(
                1,
                problems(
                                "{\"items\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}}",
                                "[[true],[3]]")
                        .size());
        assertEquals(1, problems("{\"uniqueItems\":true}", "[1,1.0]").size());
        assertEquals(1, problems("{\"contains\":{\"const\":3}}", "[1,2]").size());
        assertEquals(1, problems("{\"exclusiveMinimum\":1}", "1").size());
        assertEquals(1, problems("{\"maximum\":1,\"exclusiveMaximum\":true}", "1").size());
        assertEquals(0, problems("{\"multipleOf\":0.1}", "0.3").size());
        assertEquals(1, problems("{\"multipleOf\":2}", "3").size());
        assertEquals(0, problems("{\"const\":1}", "1.0").size());
        assertEquals(
                0, problems("{\"type\":\"string\",\"format\":\"email\"}", "\"no address\"").size());
    }

    @Test
    void aPatternThatRunsAwayIsGivenUp() {
        var slow = "{\"type\":\"string\",\"pattern\":\"^(a+)+\\\\1c$\"}";
        assertTrue(problems(slow, "\"" + "a".repeat(60) + "b\"").getFirst().contains("in time"));
        assertTrue(
                SchemaCheck.fault(Json.parse("{\"pattern\":\"(\"}"))
                        .orElseThrow()
                        .contains("regular"));
    }

    @Test
    void boundsTheDepthOfInput() {
        var deep = "{\"path\":\"a\",\"list\":" + "[".repeat(200) + "]".repeat(200) + "}";
        var free =
                Json.parse(
                        "{\"type\":\"object\",\"properties\":{\"list\":{\"$comment\":\"any\",\"type\":\"array\",\"items\":{}}}}");
        assertTrue(
                SchemaCheck.check(SCHEMA, Json.parse(deep))
                        .problems()
                        .getFirst()
                        .contains("list[0]"));
        assertEquals(List.of(), SchemaCheck.check(free, Json.parse("{\"list\":[1]}")).problems());
    }

    @Test
    void aRecordWithAComponentThatHasNoSchemaIsRefusedWithItsType() {
        record Wrong(java.io.File file) {}
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> InputSchema.of(Wrong.class))
                        .getMessage()
                        .contains("java.io.File"));
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        @ToolInput(name = "a", description = "d", effect = Effect.READ)
        record A(@Describe("x") String x) {}
        var tool = Tool.of(A.class, (input, context) -> ToolResult.text(""));
        var registry = new ToolRegistry(List.of(tool));
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> registry.register(tool))
                        .getMessage()
                        .contains("named a"));
        assertTrue(registry.unregister("a"));
        registry.register(tool);
        assertEquals(1, registry.all().size());
    }

    @Test
    void childProcessesGetNoCredentials() {
        var kept =
                ChildEnvironment.of(
                        java.util.Map.of(
                                "PATH",
                                "/bin",
                                "ANTHROPIC_API_KEY",
                                "k",
                                "GITHUB_TOKEN",
                                "t",
                                "AWS_SECRET_ACCESS_KEY",
                                "s",
                                "DB_PASSWORD",
                                "p",
                                "TOKENIZERS",
                                "fine"));
        assertEquals(java.util.Set.of("PATH", "TOKENIZERS"), kept.keySet());
    }
}
