package dev.bowline.tools.shell;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells what a command came to: text for the model, and the structured result.
final class BashReport {
    private static final int MAX_CHARS = 30_000;
    private static final int CHARS_CEILING = 150_000;
    private static final int PREVIEW_CHARS = 2_000;
    private static final int FAILURE_CHARS = 10_000;

    private final String command;
    private final RunningCommand running;
    private final int inline;

    BashReport(String command, RunningCommand running, ToolContext context) {
        this.command = command;
        this.running = running;
        var asked = context.environment().getOrDefault("BASH_MAX_OUTPUT_LENGTH", "");
        this.inline =
                asked.matches("[1-9][0-9]{0,8}")
                        ? Math.min(CHARS_CEILING, Integer.parseInt(asked))
                        : MAX_CHARS;
    }

    private Path output() {
        return running.files().output();
    }

    ToolResult finished(String note) throws IOException {
        int code = running.exitCode();
        var meaning = ExitMeaning.of(command, code);
        if (code != 0 && meaning.isEmpty()) {
            return failure(
                    ErrorCode.TOOL_FAILED, "Exit code " + code, note, Map.of("exitCode", code));
        }
        var more = new LinkedHashMap<String, Object>();
        more.put("exitCode", code);
        meaning.ifPresent(text -> more.put("returnCodeInterpretation", text));
        var shown = new StringBuilder(success(more));
        meaning.ifPresent(text -> line(shown, "(" + text + ", exit code " + code + ")"));
        if (!note.isEmpty()) {
            more.put("stderr", "\n" + note);
            line(shown, note);
        }
        line(shown, running.note(false));
        return ToolResult.of(shown.toString(), structured(more, false));
    }

    private String success(Map<String, Object> more) throws IOException {
        var text = OutputText.chomp(OutputText.clean(OutputText.head(output(), inline + 1)));
        if (text.isEmpty()) {
            forget();
            return "(Bash completed with no output)";
        }
        if (text.length() <= inline) {
            return text;
        }
        long size = running.outputSize();
        more.put("persistedOutputPath", output().toString());
        more.put("persistedOutputSize", size);
        return "<persisted-output>\nThe output is too large to show ("
                + size
                + " bytes). It is kept in full: "
                + output()
                + "\n\nIt begins:\n"
                + text.substring(0, Math.min(text.length(), PREVIEW_CHARS))
                + "\n...\n</persisted-output>";
    }

    ToolResult timedOut(Duration limit) throws IOException {
        var first =
                "Exit code "
                        + running.exitCode()
                        + "\nCommand timed out after "
                        + seconds(limit)
                        + " and was ended with everything it had started."
                        + " Give a longer timeout or set run_in_background.";
        return failure(
                ErrorCode.TOOL_TIMEOUT,
                first,
                "",
                Map.of("exitCode", running.exitCode(), "timedOutAfterMs", limit.toMillis()));
    }

    ToolResult flooded() throws IOException {
        var first =
                "Command was ended because it wrote more than "
                        + Bash.MAX_OUTPUT_BYTES
                        + " bytes of output; send the output to a file or filter it.";
        return failure(ErrorCode.TOOL_FAILED, first, "", Map.of("exitCode", running.exitCode()));
    }

    ToolResult movedToBackground(BackgroundTask task, Duration limit) throws IOException {
        var text = new StringBuilder(excerpt(inline));
        line(
                text,
                "Command timed out after "
                        + seconds(limit)
                        + " and goes on in the background as task "
                        + task.id()
                        + ". Its output so far is above; the rest goes to "
                        + output()
                        + ". You will be told when it ends. Use TaskOutput to wait for it and TaskStop to end it.");
        var more = new LinkedHashMap<String, Object>();
        more.put("backgroundTaskId", task.id());
        more.put("timedOutAfterMs", limit.toMillis());
        return ToolResult.of(text.toString(), structured(more, false));
    }

    static ToolResult movedByUser(BackgroundTask task) {
        return behind(
                task,
                "Command was moved to the background by the user as task ",
                Map.of("backgroundedByUser", true));
    }

    static ToolResult started(BackgroundTask task) {
        return behind(task, "Command runs in the background as task ", Map.of());
    }

    private static ToolResult behind(BackgroundTask task, String how, Map<String, Object> more) {
        var structured = new LinkedHashMap<String, Object>();
        structured.put("stdout", "");
        structured.put("stderr", "");
        structured.put("interrupted", false);
        structured.put("isImage", false);
        structured.put("noOutputExpected", false);
        structured.put("backgroundTaskId", task.id());
        structured.put("rawOutputPath", task.output().toString());
        structured.putAll(more);
        return ToolResult.of(
                how
                        + task.id()
                        + ". Its output goes to "
                        + task.output()
                        + ". You will be told when it ends. Use TaskOutput to read it or wait, and TaskStop to end it.",
                Json.of(structured));
    }

    private ToolResult failure(ErrorCode code, String first, String note, Map<String, Object> more)
            throws IOException {
        var text = new StringBuilder(first);
        line(text, excerpt(FAILURE_CHARS));
        if (running.outputSize() > FAILURE_CHARS) {
            line(text, "The output is kept in full: " + output());
        }
        line(text, note);
        line(text, running.note(true));
        return new ToolResult.Failure(
                code,
                List.of(new ContentBlock.Text(text.toString())),
                structured(new LinkedHashMap<>(more), true));
    }

    /// The output, or its beginning and end.
    private String excerpt(int chars) throws IOException {
        if (!Files.exists(output())) {
            return "";
        }
        var head = OutputText.chomp(OutputText.clean(OutputText.head(output(), chars + 1)));
        int share = chars / 2;
        return head.length() <= chars
                ? head
                : head.substring(0, share)
                        + "\n... ("
                        + running.outputSize()
                        + " bytes in all) ...\n"
                        + OutputText.chomp(OutputText.clean(OutputText.tail(output(), share)));
    }

    /// For programs; here the output is as it was written.
    private Json structured(Map<String, Object> more, boolean failed) throws IOException {
        int chars = failed ? FAILURE_CHARS : inline;
        var all = new LinkedHashMap<String, Object>();
        all.put(
                "stdout",
                Files.exists(output()) ? OutputText.chomp(OutputText.head(output(), chars)) : "");
        all.put("stderr", "");
        all.put("interrupted", false);
        all.put("isImage", false);
        all.put("noOutputExpected", QuietCommands.cover(command));
        all.putAll(more);
        if (!more.containsKey("persistedOutputPath")
                && !more.containsKey("backgroundTaskId")
                && running.outputSize() <= chars) {
            forget();
        }
        return Json.of(all);
    }

    /// Small output is in the result; its file is not needed.
    private void forget() throws IOException {
        running.tidy();
        Files.deleteIfExists(output());
    }

    private static void line(StringBuilder text, String line) {
        if (line.isEmpty()) {
            return;
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        text.append(line);
    }

    private static String seconds(Duration limit) {
        return Math.max(1, limit.toSeconds()) + "s";
    }
}
