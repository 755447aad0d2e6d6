package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    @TempDir Path folder;

    FakeHouse house;

    @BeforeEach
    void buildAHouse() throws IOException {
        house = new FakeHouse(folder);
    }

    @Test
    void buildsOnFirstUseAndPassesEachArgumentWhole() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        var run = house.bowline("-p", "two words", "", "a\"b$c");

        assertEquals(0, run.exitCode(), run.err());
        var lines = run.out().lines().toList();
        var main = lines.indexOf("dev.bowline.cli.Main");
        assertEquals(
                List.of("-p", "two words", "", "a\"b$c"), lines.subList(main + 1, lines.size()));
        var jars = "app/[^/]+/bowline-cli-0.1.0.jar:.*/bowline-core-0.1.0.jar:.*/other-9.jar";
        assertTrue(
                lines.get(main - 1).matches(".*a house/cli/target/" + jars), lines.get(main - 1));
        assertTrue(run.err().contains("bowline: building core\n"), run.err());
    }

    @Test
    void doesNotStartMavenAgainUntilASourceChanges() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        house.bowline("x");
        var quiet = house.bowline("x");
        assertEquals(1, house.calls("mvn").size());
        assertEquals("", quiet.err());

        house.touch(house.source("bench"));
        house.bowline("x");
        assertEquals(1, house.calls("mvn").size(), "cli is not made of bench");

        house.touch(house.source("core"));
        assertTrue(house.bowline("x").err().startsWith("bowline: sources changed, building\n"));
        assertEquals(2, house.calls("mvn").size());
    }

    @Test
    void rebuildsWhenASourceIsGone() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        house.bowline("x");

        Files.delete(house.source("cli"));
        house.touch(house.source("cli").getParent());
        house.bowline("x");

        assertEquals(2, house.calls("mvn").size());
    }

    @Test
    void aRunningProcessKeepsItsJarsWhenAnotherStartRebuilds() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        house.bowline("x");
        var first = house.app();

        house.touch(house.source("core"));
        house.bowline("x");

        assertFalse(first.equals(house.app()));
        assertTrue(Files.exists(first.resolve("other-9.jar")));
    }

    @Test
    void findsAJdkWithAnEmptyEnvironmentAndPrefersTheLowestThatWillDo() throws Exception {
        house.jdk("a-17", "17.0.15");
        house.jdk("b-26", "26");
        var expected = house.jdk("c-25", "25.0.3");

        house.bowline("x");

        assertTrue(
                house.calls("mvn").getFirst().startsWith("JAVA_HOME=" + expected + " "),
                house.calls("mvn")::toString);
    }

    @Test
    void javaHomeWinsUnlessItIsTooOld() throws Exception {
        var old = house.jdk("a-17", "17.0.15");
        var usual = house.jdk("b-25", "25.0.3");
        var wanted = house.jdk("c-26", "26.0.1");

        house.bowline(Map.of("JAVA_HOME", wanted.toString()), "x");
        house.touch(house.source("core"));
        house.bowline(Map.of("JAVA_HOME", old.toString()), "x");

        assertTrue(
                house.calls("mvn").get(0).startsWith("JAVA_HOME=" + wanted + " "),
                house.calls("mvn")::toString);
        assertTrue(
                house.calls("mvn").get(1).startsWith("JAVA_HOME=" + usual + " "),
                house.calls("mvn")::toString);
    }

    @Test
    void saysInOneSentenceWhatToDoWithoutAJdk() throws Exception {
        house.jdk("a-17", "17.0.15");

        var run = house.bowline("-p", "x");

        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(
                run.err().startsWith("bowline: needs a JDK 25 or newer and found 17"), run.err());
        assertTrue(run.err().contains("set JAVA_HOME"), run.err());
    }

    @Test
    void saysInOneSentenceWhatToDoWithoutMaven() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        var run = house.bowline(house.withoutMaven(), "--version");

        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(
                "bowline: Maven is needed to build and is not on PATH: install it (Debian: apt-get install maven)"
                        + " and try again\n",
                run.err());
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLogAndTheNextStartTriesAgain() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        Files.createFile(house.root.resolve("fail"));

        var failed = house.bowline("--version");

        assertEquals(1, failed.exitCode());
        assertEquals("", failed.out());
        assertTrue(failed.err().endsWith("line 39\nline 40\n"), failed.err());
        assertTrue(
                failed.err().contains("line 11\n") && !failed.err().contains("line 10\n"),
                failed.err());

        Files.delete(house.root.resolve("fail"));
        assertEquals("9.9.9 (Fake)\n", house.bowline("--version").out());
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        Files.createFile(house.root.resolve("hold"));
        var command = house.root.resolve("bowline").toString();

        var first = house.start(Map.of(), house.root, command, "--version");
        FakeHouse.await("the first build", () -> !house.calls("mvn").isEmpty());
        var second = house.start(Map.of(), house.root, command, "--version");
        FakeHouse.await(
                "the second start to wait",
                () -> read(second.err()).contains("another start is building"));
        Files.delete(house.root.resolve("hold"));

        assertEquals("9.9.9 (Fake)\n", first.end().out());
        assertEquals("9.9.9 (Fake)\n", second.end().out());
        assertEquals(1, house.calls("mvn").size());
    }

    @Test
    void aLockLeftByAKilledStartIsCleared() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        Files.createDirectories(house.root.resolve("target"));
        Files.createSymbolicLink(house.root.resolve("target/building"), Path.of("999999999"));

        assertEquals("9.9.9 (Fake)\n", house.bowline("--version").out());
        assertFalse(Files.isSymbolicLink(house.root.resolve("target/building")));
    }

    @Test
    void answersTheVersionWithoutStartingJava() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        house.bowline("-v");
        var before = house.calls("java").size();

        assertEquals("2.9.9 (Fake 9.9.9)\n", house.bowline("-v").out());
        assertEquals("9.9.9 (Fake)\n", house.bowline("--version").out());
        assertEquals(before, house.calls("java").size());
    }

    @Test
    void argumentsAreUtf8WhateverTheLocaleSays() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        house.bowline("x");
        house.bowline(Map.of("LC_ALL", "POSIX"), "x");
        house.bowline(Map.of("LANG", "de_DE.ISO-8859-1"), "x");
        house.bowline(Map.of("LANG", "de_DE.UTF-8"), "x");
        house.bowline(Map.of("LC_ALL", "en_US.utf8", "LANG", "C"), "x");

        var locales =
                house.calls("world").stream()
                        .map(line -> line.substring(0, line.indexOf(" input=")))
                        .toList();
        assertEquals(
                List.of(
                        "LC_ALL= LC_CTYPE=C.UTF-8",
                        "LC_ALL=C.UTF-8 LC_CTYPE=C.UTF-8",
                        "LC_ALL= LC_CTYPE=C.UTF-8",
                        "LC_ALL= LC_CTYPE=",
                        "LC_ALL=en_US.utf8 LC_CTYPE="),
                locales);
    }

    @Test
    void aClosedInputIsAnEmptyOne() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        var run =
                house.start(
                                Map.of("IT", folder.resolve("a house/bowline").toString()),
                                folder,
                                "/bin/sh",
                                "-c",
                                "\"$IT\" x <&-")
                        .end();

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                house.calls("world").getLast().endsWith("input=/dev/null"),
                house.calls("world")::toString);
    }

    @Test
    void worksThroughLinksAndFromElsewhere() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        Files.createSymbolicLink(folder.resolve("one"), Path.of("a house/bowline"));
        Files.createSymbolicLink(folder.resolve("two"), folder.resolve("one"));

        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

        assertEquals(
                "9.9.9 (Fake)\n",
                house.start(Map.of(), elsewhere, "../two", "--version").end().out());
        assertEquals(
                "2.9.9 (Fake 9.9.9)\n", house.start(Map.of(), folder, "./one", "-v").end().out());
        assertEquals(1, house.calls("mvn").size());
    }

    @Test
    void makesTheAotCacheBesideTheFirstRunAndUsesItFromThenOn() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        var on = Map.of("BOWLINE_AOT", "on");

        assertFalse(house.bowline(on, "x").out().contains("AOT"));
        var app = house.app();
        FakeHouse.await("the training", () -> Files.exists(app.resolve("aot.jdk")));

        var cached = house.bowline(on, "x").out();
        assertTrue(cached.contains("-XX:AOTCache=" + app + "/bowline.aot\n"), cached);
        assertFalse(house.bowline("x").out().contains("AOT"), "off means off");
    }

    @Test
    void theAotCacheNeedsNothingOfTheCallersAndItsMakingLeavesNothingBehind() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        house.bowline(
                Map.of("BOWLINE_AOT", "on", "TMPDIR", folder.resolve("gone").toString()), "x");
        var app = house.app();
        FakeHouse.await("the training", () -> Files.exists(app.resolve("aot.jdk")));

        assertTrue(Files.exists(app.resolve("bowline.aot")));
        for (var scrap :
                List.of(
                        "training",
                        "training.scratch",
                        "bowline.aot.new.config",
                        "bowline.aot.new"))
            FakeHouse.await(
                    "the removal of " + scrap,
                    () -> !Files.exists(app.resolve(scrap), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aCacheOfAnotherJdkIsNotUsed() throws Exception {
        house.jdk("jdk-25", "25.0.3");
        house.bowline("x");
        Files.writeString(house.app().resolve("bowline.aot"), "cache");
        Files.writeString(house.app().resolve("aot.jdk"), "elsewhere 25.0.2\n");

        var run =
                house.bowline(Map.of("BOWLINE_AOT", "on", "BOWLINE_JAVA_OPTS", "-Dx=1 -Dy=2"), "x");

        assertFalse(run.out().contains("AOTCache="), run.out());
        assertTrue(run.out().contains("-Dx=1\n-Dy=2\n"), run.out());
    }

    @Test
    void anotherCollectorReplacesOurs() throws Exception {
        house.jdk("jdk-25", "25.0.3");

        assertTrue(house.bowline("x").out().contains("-XX:+UseSerialGC\n"));
        var run = house.bowline(Map.of("BOWLINE_JAVA_OPTS", "-XX:+UseG1GC"), "x");
        assertFalse(run.out().contains("Serial"), run.out());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
