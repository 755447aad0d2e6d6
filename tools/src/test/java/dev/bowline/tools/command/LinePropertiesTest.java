package dev.bowline.tools.command;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePropertiesTest {
    private static final List<String> ORDER = List.of("free", "edits", "rules", "exact", "person");

    @TempDir Path folder;
    private Yard yard;

    @BeforeEach
    void open() throws IOException {
        yard = Yard.in(folder);
    }

    static Stream<String> harmless() {
        return Yard.table("free");
    }

    static Stream<String> all() {
        return ORDER.stream().flatMap(Yard::table);
    }

    private int level(String line) {
        return ORDER.indexOf(yard.needs(line));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void anUnknownProgramAnywhereNeedsARule(String line) {
        for (var form :
                List.of(
                        "evil x; %s",
                        "evil x && %s",
                        "evil x | { %s⏎}",
                        "{ evil x; } & %s",
                        "( evil x )⏎%s",
                        "%s⏎evil x",
                        "%s⏎$(evil x)",
                        "if evil x; then %s⏎fi",
                        "while evil x; do %s⏎done",
                        "f() {⏎%s⏎evil x⏎}")) {
            var whole = form.replace("⏎", "\n").replace("%s", line);
            assertTrue(level(whole) >= 2, whole);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void joinedLinesNeedAtLeastWhatEachNeeds(String line) {
        assertTrue(level("ls\n" + line) >= Math.min(level(line), 2), line);
        assertTrue(level("{\n" + line + "\n}") >= Math.min(level(line), 2), line);
        assertTrue(level("(\n" + line + "\n)") >= Math.min(level(line), 2), line);
        assertTrue(level("npm run $(\n" + line + "\n)") >= 2, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "timeout 5 %s",
                "time %s",
                "nice -n 5 %s",
                "nohup %s",
                "stdbuf -oL %s",
                "command %s",
                "builtin %s",
                "exec %s",
                "env %s",
                "env A=1 -i %s",
                "A=1 %s",
                "A=1 B=2 timeout 5 nice %s",
                "sudo %s",
                "sudo -u root %s",
                "doas %s",
                "bash -c '%s'",
                "sh -ec \"%s\"",
                "eval %s",
                "eval '%s'",
                "trap '%s' EXIT",
                "echo $(%s)",
                "echo `%s`",
                "cat <(%s)",
                "ls > >(%s)",
                "cat <<E⏎$(%s)⏎E",
                "f() { %s; }",
                "f() { %s; }; f",
                "if %s; then ls; fi",
                "while %s; do ls; done",
                "case $(%s) in a) ;; esac",
                "for f in a; do %s; done",
                "ls | %s",
                "ls && %s",
                "ls || %s",
                "! %s",
                "( %s )",
                "{ %s; }",
                "coproc %s",
                "%s &",
                "busybox %s",
                "xargs %s",
                "ls | xargs -n1 %s",
                "find . -exec %s \\;",
                "find . -ok %s ';'",
                "watch %s",
                "setsid %s",
                "ionice -c 3 %s",
                "chrt 1 %s",
                "taskset 1 %s",
                "echo '%s' | sh",
                "bash <<< '%s'",
                "bash <<E⏎%s⏎E",
                "git bisect run %s",
                "git rebase -x '%s' main",
                "git -c alias.x='!%s' x",
                "git submodule foreach '%s'",
                "/bin/%s",
                "./%s",
                "\\%s",
                "ssh host %s",
                "ssh host '%s'",
                "su -c '%s'",
                "strace -f %s",
                "flock lock %s",
                "parallel %s ::: a",
                "timeout --what 5 %s",
                "env -S '%s'-not-seen ls; %s",
                "a=1; %s",
                "x=; $x %s"
            })
    void aProgramThatIsDeniedIsSeenInEveryWrapping(String form) {
        var line = form.replace("⏎", "\n").replace("%s", "rm notes.txt");
        assertTrue(
                yard.facts(line).stream()
                        .filter(Access.Runs.class::isInstance)
                        .map(Access.Runs.class::cast)
                        .flatMap(runs -> runs.guises().stream())
                        .anyMatch(guise ->
                                guise.size() > 1
                                        && "rm".equals(guise.get(0).text())
                                        && "notes.txt".equals(guise.get(1).text())),
                () -> line + "\n" + yard.facts(line));
    }

    @Test
    void quotingAHarmlessArgumentChangesNothing() {
        var random = new Random(4);
        for (var words :
                List.of(
                        "ls -la src",
                        "cat src/a.txt README.md",
                        "grep -n foo src/a.txt",
                        "git log --oneline -5",
                        "mkdir -p new",
                        "npm run build",
                        "rm -rf build")) {
            var plain = yard.facts(words).stream().map(LinePropertiesTest::withoutSource).toList();
            for (int i = 0; i < 20; i++) {
                var quoted = new StringBuilder();
                for (var word : words.split(" ")) {
                    quoted.append(quoted.isEmpty() ? "" : " ").append(quoted(word, random));
                }
                var line = quoted.toString();
                assertEquals(
                        plain,
                        yard.facts(line).stream().map(LinePropertiesTest::withoutSource).toList(),
                        line);
            }
        }
    }

    private static String quoted(String word, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "'" + word + "'";
            case 1 -> "\"" + word + "\"";
            case 2 -> "\\" + word;
            case 3 -> "$'" + word + "'";
            default -> word.charAt(0) + "''" + word.substring(1);
        };
    }

    private static Access withoutSource(Access access) {
        return access instanceof Access.Runs runs
                ? new Access.Runs("", runs.words(), runs.guises(), runs.nature(), runs.files())
                : access;
    }

    @Test
    void joiningTwoLinesIsTheirUnion() {
        for (var first :
                List.of("ls src", "rm notes.txt", "npm test", "echo a > x", "git status")) {
            for (var second : List.of("cat README.md", "mkdir a", "make", "git push")) {
                var both = new HashSet<>(yard.facts(first));
                both.addAll(yard.facts(second));
                for (var operator : List.of("; ", " && ", " || ", " & ", "\n", " | ")) {
                    assertEquals(
                            both,
                            new HashSet<>(yard.facts(first + operator + second)),
                            first + operator + second);
                }
            }
        }
    }

    @Test
    void aLongLineAsksAndStillShowsItsPrograms() {
        var line = "ls; ".repeat(3_000) + "rm notes.txt";
        var facts = yard.facts(line);
        assertTrue(facts.contains(Access.Runs.unreadable(line)));
        assertTrue(
                facts.stream()
                        .anyMatch(fact ->
                                fact instanceof Access.Runs runs
                                        && runs.words().size() == 2
                                        && runs.nature() == Nature.EDITS));
    }

    @Test
    void aMonsterIsAskedAboutInLittleTime() {
        for (var line :
                List.of(
                        "for a in {1..50}; do for b in {1..50}; do for c in {1..50}; do ls $a$b$c; done; done; done",
                        "f() { f; f; }; f",
                        "f() { g; }; g() { f; }; f",
                        "$(".repeat(90) + "ls" + ")".repeat(90),
                        "eval ".repeat(50) + "ls",
                        "cat " + "*".repeat(500),
                        "ls {1..4000}{1..4000}",
                        "ls; ".repeat(20_000),
                        "if true; then ".repeat(60) + "ls" + "; fi".repeat(60),
                        "while true; do ".repeat(60) + "ln -s a b" + "; done".repeat(60))) {
            long start = System.nanoTime();
            assertFalse(yard.facts(line).isEmpty());
            assertTrue(
                    System.nanoTime() - start < 5_000_000_000L,
                    line.substring(0, Math.min(60, line.length())));
        }
    }

    @Test
    void noiseNeverFails() {
        var random = new Random(7);
        var parts = all().toList();
        for (int i = 0; i < 4_000; i++) {
            var line = new StringBuilder(parts.get(random.nextInt(parts.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(line.length() + 1);
                if (random.nextBoolean()) {
                    line.insert(at, "$`'\"(){}<>|&;\\ \n*?[]=~#!-/a0".charAt(random.nextInt(28)));
                } else if (at < line.length()) {
                    line.deleteCharAt(at);
                }
            }
            assertFalse(
                    CommandFacts.look(line.toString(), yard.where()).isEmpty(), line.toString());
        }
    }

    @Test
    void namesLikeOptionsAreNotKnownBefore() throws IOException {
        java.nio.file.Files.writeString(
                yard.project().resolve("--checkpoint-action=exec=rm x"), "");
        for (var line :
                List.of(
                        "tar cf x.tar *",
                        "rm *",
                        "chown me *",
                        "ls | xargs tar cf x.tar",
                        "git ls-files | xargs wc -l",
                        "cat *")) {
            assertEquals("person", yard.needs(line), line);
        }
        assertEquals("free", yard.needs("cat ./*.txt"));
        assertEquals("rules", yard.needs("git add ./*"));
    }

    @Test
    void aRepositoryThatMakesGitRunProgramsIsNotLookedAt() throws IOException {
        for (var line :
                List.of(
                        "[core]\nfsmonitor = x",
                        "[diff]\nexternal = x",
                        "[filter \"a\"]\nclean = x",
                        "[include]\npath = x",
                        "[core]\n\tFSMonitor=x")) {
            java.nio.file.Files.writeString(yard.project().resolve(".git/config"), line);
            assertEquals("rules", yard.needs("git status"), line);
        }
    }
}
