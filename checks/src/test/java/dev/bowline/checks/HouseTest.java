package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HouseTest {
    private static final List<String> ALL = new ArrayList<>(House.LIBRARIES);

    static {
        ALL.add("cli");
        ALL.add("examples");
    }

    private static final JavaClasses CORE = House.classesOf(List.of("core"));
    private static final JavaClasses LIBRARIES = House.classesOf(House.LIBRARIES);
    private static final JavaClasses EVERYTHING = House.classesOf(ALL);

    @Test
    void theRulesSeeTheClassesTheyAreAbout() {
        assertTrue(
                CORE.contain("dev.bowline.message.Message"),
                "core's classes were not found on the class path");
        assertTrue(
                EVERYTHING.contain("dev.bowline.cli.Main"),
                "cli's classes were not found on the class path");
        assertFalse(LIBRARIES.contain("dev.bowline.cli.Main"), "cli is no library");
        assertFalse(EVERYTHING.contain("dev.bowline.checks.HouseTest"), "tests are not checked");
    }

    @Test
    void roomsOfCoreLookOnlyDown() {
        HouseRules.roomsLookOnlyDown(House.BASE).check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        HouseRules.packagesHaveNoCycles(House.BASE).check(EVERYTHING);
    }

    @Test
    void everyPackageIsNullMarked() {
        HouseRules.packagesAreNullMarked(House.BASE).check(EVERYTHING);
    }

    @Test
    void onlyTheJsonRoomsKnowTheJsonLibrary() {
        HouseRules.onlyJsonKnowsTheJsonLibrary(House.BASE).check(EVERYTHING);
    }

    @Test
    void onlyTheCommandTouchesStandardStreams() {
        HouseRules.nobodyTouchesStandardStreams().check(LIBRARIES);
    }

    @Test
    void nobodyThrowsABareException() {
        HouseRules.nobodyThrowsABareException().check(EVERYTHING);
    }

    @Test
    void nothingPublicIsAsynchronous() {
        HouseRules.nothingPublicIsAsynchronous().check(LIBRARIES);
    }

    @Test
    void nothingPublicIsThirdParty() {
        HouseRules.nothingPublicIsThirdParty(House.BASE)
                .check(House.classesOf(List.of("core", "anthropic", "project", "tools")));
    }
}
