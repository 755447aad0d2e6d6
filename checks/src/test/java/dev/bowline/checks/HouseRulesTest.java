package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each rule applied to a house in which it is broken: it names the wrong classes and no other.
final class HouseRulesTest {
    private static final String BASE = "dev.bowline.checks.wrong";
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(BASE);
    private static final Pattern OURS =
            Pattern.compile("dev\\.bowline\\.checks\\.wrong[a-z.]*\\.([A-Z]\\w+)");

    @Test
    void aRoomThatLooksUpIsNoticed() {
        assertEquals(
                "InAnUnknownRoom KnowsAPolicy KnowsATool Left ReadsJson Right",
                namesIn(HouseRules.roomsLookOnlyDown(BASE)));
    }

    @Test
    void aCycleIsNoticed() {
        assertEquals("Left Right", namesIn(HouseRules.packagesHaveNoCycles(BASE)));
    }

    @Test
    void aPackageWithoutNullMarkedIsNoticed() {
        assertEquals("InAnUnknownRoom", namesIn(HouseRules.packagesAreNullMarked(BASE)));
    }

    @Test
    void theJsonLibraryOutsideOfAJsonRoomIsNoticed() {
        var report = report(HouseRules.onlyJsonKnowsTheJsonLibrary(BASE));

        assertEquals("ReadsJson", names(report));
        assertEquals(
                Set.of(BASE + ".anthropic.ReadsJson"),
                fullNames(
                        report,
                        Pattern.compile("dev\\.bowline\\.checks\\.wrong[a-z.]*\\.ReadsJson")));
    }

    @Test
    void everyWayToAStandardStreamIsNoticed() {
        assertEquals(
                "OpensTheDescriptor PrintsAStackTrace PrintsToSystemOut PrintsWithIo",
                namesIn(HouseRules.nobodyTouchesStandardStreams()));
    }

    @Test
    void aBareExceptionIsNoticedAndAnOwnOneIsNot() {
        assertEquals("ThrowsABareException", namesIn(HouseRules.nobodyThrowsABareException()));
    }

    @Test
    void aFutureInAPublicSignatureIsNoticed() {
        var report = report(HouseRules.nothingPublicIsAsynchronous());

        assertEquals("AnswersLater", names(report));
        assertEquals(1, report.size(), () -> "the private method is nobody's business: " + report);
    }

    @Test
    void aThirdPartyTypeInAPublicSignatureIsNoticed() {
        assertEquals("ReadsJson", namesIn(HouseRules.nothingPublicIsThirdParty(BASE)));
    }

    private static String namesIn(ArchRule rule) {
        return names(report(rule));
    }

    /// The classes that violations start with, or all that are named when the rule is about several
    /// at once.
    private static String names(List<String> report) {
        var names = new TreeSet<String>();
        for (String line : report) {
            var matcher = OURS.matcher(line);
            if (line.startsWith("Cycle detected")) {
                matcher.results().forEach(match -> names.add(match.group(1)));
            } else if (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return String.join(" ", names);
    }

    private static Set<String> fullNames(List<String> report, Pattern pattern) {
        var names = new TreeSet<String>();
        report.forEach(
                line -> pattern.matcher(line).results().forEach(match -> names.add(match.group())));
        return names;
    }

    private static List<String> report(ArchRule rule) {
        return rule.evaluate(WRONG).getFailureReport().getDetails();
    }
}
