package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
    private static final RuleBook BOOK =
            new RuleBook(
                    List.of(
                            given("Bash(a)", Behavior.ALLOW, Destination.SESSION),
                            given("Bash(b)", Behavior.ALLOW, Destination.USER_SETTINGS),
                            given("Bash(c)", Behavior.DENY, Destination.SESSION)),
                    List.of(Path.of("/data")));

    private static RuleBook.Given given(String rule, Behavior behavior, Destination source) {
        return new RuleBook.Given(Rule.parse(rule), behavior, source);
    }

    private static String text(RuleBook book) {
        return String.join(
                "; ", book.rules().stream().map(one -> one.behavior().wire() + " " + one).toList());
    }

    @Test
    void addedRulesComeLast() {
        var update =
                new PermissionUpdate.AddRules(
                        Facts.rules("Bash(a);Read"), Behavior.ALLOW, Destination.SESSION);
        assertEquals(
                "allow Bash(a) (session); allow Bash(b) (userSettings); deny Bash(c) (session); allow Read (session)",
                text(BOOK.plus(update)));
    }

    @Test
    void replacingConcernsRulesOfTheSameKindAndSourceOnly() {
        var update =
                new PermissionUpdate.ReplaceRules(
                        Facts.rules("Read"), Behavior.ALLOW, Destination.SESSION);
        assertEquals(
                "allow Bash(b) (userSettings); deny Bash(c) (session); allow Read (session)",
                text(BOOK.plus(update)));
    }

    @ParameterizedTest
    @CsvSource({
        "Bash(a), ALLOW, SESSION, 2",
        "Bash(b), ALLOW, SESSION, 3",
        "Bash(c), ALLOW, SESSION, 3",
        "Bash(c), DENY, SESSION, 2",
        "Bash(c), DENY, USER_SETTINGS, 3",
        "Read, ALLOW, SESSION, 3",
    })
    void removingConcernsTheRuleOfThatKindAndSourceOnly(
            String rule, Behavior behavior, Destination source, int left) {
        var update = new PermissionUpdate.RemoveRules(Facts.rules(rule), behavior, source);
        assertEquals(left, BOOK.plus(update).rules().size());
        assertEquals(BOOK.directories(), BOOK.plus(update).directories());
    }

    @Test
    void directoriesComeAndGoAndRulesStay() {
        var more =
                BOOK.plus(
                        new PermissionUpdate.AddDirectories(
                                List.of(Path.of("/x"), Path.of("/data")), Destination.SESSION));
        assertEquals(List.of(Path.of("/data"), Path.of("/x")), more.directories());
        assertEquals(BOOK.rules(), more.rules());
        var less =
                more.plus(
                        new PermissionUpdate.RemoveDirectories(
                                List.of(Path.of("/data")), Destination.SESSION));
        assertEquals(List.of(Path.of("/x")), less.directories());
        assertEquals(BOOK.rules(), less.rules());
    }

    @Test
    void aModeChangesNothingHere() {
        var update = new PermissionUpdate.SetMode(PermissionMode.PLAN, Destination.SESSION);
        assertSame(BOOK, BOOK.plus(update));
    }

    @Test
    void rulesAreListedByKindAndTheDirectoriesAreThePolicys() {
        assertEquals(Facts.rules("Bash(a);Bash(b)"), BOOK.rules(Behavior.ALLOW));
        assertEquals(Facts.rules("Bash(c)"), BOOK.rules(Behavior.DENY));
        assertEquals(List.of(), BOOK.rules(Behavior.ASK));
        var policy = BOOK.policy(PermissionMode.DEFAULT, Path.of("/srv"), Path.of("/home"));
        assertEquals("allow", Facts.word(policy.decide(Facts.read("/data/x"))));
        assertEquals("deny", Facts.word(policy.decide(Facts.bash("c"))));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKeptForLaterSessionsIsSettingsOfPeople(Destination destination) {
        assertEquals(
                List.of("userSettings", "projectSettings", "localSettings")
                        .contains(destination.wire()),
                destination.lasts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m*", "*", "mcp__*", "mcp__*__x", "mcp__a__*b*", "Write(x)", "Grep(x)"})
    void aRuleThatCanNeverAllowSaysWhy(String rule) {
        var why = Rule.parse(rule).unfitToAllow().orElseThrow();
        assertEquals("\"" + rule + "\" allows nothing: ", why.substring(0, rule.length() + 19));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bash", "mcp__a__*", "mcp__a__b*", "Write", "Edit(x)", "mcp__a"})
    void anyOtherIsFit(String rule) {
        assertEquals("", Rule.parse(rule).unfitToAllow().orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "Bash, Bash, true, true",
        "Bash, Monitor, true, true",
        "Edit, Write, true, true",
        "Edit, NotebookEdit, true, true",
        "Read, LSP, true, true",
        "Read, Write, false, false",
        "mcp__a, mcp__a__x, true, true",
        "mcp__a, mcp__ab__x, false, false",
        "Ba, Bash, false, false",
        "a, a__x, false, false",
        "mcp__a__*, mcp__a__x, true, true",
        "mcp__*, mcp__a__x, true, false",
        "B*, Bash, true, false",
        "B*, Read, false, false",
    })
    void aNameCoversItsFamilyAndItsServer(String rule, String tool, boolean wide, boolean narrow) {
        assertEquals(wide, Rule.parse(rule).names(tool, true));
        assertEquals(narrow, Rule.parse(rule).names(tool, false));
    }

    @ParameterizedTest
    @CsvSource({
        "Task, Agent",
        "KillShell, TaskStop",
        "KillBash, TaskStop",
        "BashOutput, TaskOutput",
        "Bash(*), Bash",
        "Bash( ), Bash",
        "' Bash ', Bash",
        "Bash( a ), Bash( a )",
    })
    void rulesHaveOneSpelling(String text, String rule) {
        assertEquals(rule, Rule.parse(text).toString());
    }

    @Test
    void onlyTheBehavioursAndDestinationsOfTheProtocolExist() {
        assertEquals(
                List.of("allow", "deny", "ask"),
                Arrays.stream(Behavior.values()).map(Behavior::wire).toList());
    }
}
