package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Fence;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FenceTest {
    private static final Path PROJECT = Path.of("/work");

    private static ToolCall call(Fence fence, Access... more) {
        var all = new ArrayList<Access>(List.of(new Access.Fenced(fence)));
        all.addAll(Arrays.asList(more));
        return new ToolCall("Bash", Effect.WRITE, all);
    }

    private static Access.Runs runs(String line) {
        return new Access.Runs(
                line,
                Arrays.stream(line.split(" ")).map(Access.Word::new).toList(),
                Access.Nature.PLAIN);
    }

    private static Verdict decide(PermissionMode mode, ToolCall call, RuleBook.Given... rules) {
        var place = new Place(PROJECT, Path.of("/home/u"), List.of(PROJECT));
        return new Policy(mode, new RuleBook(List.of(rules), place.directories()), place)
                .decide(call);
    }

    private static RuleBook.Given rule(Behavior behavior, String text) {
        return new RuleBook.Given(Rule.parse(text), behavior, Destination.SESSION, null);
    }

    private static String word(Verdict verdict) {
        return switch (verdict.decision()) {
            case Decision.Allow any -> "allow";
            case Decision.Ask any -> "ask";
            case Decision.Deny any -> "deny";
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"SEALED", "FILTERED"})
    void whatIsConfinedRunsWithoutAsking(Fence fence) {
        for (var access :
                List.of(
                        runs("make install"),
                        Access.Runs.unreadable("$("),
                        new Access.Writes(Path.of("/elsewhere/x")),
                        new Access.Reads(Path.of("/etc/hosts")))) {
            assertEquals("allow", word(decide(PermissionMode.DEFAULT, call(fence, access))));
            assertEquals("allow", word(decide(PermissionMode.DONT_ASK, call(fence, access))));
        }
    }

    @Test
    void rulesThatDenyOrAskStillCount() {
        var call = call(Fence.SEALED, runs("git push origin"));
        assertEquals(
                "deny",
                word(
                        decide(
                                PermissionMode.DEFAULT,
                                call,
                                rule(Behavior.DENY, "Bash(git push *)"))));
        assertEquals(
                "ask",
                word(decide(PermissionMode.DEFAULT, call, rule(Behavior.ASK, "Bash(git push *)"))));
        var unread = call(Fence.SEALED, Access.Runs.unreadable("$("));
        assertEquals(
                "ask",
                word(
                        decide(
                                PermissionMode.DEFAULT,
                                unread,
                                rule(Behavior.DENY, "Bash(git push *)"))));
        assertEquals(
                "deny", word(decide(PermissionMode.DEFAULT, call, rule(Behavior.DENY, "Bash"))));
    }

    @Test
    void criticalAndProtectedPathsStillAsk() {
        assertEquals(
                "ask",
                word(
                        decide(
                                PermissionMode.DEFAULT,
                                call(Fence.SEALED, new Access.Removes(PROJECT)))));
        assertEquals(
                "ask",
                word(
                        decide(
                                PermissionMode.DEFAULT,
                                call(
                                        Fence.SEALED,
                                        new Access.Writes(PROJECT.resolve("a/.git/config"))))));
        assertEquals("ask", word(decide(PermissionMode.PLAN, call(Fence.SEALED, runs("make")))));
    }

    @Test
    void leavingTheSandboxGoesByTheRulesAndSaysSo() {
        var call = call(Fence.LEFT, runs("make install"));
        var asked = decide(PermissionMode.DEFAULT, call);
        assertEquals("ask", word(asked));
        assertEquals(ReasonType.SANDBOX_OVERRIDE, asked.type());
        assertTrue(asked.decision().reason().contains("outside the sandbox"));
        assertEquals(
                "allow",
                word(decide(PermissionMode.DEFAULT, call, rule(Behavior.ALLOW, "Bash(make *)"))));
        assertEquals("allow", word(decide(PermissionMode.BYPASS, call)));
        assertEquals("deny", word(decide(PermissionMode.DONT_ASK, call)));
        assertEquals(
                ReasonType.RULE,
                decide(PermissionMode.DEFAULT, call, rule(Behavior.ASK, "Bash(make *)")).type());
    }

    @Test
    void aMissingSandboxAsksInSpiteOfRulesAndModes() {
        var call = call(Fence.MISSING, runs("make install"));
        for (var mode :
                List.of(
                        PermissionMode.DEFAULT,
                        PermissionMode.ACCEPT_EDITS,
                        PermissionMode.BYPASS)) {
            var asked =
                    decide(
                            mode,
                            call,
                            rule(Behavior.ALLOW, "Bash"),
                            rule(Behavior.ALLOW, "Bash(make *)"));
            assertEquals("ask", word(asked), mode.toString());
            assertEquals(ReasonType.SANDBOX_OVERRIDE, asked.type());
            assertTrue(asked.firm());
        }
        assertEquals(
                "deny", word(decide(PermissionMode.DONT_ASK, call, rule(Behavior.ALLOW, "Bash"))));
        var reading =
                call(
                        Fence.MISSING,
                        new Access.Runs("ls", List.of(new Access.Word("ls")), Access.Nature.READS));
        assertEquals("allow", word(decide(PermissionMode.DEFAULT, reading)));
    }

    @Test
    void whatHasNoNetworkCarriesNothingOut() {
        var place = new Place(PROJECT, Path.of("/home/u"), List.of(PROJECT));
        var policy =
                new Policy(
                                PermissionMode.DEFAULT,
                                new RuleBook(List.of(), place.directories()),
                                place)
                        .after(List.of("https://evil.example"));
        assertEquals("allow", word(policy.decide(call(Fence.SEALED, runs("make")))));
        assertEquals("ask", word(policy.decide(call(Fence.FILTERED, runs("make")))));
    }
}
