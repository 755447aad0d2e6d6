package dev.bowline.tools.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Agent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Tool;
import dev.bowline.transcript.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonToolsTest {
    private static final Json QUESTION =
            Json.parse(
                    """
                    {"questions":[{"question":"Which?","header":"Pick","multiSelect":true,
                    "options":[{"label":"A","description":"a"},{"label":"B","description":"b"}]}]}\
                    """);

    @TempDir Path folder;

    private static Json with(Json input, String name, Object value) {
        var all = new java.util.LinkedHashMap<String, Object>(input.asMap());
        all.put(name, value);
        return Json.of(all);
    }

    private Event.ToolFinished call(String tool, Json input, PermissionMode mode) throws Exception {
        try (var agent =
                Agent.of(
                        ScriptedModel.saying("done"),
                        a -> a.tools(PersonTools.all()).directory(folder).permissionMode(mode))) {
            return agent.call(tool, input, folder.resolve("results"));
        }
    }

    private static Object of(Event.ToolFinished result, String name) {
        return result.structured().asMap().get(name);
    }

    private static String text(Event.ToolFinished result) {
        return ContentBlock.text(result.content());
    }

    @Test
    void onlyQuestionsAndPlansNeedAPerson() {
        assertThat(PersonTools.all())
                .filteredOn(Tool::needsPerson)
                .extracting(Tool::name)
                .containsExactly("AskUserQuestion", "ExitPlanMode");
    }

    @Test
    void answersComeBackWithTheQuestions() throws Exception {
        var answered =
                new AskUserQuestion()
                        .call(with(QUESTION, "answers", Map.of("Which?", List.of("A", "B"))), null);
        assertThat(answered.text()).contains("\"Which?\" = \"A, B\"");
        assertThat(answered.structured().asMap().keySet())
                .containsExactlyInAnyOrder("questions", "answers");
        assertThat(answered.structured().asMap().get("answers"))
                .isEqualTo(Map.of("Which?", List.of("A", "B")));
    }

    @Test
    void noAnswerIsSaidToBeNone() throws Exception {
        var nothing = new AskUserQuestion().call(QUESTION, null);
        assertThat(nothing.text()).isEqualTo("The person did not answer the questions.");
        assertThat(nothing.structured().asMap().get("answers")).isEqualTo(Map.of());
    }

    @Test
    void aQuestionWithoutOptionsIsRefusedByItsSchema() throws Exception {
        var result =
                call("AskUserQuestion", Json.parse("{\"questions\":[]}"), PermissionMode.DEFAULT);
        assertThat(result.code()).isEqualTo("tool_input_invalid");
    }

    @Test
    void aPlanIsHandedInOnlyInPlanMode() throws Exception {
        var result =
                call("ExitPlanMode", Json.parse("{\"plan\":\"p\"}"), PermissionMode.ACCEPT_EDITS);
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("not in plan mode").startsWith("<tool_use_error>");
    }

    @Test
    void planningChangesTheModeAndAnApprovalChangesItBack() throws Exception {
        var model =
                ScriptedModel.of(
                        ScriptedModel.calls("EnterPlanMode", Map.of()),
                        ScriptedModel.calls("ExitPlanMode", Map.of("plan", "1. Do it")),
                        ScriptedModel.says("done"));
        try (var agent =
                        Agent.of(
                                model,
                                a ->
                                        a.tools(PersonTools.all())
                                                .directory(folder)
                                                .permissionMode(PermissionMode.ACCEPT_EDITS)
                                                .approver(request ->
                                                        new Decision.Allow("person")));
                var session = agent.open()) {
            session.prompt("go").await();
            assertThat(
                            session.entries().stream()
                                    .map(entry -> entry.event())
                                    .filter(Event.ModeChanged.class::isInstance)
                                    .map(event -> ((Event.ModeChanged) event).mode()))
                    .containsExactly("plan", "acceptEdits");
            var last =
                    session.entries().stream()
                            .map(entry -> entry.event())
                            .filter(Event.ToolFinished.class::isInstance)
                            .map(Event.ToolFinished.class::cast)
                            .toList()
                            .getLast();
            assertThat(of(last, "plan")).isEqualTo("1. Do it");
            assertThat(of(last, "isAgent")).isEqualTo(false);
            assertThat(Path.of((String) of(last, "filePath"))).hasContent("1. Do it");
        }
    }
}
