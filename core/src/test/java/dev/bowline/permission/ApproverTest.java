package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApproverTest {
    private static PermissionRequest request(ReasonType type) {
        return new PermissionRequest(
                "s", "t", "Bash", Json.EMPTY_OBJECT, List.of(), "why", type, List.of(), null, null);
    }

    @Test
    void nobodyRefusesAndSaysHowItCouldRun() throws InterruptedException {
        var denied =
                assertInstanceOf(
                        Decision.Deny.class, Approver.NOBODY.ask(request(ReasonType.OTHER)));
        assertEquals("nobody can be asked", denied.reason());
        assertEquals(
                "This call of Bash needs permission (why) and nobody can be asked here. Do without it, or have it allowed by a rule such as --allowedTools \"Bash\".",
                denied.message());
    }

    @Test
    void whilePlanningNobodyPointsToThePlan() throws InterruptedException {
        var denied =
                assertInstanceOf(
                        Decision.Deny.class, Approver.NOBODY.ask(request(ReasonType.MODE)));
        assertEquals(
                "The session is planning: Bash would change something. Finish the plan first; it runs once the plan is approved.",
                denied.message());
    }

    @Test
    void laterLeavesTheQuestionOpen() throws InterruptedException {
        assertEquals(new Decision.Ask("why"), Approver.later().ask(request(ReasonType.OTHER)));
    }

    @Test
    void waitingForAnAnswerFromElsewhereEndsWithAnInterrupt() {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> Approver.elsewhere().ask(request(ReasonType.OTHER)));
    }

    @Test
    void aQuestionWithNothingButAReasonSuggestsNothing() {
        var plain = new PermissionRequest("s", "t", "Bash", Json.EMPTY_OBJECT, List.of(), "why");
        assertEquals(request(ReasonType.NONE), plain);
    }
}
