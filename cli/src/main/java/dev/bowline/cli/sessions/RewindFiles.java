package dev.bowline.cli.sessions;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.json.Json;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.files.FileHistory;
import dev.bowline.transcript.files.FilesRewound;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `bowline sessions rewind-files ID MESSAGE`: the files of a session that nobody has open.
final class RewindFiles {
    private RewindFiles() {}

    /// The exit code: 1 when nothing could be brought back.
    static int run(SessionStore store, Finder finder, Arguments args, Console console) {
        if (args.words().size() < 2) {
            throw new UsageException(
                    "the session's id or the message's uuid is missing: bowline sessions rewind-files ID MESSAGE");
        }
        boolean dryRun = args.has("--dry-run");
        var done =
                rewind(
                        store,
                        finder.find(args.words().get(0)),
                        message(args.words().get(1)),
                        dryRun);
        if (args.has("--json")) {
            console.out().line(json(done).toString());
        } else if (done.error() == null) {
            done.filesChanged().forEach(file -> console.out().line(file));
            console.err().line(summary(done, dryRun));
        }
        if (done.error() != null) {
            console.err().line("bowline: " + done.error());
            return 1;
        }
        return 0;
    }

    private static UUID message(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "rewind-files needs the uuid of a message of the user's, not \"" + text + "\"");
        }
    }

    private static FilesRewound rewind(
            SessionStore store, SessionId id, UUID message, boolean dryRun) {
        try (var log = store.open(id)) {
            return new FileHistory(log.resultsDirectory(), log.entries()).rewind(message, dryRun);
        }
    }

    private static String summary(FilesRewound done, boolean dryRun) {
        var left = done.skippedLinks();
        return "bowline: "
                + done.filesChanged().size()
                + (dryRun ? " files would change" : " files changed back")
                + " (+"
                + done.insertions()
                + " -"
                + done.deletions()
                + " lines)"
                + (left == 0 ? "" : ", " + left + " left alone because a link is in the way");
    }

    private static Json json(FilesRewound done) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("canRewind", done.canRewind());
        if (done.error() != null) {
            all.put("error", done.error());
        }
        all.put("filesChanged", done.filesChanged());
        all.put("insertions", done.insertions());
        all.put("deletions", done.deletions());
        all.put("skippedLinks", done.skippedLinks());
        return Json.of(all);
    }
}
