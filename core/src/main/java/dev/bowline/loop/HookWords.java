package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.hook.HookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.function.Supplier;

/// How the model reads what hooks say: each text tells where it comes from. Long ones are kept in a
/// file of the session's, with their beginning shown.
final class HookWords {
    /// Characters of a text that are shown in full.
    static final int LONGEST = 10_000;

    private static final int PREVIEW = 2_000;

    private final Supplier<Path> results;

    /// @param results the session's folder for files, made when it is needed
    HookWords(Supplier<Path> results) {
        this.results = results;
    }

    /// The result of a call that a hook refuses.
    static String denial(HookEvent event, String reason) {
        return name(event) + " hook error: " + reason;
    }

    /// A note of a hook's, `text` being [#bounded].
    static String context(HookEvent event, String text) {
        return reminder(name(event) + " hook additional context: " + text);
    }

    /// What a hook has against a call that has already run.
    static String blocked(HookEvent event, String reason) {
        return reminder(name(event) + " hook blocking error: " + reason);
    }

    /// What a hook wants done before the model stops.
    static String feedback(String reason) {
        return "Stop hook feedback:\n" + reason;
    }

    static String reminder(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }

    private static String name(HookEvent event) {
        return event.call().map(call -> event.name() + ":" + call.tool()).orElseGet(event::name);
    }

    /// The text, or its beginning and where the whole of it is.
    String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, PREVIEW - 1));
        return "<persisted-output>\nOutput too large ("
                + text.length()
                + " characters). "
                + keep(text)
                + "\n\nPreview (first "
                + PREVIEW
                + " characters):\n"
                + text.substring(0, end)
                + "\n</persisted-output>";
    }

    private String keep(String text) {
        try {
            var folder = results.get();
            Files.createDirectories(folder);
            var file = folder.resolve("hook-" + UUID.randomUUID() + ".txt");
            var mode =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, mode);
            Files.writeString(file, text, StandardOpenOption.WRITE);
            return "Full output saved to: " + file;
        } catch (IOException | BowlineException e) {
            return "The full output could not be saved: " + e.getMessage();
        }
    }
}
