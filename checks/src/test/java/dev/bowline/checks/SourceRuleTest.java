package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Each rule tried on a few lines: what breaks it and what only looks like it.
final class SourceRuleTest {
    private static final String MAIN = "core/src/main/java/dev/bowline/Knot.java";
    private static final String TEST = "core/src/test/java/dev/bowline/KnotTest.java";

    @Test
    void aFileOfEightHundredLinesIsTheLongest() {
        assertEquals(List.of(), check(SourceRule.SHORT_FILES, MAIN, "x\n".repeat(800)));
        assertEquals(
                List.of(MAIN + " has 801 lines, allowed are 800"),
                check(SourceRule.SHORT_FILES, MAIN, "x\n".repeat(801)));
        assertEquals(List.of(), check(SourceRule.SHORT_FILES, "docs/long.md", "x\n".repeat(801)));
    }

    @Test
    void whatIsLeftToDoIsNoticedInCommentsOnly() {
        var left = "TO" + "DO";
        assertEquals(
                List.of(MAIN + ":2: // " + left + " later"),
                check(SourceRule.NOTHING_LEFT_TO_DO, MAIN, "int x;\n    // " + left + " later"));
        assertEquals(
                List.of("build:1: # FIX" + "ME now"),
                check(SourceRule.NOTHING_LEFT_TO_DO, "build", "# FIX" + "ME now"));
        assertEquals(
                List.of(),
                check(SourceRule.NOTHING_LEFT_TO_DO, MAIN, "grep(\"" + left + "\"); // TodoWrite"));
    }

    @Test
    void aPathOfOneMachineIsNoticed() {
        for (String path :
                List.of(
                        "/ro" + "ot/x",
                        "/ho" + "me/ann/x",
                        "/Us" + "ers/ann/x",
                        "/t" + "mp/x",
                        "/wo" + "rk/x")) {
            assertEquals(
                    List.of("docs/a.md:1: see " + path),
                    check(SourceRule.NO_MACHINE_PATHS, "docs/a.md", "see " + path));
        }
        assertEquals(
                List.of(),
                check(
                        SourceRule.NO_MACHINE_PATHS,
                        "a.sh",
                        "${TMPDIR:-/tmp}/x /usr/lib/jvm https://x.org/wor" + "k/1"));
    }

    @Test
    void aPublicTypeWithoutDocumentationIsNoticed() {
        var undocumented = List.of(MAIN + ": Knot has no /// documentation");
        assertEquals(
                undocumented,
                check(
                        SourceRule.DOCUMENTED_TYPES,
                        MAIN,
                        "package a;\n\npublic final class Knot {\n    /// x\n}"));
        assertEquals(
                undocumented,
                check(
                        SourceRule.DOCUMENTED_TYPES,
                        MAIN,
                        "package a;\n\n@Deprecated\npublic sealed interface Knot {}"));
        assertEquals(
                List.of(),
                check(
                        SourceRule.DOCUMENTED_TYPES,
                        MAIN,
                        "package a;\n\n/// A knot.\n@A(\n    1)\npublic record Knot() {}"));
        assertEquals(
                List.of(),
                check(SourceRule.DOCUMENTED_TYPES, MAIN, "package a;\n\nfinal class Knot {}"));
        assertEquals(
                List.of(),
                check(SourceRule.DOCUMENTED_TYPES, TEST, "package a;\n\npublic class KnotTest {}"));
    }

    @Test
    void aPackageWithoutDocumentationIsNoticed() {
        var path = "core/src/main/java/dev/bowline/package-info.java";
        assertEquals(
                List.of(path + " does not start with a line of documentation"),
                check(SourceRule.DOCUMENTED_PACKAGES, path, "@NullMarked\npackage dev.bowline;"));
        assertEquals(
                List.of(),
                check(
                        SourceRule.DOCUMENTED_PACKAGES,
                        path,
                        "/// Knots.\n@NullMarked\npackage dev.bowline;"));
    }

    @Test
    void aDisabledTestIsNoticed() {
        assertEquals(
                List.of(TEST + ":1: @Disable" + "d(\"slow\")"),
                check(SourceRule.NOTHING_DISABLED, TEST, "    @Disable" + "d(\"slow\")"));
        assertEquals(List.of(), check(SourceRule.NOTHING_DISABLED, TEST, "// says @Disable" + "d"));
    }

    @Test
    void aSuppressionWithoutAReasonIsNoticed() {
        assertEquals(
                List.of(MAIN + ":1: @SuppressWarning" + "s(\"unchecked\")"),
                check(
                        SourceRule.SUPPRESSIONS_HAVE_A_REASON,
                        MAIN,
                        "@SuppressWarning" + "s(\"unchecked\")"));
        assertEquals(
                List.of(),
                check(
                        SourceRule.SUPPRESSIONS_HAVE_A_REASON,
                        MAIN,
                        "@SuppressWarning" + "s(\"unchecked\") // only strings"));
    }

    @Test
    void everyRuleSaysWhy() {
        for (SourceRule rule : SourceRule.values()) {
            assertEquals(
                    2,
                    rule.because().split(": ").length,
                    () -> rule + " should name a document, then the reason");
        }
    }

    private static List<String> check(SourceRule rule, String path, String text) {
        return rule.violations(new SourceFile(path, text.lines().toList())).toList();
    }
}
