package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SourcesTest {
    @ParameterizedTest
    @EnumSource
    void everyFileKeepsTheRule(SourceRule rule) throws IOException {
        List<String> violations = House.sources().stream().flatMap(rule::violations).toList();

        assertEquals(
                "",
                String.join("\n", violations),
                () -> rule + " is broken, because " + rule.because());
    }

    @Test
    void theRulesSeeSourcesScriptsAndDocuments() throws IOException {
        var paths = House.sources().stream().map(SourceFile::path).toList();

        assertTrue(
                paths.containsAll(
                        List.of(
                                "bowline",
                                "build",
                                "pom.xml",
                                "CONTRIBUTING.md",
                                "launcher/train.sh",
                                "cli/src/main/java/dev/bowline/cli/Main.java",
                                "checks/src/test/java/dev/bowline/checks/SourcesTest.java")));
        assertTrue(paths.stream().noneMatch(path -> path.contains("target/")));
    }

    /// A warning, shown by `./build`: some files have a reason to be long.
    @Test
    void longFilesAreNamed() throws IOException {
        for (SourceFile file : House.sources()) {
            if (file.isJava() && file.lines().size() > SourceRule.LONG) {
                System.out.println(
                        "house: "
                                + file.path()
                                + " has "
                                + file.lines().size()
                                + " lines; beyond "
                                + SourceRule.LONG
                                + " a file usually holds two ideas");
            }
        }
    }
}
