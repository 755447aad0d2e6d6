package dev.bowline.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.tool.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private final List<Entry> entries = new ArrayList<>();

    private SessionState state(Event... events) {
        for (var event : events) {
            entries.add(
                    new Entry(
                            entries.size() + 1L,
                            new UUID(0, entries.size() * 256L),
                            Instant.ofEpochSecond(entries.size()),
                            event));
        }
        return SessionState.of(entries);
    }

    private static List<ContentBlock> text(String text) {
        return List.of(new ContentBlock.Text(text));
    }

    private static Event prompted(int turn, String text) {
        return new Event.Prompted(new UUID(1, turn), turn, text(text), "user");
    }

    private static Event replied(StopReason reason, ContentBlock... blocks) {
        return new Event.Replied(
                "msg", "m", List.of(blocks), reason, null, Usage.of(10, 5), 7, null, Duration.ZERO);
    }

    private static ContentBlock use(String id) {
        return new ContentBlock.ToolUse(id, "look", Json.EMPTY_OBJECT);
    }

    private static Event finished(String id) {
        return new Event.ToolFinished(id, "look", text("saw"), null, null, Duration.ZERO);
    }

    private static final Event OPENED = new Event.Opened("/w", "m", "default", "0", null);

    @Test
    void aForkLeavesWaitingPromptsToItsParent() {
        var waits = new Event.Queued(new UUID(2, 1), text("for the parent"), "later");
        var forked =
                new Event.Opened(
                        "/w", "m", "default", "0", new Event.Origin(new SessionId("parent"), 3));
        assertEquals(List.of(waits), state(OPENED, prompted(1, "go"), waits).queue());
        entries.clear();
        assertEquals(List.of(), state(forked, prompted(1, "go"), waits).queue());
        var own = new Event.Queued(new UUID(2, 2), text("for the fork"), "later");
        entries.clear();
        assertEquals(List.of(own), state(forked, prompted(1, "go"), waits, own).queue());
    }

    @Test
    void phasesFollowFromTheEntries() {
        assertEquals(Phase.CREATED, SessionState.EMPTY.phase());
        assertEquals(Phase.CONFIGURED, state(OPENED).phase());
        assertEquals(
                Phase.READY, state(new Event.Queued(new UUID(1, 1), text("a"), "later")).phase());
        assertEquals(Phase.PROCESSING, state(prompted(1, "a")).phase());
        assertEquals(Phase.EXECUTING_TOOL, state(replied(StopReason.TOOL_USE, use("t1"))).phase());
        assertEquals(
                Phase.WAITING_FOR_APPROVAL,
                state(new Event.PermissionAsked("t1", "look", Json.EMPTY_OBJECT, "why")).phase());
        assertEquals(
                Phase.EXECUTING_TOOL,
                state(
                                new Event.PermissionDecided(
                                        "t1",
                                        new dev.bowline.permission.Decision.Allow("ok"),
                                        "user"))
                        .phase());
        assertEquals(Phase.PROCESSING, state(finished("t1")).phase());
        assertEquals(
                Phase.RESPONDING,
                state(replied(StopReason.END_TURN, new ContentBlock.Text("x"))).phase());
        assertEquals(
                Phase.IDLE, state(ended(new Outcome.Completed("x", StopReason.END_TURN))).phase());
        assertEquals(
                List.of(
                        Phase.CONFIGURED,
                        Phase.READY,
                        Phase.PROCESSING,
                        Phase.EXECUTING_TOOL,
                        Phase.WAITING_FOR_APPROVAL,
                        Phase.EXECUTING_TOOL,
                        Phase.PROCESSING,
                        Phase.RESPONDING,
                        Phase.IDLE),
                Timeline.of(entries).transitions().stream().map(Timeline.Transition::to).toList());
    }

    private static Event ended(Outcome outcome) {
        var zero = Duration.ZERO;
        return new Event.TurnEnded(
                1, outcome, new Event.Figures(zero, zero, zero, zero, zero, 1, 0));
    }

    @Test
    void resultsComeFirstInTheirMessageWhateverWasRecordedBetween() {
        var state =
                state(
                        OPENED,
                        prompted(1, "go"),
                        replied(StopReason.TOOL_USE, use("t1"), use("t2")),
                        finished("t2"),
                        new Event.Noted(Event.NoteKind.HOOK, text("note")),
                        finished("t1"));
        var last = state.messages().getLast();
        assertEquals(Role.USER, last.role());
        assertEquals(
                List.of("t2", "t1"),
                last.content().subList(0, 2).stream()
                        .map(b -> ((ContentBlock.ToolResult) b).toolUseId())
                        .toList());
        assertEquals("note", last.text());
    }

    @Test
    void rolesAlternateAndBlankTextIsLeftOut() {
        var state =
                state(
                        OPENED,
                        prompted(1, "a"),
                        replied(StopReason.END_TURN, new ContentBlock.Text(" ")),
                        prompted(2, "b"));
        var roles = state.messages().stream().map(m -> m.role()).toList();
        assertEquals(List.of(Role.USER), roles);
        assertEquals(2, state.messages().getFirst().content().size());
    }

    @Test
    void everyCallIsAnsweredOnce() {
        var state =
                state(
                        OPENED,
                        prompted(1, "go"),
                        replied(StopReason.TOOL_USE, use("t1")),
                        finished("t1"),
                        finished("t1"),
                        finished("t9"));
        assertTrue(state.pending().isEmpty());
        assertEquals(1, state.messages().getLast().content().size());
    }

    @Test
    void aCallThatBeganIsKnownAsBegun() {
        var state =
                state(
                        OPENED,
                        prompted(1, "go"),
                        replied(StopReason.TOOL_USE, use("t1"), use("t2")),
                        new Event.ToolStarted("t2", "look", Effect.WRITE, Json.EMPTY_OBJECT));
        assertEquals(null, state.pending().get(0).started());
        assertEquals(Effect.WRITE, state.pending().get(1).started().effect());
    }

    @Test
    void moneyAndTokensAddUpByModel() {
        var state =
                state(
                        OPENED,
                        prompted(1, "go"),
                        replied(StopReason.END_TURN, new ContentBlock.Text("x")),
                        new Event.Spent("small", Usage.of(1, 1), -1, "summary"));
        assertEquals(7, state.totals().cost());
        assertEquals(11, state.totals().usage().inputTokens());
        assertEquals(1, state.totals().models().get("small").unpriced());
    }

    @Test
    void rewindingForgetsWhatCameAfterAndNothingElse() {
        var state =
                state(
                        OPENED,
                        prompted(1, "a"),
                        replied(StopReason.END_TURN, new ContentBlock.Text("x")),
                        prompted(2, "b"),
                        new Event.Rewound(3));
        assertEquals(List.of("a", "x"), state.messages().stream().map(m -> m.text()).toList());
        assertFalse(state.turn().open());
        assertEquals(7, state.totals().cost());
        assertEquals(
                List.of("a", "x", "c"),
                state(prompted(2, "c")).messages().stream().map(m -> m.text()).toList());
    }

    @Test
    void anOlderStateIsNotChangedByWhatIsAddedLater() {
        var early = state(OPENED, prompted(1, "a"));
        state(replied(StopReason.END_TURN, new ContentBlock.Text("x")));
        var branch =
                early.plus(
                        new Entry(
                                3,
                                new UUID(5, 5),
                                Instant.EPOCH,
                                replied(StopReason.END_TURN, new ContentBlock.Text("other"))));
        assertEquals(1, early.messages().size());
        assertEquals("other", branch.messages().getLast().text());
        assertEquals("x", SessionState.of(entries).messages().getLast().text());
    }

    @Test
    void unknownEventsChangeNothing() {
        var before = state(OPENED, prompted(1, "a"));
        var after = state(new Event.Unknown(Json.parse("{\"type\":\"future\"}")));
        assertEquals(before.messages(), after.messages());
        assertEquals(before.number() + 1, after.number());
    }
}
