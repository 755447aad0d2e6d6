package dev.bowline.tools.person;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Effect;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tool `AskUserQuestion`. Whoever is asked for permission answers by adding `answers` to the
/// input: an object from question to label, list of labels or free text. The structured result has
/// `questions`, `answers`, and `annotations` and `response` if they were given.
public final class AskUserQuestion implements PersonTool {
    private static final String DESCRIPTION =
            """
            Asks the person you work for, up to four questions with two to four options each. Use it when only they can \
            decide, not for what you can find out. They may always answer in words of their own. The answers are the result.\
            """;

    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{"questions":{"type":"array","minItems":1,"maxItems":4,"items":{"type":"object","properties":{
                    "question":{"type":"string","minLength":1,"description":"The whole question, ending in a question mark"},
                    "header":{"type":"string","description":"A label of at most 12 characters"},
                    "options":{"type":"array","minItems":2,"maxItems":4,"items":{"type":"object","properties":{
                    "label":{"type":"string","description":"What is chosen, in 1 to 5 words"},
                    "description":{"type":"string","description":"What it means"},
                    "preview":{"type":"string","description":"What it would look like"}},"required":["label","description"]}},
                    "multiSelect":{"type":"boolean","description":"Whether several may be chosen"}},
                    "required":["question","header","options"]}},
                    "answers":{"type":"object","description":"Filled in by the person"},
                    "annotations":{"type":"object","description":"Filled in by the person"},
                    "response":{"type":"string","description":"Filled in by the person"},
                    "metadata":{"type":"object"}},
                    "required":["questions"],"additionalProperties":false}\
                    """);

    private final ToolDefinition definition =
            new ToolDefinition("AskUserQuestion", DESCRIPTION, SCHEMA);

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public ToolResult call(Json input, ToolContext context) {
        var given = input.asMap();
        var answers = given.get("answers") instanceof Map<?, ?> map ? map : Map.of();
        var structured = new LinkedHashMap<String, @Nullable Object>();
        structured.put("questions", given.get("questions"));
        structured.put("answers", answers);
        for (var name : List.of("annotations", "response")) {
            if (given.get(name) != null) {
                structured.put(name, given.get(name));
            }
        }
        var notes = given.get("annotations") instanceof Map<?, ?> map ? map : Map.of();
        var said = given.get("response") instanceof String text ? "\n" + text : "";
        return ToolResult.of(text(answers, notes) + said, Json.of(structured));
    }

    private static String text(Map<?, ?> answers, Map<?, ?> notes) {
        return answers.isEmpty()
                ? "The person did not answer the questions."
                : "The person answered; these words count, whatever the options were:\n"
                        + answers.entrySet().stream()
                                .map(answer ->
                                        "\""
                                                + answer.getKey()
                                                + "\" = \""
                                                + chosen(answer.getValue())
                                                + "\""
                                                + note(notes.get(answer.getKey())))
                                .collect(Collectors.joining("\n"));
    }

    /// Several labels may come as a list or as one text.
    private static String chosen(@Nullable Object answer) {
        return answer instanceof List<?> labels
                ? labels.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(answer);
    }

    private static String note(@Nullable Object annotation) {
        return annotation instanceof Map<?, ?> map && map.get("notes") instanceof String text
                ? " (note: " + text + ")"
                : "";
    }
}
