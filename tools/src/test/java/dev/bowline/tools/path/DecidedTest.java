package dev.bowline.tools.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.tools.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecidedTest {
    private static final int MOST = 5_000;

    @TempDir private Path temp;
    private TestContext context;
    private Decided decided;
    private Path project;

    @BeforeEach
    void session() {
        context = new TestContext(temp);
        decided = Decided.of(context);
        project = context.projectDirectory();
    }

    private List<Path> decide(String text) {
        return decided.decide(context, text, () -> project.resolve(text));
    }

    private boolean leadsTo(String text, String real) {
        return decided.isDecided(context, text, project.resolve(real));
    }

    @Test
    void aPathIsDecidedForTheFileThatItLedTo() {
        assertEquals(List.of(project.resolve("a")), decide("a"));
        assertTrue(leadsTo("a", "a"));
        decide("a");
        assertFalse(leadsTo("a", "b"));
    }

    @Test
    void whatNobodyAskedAboutIsNotHeldAgainstTheCall() {
        assertTrue(leadsTo("a", "b"));
        decide("a");
        assertFalse(leadsTo("a", "b"));
        assertTrue(leadsTo("a", "b"), "an answer is given once");
    }

    @Test
    void everyNameOnTheWayIsLookedAt() throws IOException {
        Files.createSymbolicLink(project.resolve("link"), temp.toRealPath().resolve("out"));
        assertEquals(
                List.of(temp.toRealPath().resolve("out"), project.resolve("link")), decide("link"));
    }

    @Test
    void anotherSpellingOfTheProjectIsNoOtherName() throws IOException {
        Files.createSymbolicLink(temp.resolve("alias"), project);
        var other = temp.toRealPath().resolve("alias/a");
        assertEquals(
                List.of(project.resolve("a")), decided.decide(context, "alias/a", () -> other));
    }

    @Test
    void whatCannotBeResolvedIsDecidedAsTheRootAndLeadsNowhere() throws IOException {
        Files.createSymbolicLink(project.resolve("loop"), Path.of("loop"));
        assertEquals(List.of(project.getRoot()), decide("loop"));
        assertFalse(leadsTo("loop", "loop"));
        assertEquals(
                List.of(project.getRoot()), decided.decide(context, "\0", () -> Path.of("\0")));
        assertFalse(leadsTo("\0", "a"));
    }

    @Test
    void thePathLongestUnusedIsForgottenFirst() {
        for (int index = 0; index <= MOST; index++) {
            decide("file-" + index);
        }
        assertTrue(leadsTo("file-0", "elsewhere"));
        assertFalse(leadsTo("file-1", "elsewhere"));
        assertFalse(leadsTo("file-" + MOST, "elsewhere"));
    }

    @Test
    void eachSessionHasItsOwn() {
        assertSame(decided, Decided.of(context));
        assertNotSame(decided, Decided.of(new TestContext(temp.resolve("other"))));
    }
}
