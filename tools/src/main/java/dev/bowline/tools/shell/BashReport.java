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
import java.util.stream.Stream;

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

    /// The files that hold the output.
    List<Path> outputs() {
        var files = running.files();
        return Stream.of(files.stdout(), files.stderr() == null ? files.stdout() : files.stderr())
                .distinct()
                .toList();
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
        line(shown, note);
        return ToolResult.of(shown.toString(), structured(more, false));
    }

    private String success(Map<String, Object> more) throws IOException {
        var text = new StringBuilder();
        for (var file : outputs()) {
            line(text, OutputText.head(file, inline + 1));
        }
        if (text.isEmpty()) {
            more.put("noOutputExpected", false);
            forget();
            return "(Bash completed with no output)";
        }
        long size = running.outputSize();
        if (text.length() <= inline) {
            return text.toString();
        }
        more.put("persistedOutputPath", running.files().stdout().toString());
        more.put("persistedOutputSize", size);
        return "<persisted-output>\nThe output is too large to show ("
                + size
                + " bytes). It is kept in full: "
                + places()
                + "\n\nIt begins:\n"
                + text.substring(0, Math.min(text.length(), PREVIEW_CHARS))
                + "\n...\n</persisted-output>";
    }

    private String places() {
        return String.join(
                " and ",
                outputs().stream()
                        .filter(file -> RunningCommand.size(file) > 0)
                        .map(Path::toString)
                        .toList());
    }

    ToolResult timedOut(Duration limit) throws IOException {
        var first =
                "Command timed out after "
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
                        + files()
                        + ". Use TaskOutput to wait for it and TaskStop to end it.");
        var more = new LinkedHashMap<String, Object>();
        more.put("backgroundTaskId", task.id());
        more.put("timedOutAfterMs", limit.toMillis());
        return ToolResult.of(text.toString(), structured(more, false));
    }

    private String files() {
        return String.join(" and ", outputs().stream().map(Path::toString).toList());
    }

    static ToolResult started(BackgroundTask task) {
        var structured = new LinkedHashMap<String, Object>();
        structured.put("stdout", "");
        structured.put("stderr", "");
        structured.put("interrupted", false);
        structured.put("backgroundTaskId", task.id());
        structured.put("rawOutputPath", task.output().toString());
        return ToolResult.of(
                "Command runs in the background as task "
                        + task.id()
                        + ". Its output goes to "
                        + task.output()
                        + ". Use TaskOutput to read it or wait, and TaskStop to end it.",
                Json.of(structured));
    }

    private ToolResult failure(ErrorCode code, String first, String note, Map<String, Object> more)
            throws IOException {
        var text = new StringBuilder(first);
        line(text, excerpt(FAILURE_CHARS));
        if (running.outputSize() > FAILURE_CHARS) {
            line(text, "The output is kept in full: " + places());
        }
        line(text, note);
        return new ToolResult.Failure(
                code,
                List.of(new ContentBlock.Text(text.toString())),
                structured(new LinkedHashMap<>(more), true));
    }

    /// The output, or its beginning and end.
    private String excerpt(int chars) throws IOException {
        var all = new StringBuilder();
        for (var file : outputs()) {
            int share = chars / 2;
            var head = OutputText.head(file, chars + 1);
            line(
                    all,
                    head.length() <= chars
                            ? head
                            : head.substring(0, share)
                                    + "\n... ("
                                    + RunningCommand.size(file)
                                    + " bytes in all) ...\n"
                                    + OutputText.tail(file, share));
        }
        return all.toString();
    }

    private Json structured(Map<String, Object> more, boolean failed) throws IOException {
        var files = running.files();
        int chars = failed ? FAILURE_CHARS : inline;
        var all = new LinkedHashMap<String, Object>();
        all.put("stdout", there(files.stdout(), chars));
        all.put("stderr", files.stderr() == null ? "" : there(files.stderr(), chars));
        all.put("interrupted", false);
        all.putAll(more);
        if (!more.containsKey("persistedOutputPath")
                && !more.containsKey("backgroundTaskId")
                && running.outputSize() <= chars) {
            forget();
        }
        return Json.of(all);
    }

    private static String there(Path file, int chars) throws IOException {
        return Files.exists(file) ? OutputText.head(file, chars) : "";
    }

    /// Small output is in the result; its files are not needed.
    private void forget() throws IOException {
        running.tidy();
        for (var file : outputs()) {
            Files.deleteIfExists(file);
        }
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
