package dev.bowline.tools.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Tool;
import dev.bowline.tools.TestContext;
import dev.bowline.transcript.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private Agent agent(ScriptedModel model, PermissionMode mode) {
        return Agent.of(
                model,
                a ->
                        a.tools(PersonTools.all())
                                .directory(folder)
                                .permissionMode(mode)
                                .approver(request -> new Decision.Allow("person")));
    }

    private Event.ToolFinished call(String tool, Json input, PermissionMode mode) throws Exception {
        try (var agent = agent(ScriptedModel.saying(ScriptedModel.text("done")), mode)) {
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
        assertEquals(
                List.of("AskUserQuestion", "ExitPlanMode"),
                PersonTools.all().stream().filter(Tool::needsPerson).map(Tool::name).toList());
    }

    @Test
    void answersComeBackWithTheQuestions() throws Exception {
        try (var context = new TestContext(folder)) {
            var result =
                    new AskUserQuestion()
                            .call(
                                    with(QUESTION, "answers", Map.of("Which?", List.of("A", "B"))),
                                    context);
            assertTrue(result.text().contains("\"Which?\" = \"A, B\""), result.text());
            var structured = result.structured().asMap();
            assertEquals(Set.of("questions", "answers"), structured.keySet());
            assertEquals(Map.of("Which?", List.of("A", "B")), structured.get("answers"));
        }
    }

    @Test
    void noAnswerIsSaidToBeNone() throws Exception {
        try (var context = new TestContext(folder)) {
            var nothing = new AskUserQuestion().call(QUESTION, context);
            assertEquals("The person did not answer the questions.", nothing.text());
            assertEquals(Map.of(), nothing.structured().asMap().get("answers"));
        }
    }

    @Test
    void aQuestionWithoutOptionsIsRefusedByItsSchema() throws Exception {
        var result =
                call("AskUserQuestion", Json.parse("{\"questions\":[]}"), PermissionMode.DEFAULT);
        assertEquals("tool_input_invalid", result.code());
    }

    @Test
    void aPlanIsHandedInOnlyInPlanMode() throws Exception {
        var result =
                call("ExitPlanMode", Json.parse("{\"plan\":\"p\"}"), PermissionMode.ACCEPT_EDITS);
        assertTrue(result.isError());
        assertTrue(text(result).startsWith("<tool_use_error>"), text(result));
        assertTrue(text(result).contains("not in plan mode"), text(result));
    }

    @Test
    void planningChangesTheModeAndAnApprovalChangesItBack() throws Exception {
        var model =
                ScriptedModel.saying(
                        ScriptedModel.call("EnterPlanMode", "{}"),
                        ScriptedModel.call("ExitPlanMode", "{\"plan\":\"1. Do it\"}"),
                        ScriptedModel.text("done"));
        try (var agent = agent(model, PermissionMode.ACCEPT_EDITS);
                var session = agent.open()) {
            session.prompt("go").await();
            assertEquals(
                    List.of("plan", "acceptEdits"),
                    events(session, Event.ModeChanged.class).stream()
                            .map(Event.ModeChanged::mode)
                            .toList());
            var last = events(session, Event.ToolFinished.class).getLast();
            assertEquals("1. Do it", of(last, "plan"));
            assertEquals(false, of(last, "isAgent"));
            assertEquals("1. Do it", Files.readString(Path.of((String) of(last, "filePath"))));
        }
    }

    private static <T extends Event> List<T> events(Session session, Class<T> type) {
        return session.entries().stream()
                .map(entry -> entry.event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
