package dev.bowline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.IDN;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random and hostile patterns. Slow beside the other tests, so mutation campaigns leave it out.
class PatternFuzzTest {
    private static final Path SOURCE = Path.of("/etc/rules");
    private static final Place PLACE =
            new Place(Path.of("/srv/app"), Path.of("/home/ann"), List.of(Path.of("/data/more")));

    @Test
    @Timeout(10)
    void manyStarsDoNotTakeForever() {
        var deny = Facts.rules("Bash(a*a*a*a*a*a*a*a*b)");
        var book = RuleBook.of(List.of(), List.of(), deny, PLACE.directories());
        var policy = new Policy(PermissionMode.DEFAULT, book, PLACE);
        assertEquals("ask", Facts.word(policy.decide(Facts.bash("a".repeat(20_000)))));
    }

    @Test
    void hostilePatternsAndPathsTakeLittleTime() {
        var stars = "//" + "*a".repeat(2_000) + "/" + "**/a/".repeat(300) + "b";
        var path = Path.of("/" + "a".repeat(250) + "/" + "a/".repeat(1_500) + "c");
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertFalse(PathPattern.matches(stars, path, PLACE, SOURCE, false)));
    }

    @Test
    void noPatternOfAPathFails() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var alphabet = "ab/*?[]!-\\~. :^{}\u00e9\u0301";
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var path = Path.of("/srv/app/a/b", "a".repeat(random.nextInt(3)));
            boolean allowed = PathPattern.matches(text.toString(), path, PLACE, SOURCE, true);
            assertTrue(
                    !allowed
                            || PathPattern.matches(text.toString(), path, PLACE, SOURCE, false)
                                    && path.startsWith("/srv/app"),
                    text.toString());
            PathPattern.problem(text.toString());
        }
    }

    @Test
    void encodesLikeTheJdkWhereThatKeepsTheLetters() {
        var random = new Random(7);
        var letters = "abcxyz019-äöüéñøłęčжщяюабвгαβγδεあいうカキク漢字한글ไทย".codePoints().toArray();
        for (int i = 0; i < 5_000; i++) {
            var label = new StringBuilder("ä");
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                label.appendCodePoint(letters[random.nextInt(letters.length)]);
            }
            label.append('z');
            var ascii = "xn--" + Punycode.encode(label.toString());
            assertEquals(label.toString(), IDN.toUnicode(ascii), ascii);
        }
    }

    @Test
    void noPatternOfAHostFails() {
        var random = new Random(11);
        var pieces =
                "aZ09-_.*:[]@/\\?#% \u0000\u00e4\u00df\u0430\u200d\u3002\ud83d\ude00\udc00"
                        .toCharArray();
        for (int i = 0; i < 200_000; i++) {
            var pattern = text(random, pieces);
            var host = text(random, pieces);
            HostPattern.matches(pattern, "https://" + host);
            HostPattern.covers(pattern, host);
            HostPattern.problem(pattern);
        }
    }

    private static String text(Random random, char[] pieces) {
        var text = new StringBuilder();
        int length = random.nextInt(10);
        for (int i = 0; i < length; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
