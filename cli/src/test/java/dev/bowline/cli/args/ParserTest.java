package dev.bowline.cli.args;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ParserTest {
    private static final List<Flag> FLAGS =
            List.of(
                    Flag.on("--print", "").or("-p"),
                    Flag.named("--model", Flag.Kind.VALUE, "NAME", ""),
                    Flag.named("--tools", Flag.Kind.RULES, "NAMES", ""),
                    Flag.named("--allowedTools", Flag.Kind.RULES, "RULES", "")
                            .or("--allowed-tools"),
                    Flag.named("--add-dir", Flag.Kind.REPEATED, "DIR", ""),
                    Flag.named("--max-turns", Flag.Kind.VALUE, "N", ""),
                    Flag.named("--max-budget-usd", Flag.Kind.VALUE, "AMOUNT", ""),
                    Flag.named("--debug", Flag.Kind.INLINE, "FILTER", ""));

    private static Arguments parse(String... args) {
        return Parser.parse("bowline", FLAGS, List.of(args));
    }

    private static String complaint(String... args) {
        return assertThrows(UsageException.class, () -> parse(args)).getMessage();
    }

    @Test
    void aValueMayBeSeparateOrBehindAnEqualsSign() {
        assertEquals(Optional.of("a"), parse("--model", "a").value("--model"));
        assertEquals(Optional.of("a=b"), parse("--model=a=b").value("--model"));
    }

    @Test
    void anEmptyValueIsAValue() {
        assertEquals(Optional.of(""), parse("--model=").value("--model"));
        assertEquals(Optional.of(""), parse("--model", "").value("--model"));
        assertTrue(parse("--tools", "").has("--tools"));
        assertEquals(List.of(), parse("--tools", "").all("--tools"));
    }

    @Test
    void theLastValueCounts() {
        assertEquals(Optional.of("b"), parse("--model", "a", "--model=b").value("--model"));
    }

    @Test
    void everythingElseIsAWordOfThePrompt() {
        assertEquals(List.of("list", "the files"), parse("list", "-p", "the files").words());
        assertEquals(List.of("--model", "-x"), parse("-p", "--", "--model", "-x").words());
        assertEquals(List.of("- a list item", "-"), parse("- a list item", "-").words());
    }

    @Test
    void aValueMayLookLikeAFlagUnlessItIsOne() {
        assertEquals(Optional.of("-1"), parse("--model", "-1").value("--model"));
        assertEquals(Optional.of("--unknown"), parse("--model", "--unknown").value("--model"));
        assertEquals("--model needs a value: --model NAME", complaint("--model", "-p"));
        assertEquals("--model needs a value: --model NAME", complaint("--model"));
    }

    @Test
    void rulesAreSplitOutsideParenthesesOnly() {
        assertEquals(
                List.of("Bash(git diff, git log)", "Read", "Edit(src/**)"),
                parse("--allowedTools", "Bash(git diff, git log),Read Edit(src/**)")
                        .all("--allowedTools"));
        assertEquals(
                List.of("Bash(echo $(date) now)", "Grep"),
                parse("--allowed-tools=Bash(echo $(date) now), Grep").all("--allowedTools"));
    }

    @Test
    void aListGoesOnWhileRulesFollowAndLeavesThePromptAlone() {
        var args = parse("--allowedTools", "Bash(git *)", "Edit", "mcp__files__read", "Fix it");

        assertEquals(
                List.of("Bash(git *)", "Edit", "mcp__files__read"), args.all("--allowedTools"));
        assertEquals(List.of("Fix it"), args.words());
    }

    @Test
    void anUnknownFlagNamesTheNearestOne() {
        assertEquals(
                "unknown flag --modle; did you mean --model? (bowline --help lists all flags)",
                complaint("--modle", "x"));
        assertEquals(
                "unknown flag --quantum-leap (bowline --help lists all flags)",
                complaint("--quantum-leap=3"));
    }

    @Test
    void aSwitchTakesNoValue() {
        assertEquals("--print takes no value, so leave out \"=yes\"", complaint("--print=yes"));
    }

    @Test
    void anInlineFlagLeavesTheNextWordAlone() {
        var args = parse("--debug", "hello");

        assertTrue(args.has("--debug"));
        assertEquals(List.of("hello"), args.words());
        assertEquals(Optional.of("api"), parse("--debug=api").value("--debug"));
        assertFalse(parse("hello").has("--debug"));
    }

    @Test
    void numbersAndAmountsAreChecked() {
        assertEquals(Optional.of(3), parse("--max-turns", "3").number("--max-turns", 1));
        for (var wrong : List.of("0", "-1", "three", "", "99999999999")) {
            assertEquals(
                    "--max-turns needs a whole number from 1 on, not \"" + wrong + "\"",
                    assertThrows(
                                    UsageException.class,
                                    () -> parse("--max-turns=" + wrong).number("--max-turns", 1))
                            .getMessage());
        }
        assertEquals(
                "0.5", parse("--max-budget-usd=0.5").amount("--max-budget-usd").get().toString());
        for (var wrong : List.of("0", "-1", "much", "", "1e99")) {
            assertThrows(
                    UsageException.class,
                    () -> parse("--max-budget-usd=" + wrong).amount("--max-budget-usd"));
        }
    }

    @Test
    void helpShowsEveryFlagWithinItsWidth() {
        var help =
                new Command(
                                "bowline",
                                List.of("bowline [flags]"),
                                "About.",
                                FLAGS,
                                List.of("bowline -p x"))
                        .help();

        FLAGS.forEach(flag -> assertTrue(help.contains(flag.name()), flag.name()));
        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    }
}
