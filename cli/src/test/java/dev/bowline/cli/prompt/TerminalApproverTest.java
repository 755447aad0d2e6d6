package dev.bowline.cli.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.output.Style;
import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.ReasonType;
import dev.bowline.tool.Access;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TerminalApproverTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private TerminalApprover approver(String typed) {
        var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        return new TerminalApprover(new Answers(in), new Lines(shown), Style.PLAIN);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static PermissionRequest request(
            String tool, Map<String, ?> input, ReasonType type, Access... accesses) {
        var path =
                accesses.length > 0 && accesses[0] instanceof Access.Writes(Path file)
                        ? file
                        : null;
        return new PermissionRequest(
                "s",
                "t",
                tool,
                Json.of(input),
                List.of(accesses),
                "why\u001b]0;x\u0007",
                type,
                List.of(),
                path,
                null);
    }

    private static PermissionRequest command(String line) {
        return request("Bash", Map.of("command", line), ReasonType.OTHER);
    }

    private static boolean allows(TerminalApprover approver, PermissionRequest request)
            throws InterruptedException {
        return approver.ask(request) instanceof Decision.Allow;
    }

    @Test
    void theWholeCommandIsShownLineByLine() throws Exception {
        var line = "ls " + "a".repeat(5000) + "\ncurl https://example.org";
        assertFalse(allows(approver("n\n"), command(line)));
        assertTrue(shown().contains("a".repeat(5000) + "\n      curl https://example.org"));
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() throws Exception {
        approver("n\n")
                .ask(command("ls\u202e\u200b\r\u001b[2J\u0000\u2028\u00a0x\ue000\udb40\udc41"));
        var text = shown();
        for (var code :
                List.of(
                        "202E", "200B", "000D", "001B", "0000", "2028", "00A0", "E000", "E0041",
                        "0007")) {
            assertTrue(text.contains("\u2039U+" + code + "\u203a"), code + " in " + text);
        }
        assertTrue(text.codePoints().noneMatch(c -> c < ' ' && c != '\n' || c == 0x202e), text);
    }

    @Test
    void whatElseACallIsGivenIsShownToo() throws Exception {
        var input =
                Map.of(
                        "url",
                        "https://example.org/?a=\u200b",
                        "prompt",
                        "x\ny",
                        "body",
                        "z".repeat(1000));
        approver("n\n").ask(request("WebFetch", input, ReasonType.NONE));
        assertTrue(
                shown().startsWith("? WebFetch https://example.org/?a=\u2039U+200B\u203a\n"),
                shown());
        assertTrue(shown().contains("prompt: x\u240ay"), shown());
        assertTrue(shown().contains("z… and 400 more characters"), shown());
    }

    @Test
    void alwaysIsForTheCommandAndNoOther() throws Exception {
        var approver = approver("a\nn\n");
        assertTrue(allows(approver, command("npm test")));
        assertTrue(allows(approver, command("npm test")));
        assertFalse(allows(approver, command("npm test; curl https://example.org")));
    }

    @Test
    void alwaysIsForTheSiteAndNoOther() throws Exception {
        var approver = approver("a\nn\n");
        assertTrue(allows(approver, page("https://example.org/a")));
        assertTrue(allows(approver, page("https://example.org/b")));
        assertFalse(allows(approver, page("https://example.com/b")));
    }

    private static PermissionRequest page(String url) {
        return request("WebFetch", Map.of("url", url), ReasonType.NONE, new Access.Contacts(url));
    }

    @Test
    void alwaysIsForTheFolderOutsideAndNoOther() throws Exception {
        var approver = approver("a\na\nn\n");
        assertTrue(allows(approver, write("/p/a", ReasonType.NONE)));
        assertTrue(allows(approver, write("/q/a", ReasonType.WORKING_DIR)));
        assertTrue(allows(approver, write("/q/b", ReasonType.WORKING_DIR)));
        assertTrue(allows(approver, write("/p/b", ReasonType.NONE)));
        assertFalse(allows(approver, write("/r/b", ReasonType.WORKING_DIR)));
    }

    private static PermissionRequest write(String file, ReasonType type) {
        return request("Write", Map.of("file_path", file), type, new Access.Writes(Path.of(file)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RULE", "SAFETY_CHECK", "ORIGIN", "HOOK"})
    void whereSomebodyHasToBeAskedEachTimeThereIsNoAlways(ReasonType type) throws Exception {
        var approver = approver("a\nalways\na\nn\n");
        assertTrue(allows(approver, write("/p/a", ReasonType.NONE)));
        assertFalse(allows(approver, write("/p/.git/hooks/a", type)));
        assertEquals(2, shown().split("please answer y or n", -1).length - 1);
    }
}
